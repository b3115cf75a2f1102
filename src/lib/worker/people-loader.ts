/**
 * The list of people of this device in memory, kept in step with the disk. It is loaded while books come,
 * change and leave: what is heard of a book during loading is newer than the row that loading reads.
 */
import type { PeopleIndex } from '#lib/domain/people/search.ts';
import type { PersonSummary } from '#lib/domain/people/person-summary.ts';
import { projectSummary } from '#lib/domain/projections/project-summary.ts';
import { clinicalDateOf } from '#lib/domain/time/clinical-time.ts';
import { decodeSummary } from '#lib/entry/person-summary-codec.ts';
import type { BookStorage, PersonRow } from '#lib/storage/port.ts';
import type { BookReader } from '#lib/use-cases/book-reader.ts';
import type { BookId } from '#lib/domain/ids.ts';
import { createOnce } from './once.ts';

export interface PeopleLoaderDeps {
	storage: Pick<BookStorage, 'readPeople'>;
	books: BookReader;
	people: PeopleIndex;
	clock: { nowMs(): number };
}

export interface PeopleLoader {
	/** Ends when the list is filled from the disk: page by page, so that the first ones can be found at once. */
	loaded: () => Promise<void>;
	/** Brings the list in step with books that changed on the disk. */
	reload: (books: Iterable<BookId>) => Promise<void>;
	/** Nobody is listed any more, and what is being read puts nobody back. */
	clear: () => void;
}

export function createPeopleLoader(deps: PeopleLoaderDeps): PeopleLoader {
	const { people, storage } = deps;
	const loading = createOnce();
	let era = 0;
	/** Reloaded since the loading began: its rows of these books are old, also where nobody is listed now. */
	let reloaded = new Set<BookId>();
	const isOld = (book: BookId): boolean => people.get(book) !== undefined || reloaded.has(book);

	async function take(row: PersonRow, begunIn: number): Promise<void> {
		if (isOld(row.book)) return;
		const person = await personOf(deps, row);
		if (person !== undefined && era === begunIn && !isOld(row.book)) people.put(person);
	}

	async function load(): Promise<void> {
		const begunIn = era;
		reloaded = new Set();
		for await (const page of storage.readPeople()) {
			for (const row of page) await take(row, begunIn);
			if (era !== begunIn) return;
		}
		// Sorts the list now, not at the first letter that somebody types.
		people.people().next();
	}

	return {
		loaded: () => loading.begin(load),
		reload: async (books) => {
			const begunIn = era;
			for (const book of books) {
				reloaded.add(book);
				const person = await summaryFromEntries(deps, book);
				if (era !== begunIn) return;
				if (person === undefined) people.remove(book);
				else people.put(person);
			}
		},
		clear: () => {
			era += 1;
			loading.forget();
			for (const { book } of [...people.people()]) people.remove(book);
		}
	};
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
