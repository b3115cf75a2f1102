/**
 * "One person": says in both books that the other is of the same person, in one transaction. Nothing is
 * copied, so parting them again (`part-books.ts`) loses nothing.
 */
import { can } from '#lib/domain/access/can.ts';
import type { BookId } from '#lib/domain/ids.ts';
import { joinedIn } from '#lib/domain/projections/joined-books.ts';
import { clinicalTimeOf, type ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import type { Session } from '#lib/vault/vault.ts';
import type { OpenBook } from './book-reader.ts';
import { invalid, type Invalid } from './check-input.ts';
import { checkReason } from './correction.ts';
import type { UseCaseDeps } from './deps.ts';
import { saveTogether, type Part, type SaveOutcome } from './save-entry.ts';

export interface Joining {
	book: BookId;
	other: BookId;
	reason: string;
}

/** Answers with the entry in `book`. Where one of the books says it already, only the other is written. */
export async function joinBooks(deps: UseCaseDeps, joining: Joining): Promise<SaveOutcome> {
	const { book, other, reason } = joining;
	const wrong = checkJoining(joining);
	if (wrong !== undefined) return wrong;
	const nowMs = deps.clock.nowMs();
	const saidAt = clinicalTimeOf(nowMs);
	const outcome = await saveTogether(deps, [book, other], ([here, there], session) => {
		if (here === undefined || there === undefined) return { type: 'no-such-book' };
		if (!mayJoin(session, nowMs)) return invalid('book', 'not-allowed');
		const [first, ...others] = [
			...saysJoined(here, other, reason, saidAt),
			...saysJoined(there, book, reason, saidAt)
		];
		return first === undefined ? invalid('other', 'already-joined') : [first, ...others];
	});
	return outcome.type === 'saved' ? { type: 'saved', ...outcome.entries[0] } : outcome;
}

export function checkJoining({ book, other, reason }: Joining): Invalid | undefined {
	return book === other ? invalid('other', 'same-book') : checkReason(reason);
}

/** The tablet holds only books of which its facility is a member. */
export function mayJoin({ staff: { role }, facility }: Session, nowMs: number): boolean {
	const actor = { role, ...(facility === undefined ? {} : { facility }) };
	return can(actor, 'join', 'member', nowMs).allowed;
}

function saysJoined(
	{ book, entries }: OpenBook,
	other: BookId,
	reason: string,
	occurred: ClinicalTime
): Part[] {
	if (joinedIn(entries).includes(other)) return [];
	return [{ book, state: () => ({ kind: 'samePerson', body: { other }, occurred, reason }) }];
}
