/** The family as this phone holds it: who is signed in, and every book that has arrived, ready to be drawn. */
import type { FamilyRelation } from '#lib/domain/access/family.ts';
import type { BookId } from '#lib/domain/ids.ts';
import type { BookView } from '#lib/domain/projections/book-view.ts';
import { projectBook } from '#lib/domain/projections/project-book.ts';
import { clinicalDateOf } from '#lib/domain/time/clinical-time.ts';
import type { Family } from '#lib/protocol/citizen.ts';
import type { BookStorage } from '#lib/storage/port.ts';
import type { BookReader } from '../book-reader.ts';
import { readStoredFamily } from './refresh-family.ts';

export interface FamilyMember {
	book: BookId;
	relation: FamilyRelation;
	view: BookView;
}

export interface HeldFamily {
	person: Family['person'];
	/** Books that have arrived; the own first. */
	members: FamilyMember[];
	/** Books that are the family's and have not arrived yet. */
	missing: number;
	/** Names of facilities (by code) and practitioners (by person). */
	names: Record<string, string>;
	/** Device time of the last answer of the server that brought everything. */
	knownUntilMs?: number;
}

export interface ReadFamilyDeps {
	storage: Pick<BookStorage, 'readKey' | 'readMeta'>;
	books: BookReader;
	clock: { nowMs(): number };
}

/** Nothing: nobody is signed in on this phone. */
export async function readFamily(deps: ReadFamilyDeps): Promise<HeldFamily | undefined> {
	const stored = await readStoredFamily(deps.storage);
	if (stored === undefined) return undefined;
	const { person, books, names } = stored.family;
	const members: FamilyMember[] = [];
	for (const { book, relation } of books) {
		const view = await viewOf(deps, book as BookId);
		if (view !== undefined) members.push({ book: book as BookId, relation, view });
	}
	const { lastContactMs } = await deps.storage.readMeta();
	return {
		person,
		members,
		missing: books.length - members.length,
		names,
		...(lastContactMs !== undefined && { knownUntilMs: lastContactMs })
	};
}

async function viewOf(
	{ books, clock }: ReadFamilyDeps,
	book: BookId
): Promise<BookView | undefined> {
	const opened = await books.read(book);
	return (
		opened &&
		projectBook(book, opened.entries, {
			// Which product is in which edition of the catalogue is the clinic's question, not the family's.
			isProductKnown: () => true,
			today: clinicalDateOf(clock.nowMs())
		})
	);
}
