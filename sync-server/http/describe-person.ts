/** Who a found book is about: enough to know whether it is this person, nothing clinical. */
import type { BookEntry } from '#lib/domain/book/book-entry.ts';
import type { BookId } from '#lib/domain/ids.ts';
import { projectSummary } from '#lib/domain/projections/project-summary.ts';
import type { ClinicalDate } from '#lib/domain/time/clinical-time.ts';
import { readStoredEntry } from '#lib/entry/stored-entry.ts';
import type { FoundPerson } from '#lib/protocol/api.ts';
import type { ServerStorage } from '../storage/storage.ts';

/** What is read of one book; who it is about stands at its beginning. An ordinary book is far smaller. */
export const DESCRIBED_BYTES_MAX = 1024 * 1024;

/** Nothing for a book that has no name to show. One after the other: a question holds one book in memory. */
export async function describePeople(
	storage: Pick<ServerStorage, 'readBook'>,
	books: BookId[],
	today: ClinicalDate
): Promise<FoundPerson[]> {
	const people: FoundPerson[] = [];
	for (const book of books) {
		const limits = { entriesSent: 0, bytesMax: DESCRIBED_BYTES_MAX };
		const stored = await storage.readBook(book, limits);
		const entries = stored.map((entry) => readStoredEntry(book, entry));
		people.push(...describe(book, entries, today));
	}
	return people;
}

function describe(book: BookId, entries: BookEntry[], today: ClinicalDate): FoundPerson[] {
	const { names, birthDate, sex, commune, village } = projectSummary(book, entries, today);
	const [name] = names;
	if (name === undefined) return [];
	return [
		{
			book,
			name,
			...(birthDate !== undefined && { birthDate }),
			...(sex !== undefined && { sex }),
			...(commune !== undefined && { commune }),
			...(village !== undefined && { village })
		}
	];
}
