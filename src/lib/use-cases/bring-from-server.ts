import type { BookId } from '#lib/domain/ids.ts';
import type { UseCaseDeps } from './deps.ts';

export type OpenRemoteOutcome =
	| { type: 'opened' }
	/** The server has put it into the station's feed; it comes with one of the next rounds. */
	| { type: 'not-here-yet' }
	| { type: 'network-needed' }
	| { type: 'refused'; code: string };

/** Brings a book into the station's feed because the person is here, and fetches it at once. `opened` only
 * when it lies on this device. */
export async function bringFromServer(deps: UseCaseDeps, book: BookId): Promise<OpenRemoteOutcome> {
	const session = deps.vault.session();
	const device = await deps.vault.readDevice();
	if (session === undefined || device === undefined)
		return { type: 'refused', code: 'not-signed-in' };
	const answer = await deps.server.openBook(
		{ actor: session.staff.person, book, reason: 'present-in-person' },
		device.token
	);
	if (answer.type === 'unreachable') return { type: 'network-needed' };
	if (answer.type === 'refused') return answer;
	await deps.fetchBook(book);
	const isHere = (await deps.storage.readBook(book)) !== undefined;
	return { type: isHere ? 'opened' : 'not-here-yet' };
}
