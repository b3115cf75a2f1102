/** "Two people after all": withdraws in both books, in one transaction, that they are of one person. */
import { isEntryOf } from '#lib/domain/book/book-entry.ts';
import { BASED_ON_MAX } from '#lib/domain/book/envelope.ts';
import type { BookId } from '#lib/domain/ids.ts';
import { clinicalTimeOf, type ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import type { OpenBook } from './book-reader.ts';
import { invalid, type Invalid } from './check-input.ts';
import type { UseCaseDeps } from './deps.ts';
import { checkJoining, mayJoin, type Joining } from './join-books.ts';
import { saveTogether, type Part, type SaveOutcome } from './save-entry.ts';
import { standingOf, voidOf } from './void-entry.ts';

/** Answers with the first entry written. Whatever was recorded stays in the book where it stands. */
export async function partBooks(deps: UseCaseDeps, parting: Joining): Promise<SaveOutcome> {
	const { book, other, reason } = parting;
	const wrong = checkJoining(parting);
	if (wrong !== undefined) return wrong;
	const nowMs = deps.clock.nowMs();
	const saidAt = clinicalTimeOf(nowMs);
	const outcome = await saveTogether(deps, [book, other], ([here, there], session) => {
		if (here === undefined || there === undefined) return { type: 'no-such-book' };
		if (!mayJoin(session, nowMs)) return invalid('book', 'not-allowed');
		const inHere = withdrawn(here, other, reason, saidAt);
		if ('type' in inHere) return inHere;
		const inThere = withdrawn(there, book, reason, saidAt);
		if ('type' in inThere) return inThere;
		const [first, ...others] = [...inHere, ...inThere];
		return first === undefined ? invalid('other', 'not-joined') : [first, ...others];
	});
	return outcome.type === 'saved' ? { type: 'saved', ...outcome.entries[0] } : outcome;
}

/** Two tablets may each have joined them: all of it is withdrawn. */
function withdrawn(
	{ book, entries }: OpenBook,
	other: BookId,
	reason: string,
	occurred: ClinicalTime
): Part[] | Invalid {
	const said = entries.filter(
		(entry) => isEntryOf(entry, 'samePerson') && entry.content.body.other === other
	);
	const standing = standingOf(entries, said);
	if (standing === undefined) return [];
	if (standing.length > BASED_ON_MAX) return invalid('other', 'too-many');
	const statement = voidOf(standing, reason, occurred);
	return 'type' in statement ? statement : [{ book, state: () => statement }];
}
