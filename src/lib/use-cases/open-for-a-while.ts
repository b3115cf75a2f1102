/**
 * Brings a book into the station's feed for a while, and fetches it at once: in an emergency on the word of whoever
 * asks, or for a visit by the code that the person's phone shows.
 */
import { EMERGENCY_MS, type EmergencyReason } from '#lib/domain/access/emergency.ts';
import type { BookId } from '#lib/domain/ids.ts';
import { emergencyRequestSchema, visitRequestSchema } from '#lib/protocol/api.ts';
import type { UseCaseDeps } from './deps.ts';
import { noteEnding, type EndingReason } from './ending-books.ts';
import type { ServerAnswer } from './server-port.ts';

export type OpenForAWhileOutcome =
	| { type: 'opened'; book: BookId }
	/** The server has put it into the station's feed; it comes with one of the next rounds. */
	| { type: 'not-here-yet'; book: BookId }
	| { type: 'network-needed' }
	| { type: 'refused'; code: string; retryAfterSeconds?: number };

export interface EmergencyWords {
	book: BookId;
	reason: EmergencyReason;
	/** One sentence. */
	note: string;
}

const NOT_SIGNED_IN = { type: 'refused', code: 'not-signed-in' } as const;
const NOT_AS_ASKED = { type: 'refused', code: 'schema' } as const;

export async function openInEmergency(
	deps: UseCaseDeps,
	words: EmergencyWords
): Promise<OpenForAWhileOutcome> {
	const session = deps.vault.session();
	const device = await deps.vault.readDevice();
	if (session === undefined || device === undefined) return NOT_SIGNED_IN;
	const request = emergencyRequestSchema.safeParse({ ...words, actor: session.staff.person });
	if (!request.success) return NOT_AS_ASKED;
	const answer = await deps.server.openInEmergency(request.data, device.token);
	if (answer.type === 'unreachable') return openHere(deps, words);
	if (answer.type !== 'answered') return failureOf(answer);
	return fetchOpened(deps, { ...answer.value, book: words.book, reason: 'break-glass' });
}

/** Without a network, where the book is still on the device: the server hears of it before anything else. */
async function openHere(
	deps: UseCaseDeps,
	{ book, reason, note }: EmergencyWords
): Promise<OpenForAWhileOutcome> {
	if ((await deps.storage.readBook(book)) === undefined) return { type: 'network-needed' };
	const noted = await deps.reads.noteEmergency(book, { reason, note });
	if (noted.type === 'too-many') {
		const { retryAfterSeconds } = noted;
		return { type: 'refused', code: 'too-many-attempts', retryAfterSeconds };
	}
	const offsetMs = (await deps.storage.readClockOffset()) ?? 0;
	const untilMs = deps.clock.nowMs() + offsetMs + EMERGENCY_MS;
	await noteEnding(deps, { book, reason: 'break-glass', untilMs });
	return { type: 'opened', book };
}

/** `code`: out of the QR code, or its letters. */
export async function beginVisit(deps: UseCaseDeps, code: string): Promise<OpenForAWhileOutcome> {
	const session = deps.vault.session();
	const device = await deps.vault.readDevice();
	if (session === undefined || device === undefined) return NOT_SIGNED_IN;
	const request = visitRequestSchema.safeParse({ actor: session.staff.person, code });
	if (!request.success) return NOT_AS_ASKED;
	const answer = await deps.server.beginVisit(request.data, device.token);
	if (answer.type !== 'answered') return failureOf(answer);
	const { book, untilMs } = answer.value;
	const id: string = book;
	return fetchOpened(deps, { book: id as BookId, untilMs, reason: 'consent-visit' });
}

async function fetchOpened(
	deps: UseCaseDeps,
	opened: { book: BookId; reason: EndingReason; untilMs: number }
): Promise<OpenForAWhileOutcome> {
	const { book } = opened;
	await noteEnding(deps, opened);
	await deps.fetchBook(book);
	const isHere = (await deps.storage.readBook(book)) !== undefined;
	return { type: isHere ? 'opened' : 'not-here-yet', book };
}

function failureOf(
	answer: Exclude<ServerAnswer<never>, { type: 'answered' }>
): OpenForAWhileOutcome {
	if (answer.type === 'unreachable') return { type: 'network-needed' };
	const { code, retryAfterSeconds } = answer;
	return { type: 'refused', code, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
}
