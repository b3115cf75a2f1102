/** What citizens say is wrong in what this station wrote, and why an entry stays. A correction answers by itself. */
import type { BookId } from '#lib/domain/ids.ts';
import { correctionDeclineSchema, type CorrectionList } from '#lib/protocol/corrections.ts';
import type { UseCaseDeps } from './deps.ts';
import type { ReviewOutcome } from './review-refused.ts';

export type CorrectionLine = CorrectionList['requests'][number] & {
	/** Name of the person when their book is on this device. */
	personName?: string;
};

export type CorrectionsOutcome =
	| { type: 'listed'; requests: CorrectionLine[] }
	| { type: 'network-needed' }
	| { type: 'refused'; code: string };

const NOT_SIGNED_IN = { type: 'refused', code: 'not-signed-in' } as const;

export async function listCorrections(deps: UseCaseDeps): Promise<CorrectionsOutcome> {
	const session = deps.vault.session();
	const device = await deps.vault.readDevice();
	if (session === undefined || device === undefined) return NOT_SIGNED_IN;
	const answer = await deps.server.listCorrections({ actor: session.staff.person }, device.token);
	if (answer.type === 'unreachable') return { type: 'network-needed' };
	if (answer.type === 'refused') return answer;
	// Locked meanwhile: no name leaves the worker.
	if (deps.vault.session() === undefined) return NOT_SIGNED_IN;
	const requests = answer.value.requests.map((one) => {
		const id: string = one.book;
		const personName = deps.people.get(id as BookId)?.names[0];
		return personName === undefined ? one : { ...one, personName };
	});
	return { type: 'listed', requests };
}

export async function declineCorrection(
	deps: UseCaseDeps,
	decision: { number: number; reason: string }
): Promise<ReviewOutcome> {
	const session = deps.vault.session();
	const device = await deps.vault.readDevice();
	if (session === undefined || device === undefined) return NOT_SIGNED_IN;
	const request = correctionDeclineSchema.safeParse({
		...decision,
		actor: session.staff.person
	});
	if (!request.success) return { type: 'refused', code: 'schema' };
	const answer = await deps.server.declineCorrection(request.data, device.token);
	if (answer.type === 'unreachable') return { type: 'network-needed' };
	return answer.type === 'refused' ? answer : { type: 'decided' };
}
