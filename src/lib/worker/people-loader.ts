import type { PeopleIndex } from '#lib/domain/people/search.ts';
import type { PersonSummary } from '#lib/domain/people/person-summary.ts';
import { projectSummary } from '#lib/domain/projections/project-summary.ts';
import { clinicalDateOf } from '#lib/domain/time/clinical-time.ts';
import { decodeSummary } from '#lib/entry/person-summary-codec.ts';
import type { BookStorage, PersonRow } from '#lib/storage/port.ts';
import type { BookReader } from '#lib/use-cases/book-reader.ts';
import type { BookId } from '#lib/domain/ids.ts';

export interface PeopleLoaderDeps {
	storage: Pick<BookStorage, 'readPeople'>;
	books: BookReader;
	people: PeopleIndex;
	clock: { nowMs(): number };
}

/** Fills the list of people from the disk, page by page, so that the first ones can be found at once. */
export async function loadPeople(deps: PeopleLoaderDeps): Promise<void> {
	for await (const page of deps.storage.readPeople())
		for (const row of page) {
			// What is in the list already was put there by a save or a page since: it is newer.
			if (deps.people.get(row.book) !== undefined) continue;
			const person = await personOf(deps, row);
			if (person !== undefined) deps.people.put(person);
		}
	// Sorts the list now, not at the first letter that somebody types.
	deps.people.people().next();
}

/** Brings the list in step with books that changed on the disk. */
export async function reloadPeople(deps: PeopleLoaderDeps, books: Iterable<BookId>): Promise<void> {
	for (const book of books) {
		const person = await summaryFromEntries(deps, book);
		if (person === undefined) deps.people.remove(book);
		else deps.people.put(person);
	}
}

/** A summary of another version of this software is rebuilt from the entries. */
async function personOf(
	deps: PeopleLoaderDeps,
	row: PersonRow
): Promise<PersonSummary | undefined> {
	return decodeSummary(row.summary) ?? summaryFromEntries(deps, row.book);
}

async function summaryFromEntries(
	{ books, clock }: PeopleLoaderDeps,
	book: BookId
): Promise<PersonSummary | undefined> {
	const opened = await books.read(book);
	if (opened === undefined) return undefined;
	return projectSummary(book, opened.entries, clinicalDateOf(clock.nowMs()));
}
