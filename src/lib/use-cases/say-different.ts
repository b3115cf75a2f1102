/**
 * "Two people": somebody compared two books that look alike. It is said in the book that was open, which is enough:
 * whoever asks looks into both. Withdrawn like any entry, and then the two are named again.
 */
import type { BookId } from '#lib/domain/ids.ts';
import { differentIn, joinedIn } from '#lib/domain/projections/joined-books.ts';
import { clinicalTimeOf } from '#lib/domain/time/clinical-time.ts';
import { invalid } from './check-input.ts';
import type { UseCaseDeps } from './deps.ts';
import { mayJoin, type Joining } from './join-books.ts';
import { saveEntry, type SaveOutcome } from './save-entry.ts';

export async function sayDifferent(
	deps: UseCaseDeps,
	{ book, other }: Omit<Joining, 'reason'>
): Promise<SaveOutcome> {
	if (book === other) return invalid('other', 'same-book');
	const nowMs = deps.clock.nowMs();
	return saveEntry(deps, book, ({ entries }, session) => {
		if (!mayJoin(session, nowMs)) return invalid('book', 'not-allowed');
		if (joinedIn(entries).includes(other)) return invalid('other', 'joined');
		if (differentIn(entries).includes(other)) return invalid('other', 'already-different');
		return { kind: 'differentPerson', body: { other }, occurred: clinicalTimeOf(nowMs) };
	});
}

/** Those of `others` of which this book, or they of this one, say that they are of other people. */
export async function listDifferent(
	deps: Pick<UseCaseDeps, 'books' | 'vault'>,
	book: BookId,
	others: readonly BookId[]
): Promise<BookId[]> {
	if (deps.vault.session() === undefined) return [];
	const said = async (one: BookId) => differentIn((await deps.books.read(one))?.entries ?? []);
	const here = await said(book);
	const different: BookId[] = [];
	for (const other of others)
		if (here.includes(other) || (await said(other)).includes(book)) different.push(other);
	return deps.vault.session() === undefined ? [] : different;
}
