/** The family as this phone holds it: who is signed in, and every book that has arrived, ready to be drawn. */
import type { FamilyRelation } from '#lib/domain/access/family.ts';
import type { BookId } from '#lib/domain/ids.ts';
import type { BookView } from '#lib/domain/projections/book-view.ts';
import { projectJoined } from '#lib/domain/projections/project-joined.ts';
import { clinicalDateOf } from '#lib/domain/time/clinical-time.ts';
import type { Family, FamilyEmergency } from '#lib/protocol/citizen.ts';
import type { BookStorage } from '#lib/storage/port.ts';
import type { BookReader, OpenBook } from '../book-reader.ts';
import { unreadEmergencies } from './emergencies.ts';
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
	/** Books opened in an emergency of which nobody here has read yet. */
	emergencies: FamilyEmergency[];
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
	let missing = 0;
	for (const { book, relation, of } of books) {
		if (of !== undefined) continue;
		const joined = books.filter((other) => other.of === book).map((other) => other.book as BookId);
		const read = await Promise.all([book as BookId, ...joined].map((one) => deps.books.read(one)));
		missing += read.filter((one) => one === undefined).length;
		const [own, ...others] = read;
		if (own !== undefined)
			members.push({ book: own.book, relation, view: viewOf(deps, own, others) });
	}
	const { lastContactMs } = await deps.storage.readMeta();
	return {
		person,
		members,
		missing,
		emergencies: await unreadEmergencies(deps.storage, stored.family, deps.clock.nowMs()),
		names,
		...(lastContactMs !== undefined && { knownUntilMs: lastContactMs })
	};
}

/** All books of the person that have arrived, as one. */
function viewOf(
	{ clock }: ReadFamilyDeps,
	own: OpenBook,
	others: readonly (OpenBook | undefined)[]
): BookView {
	return projectJoined(
		own,
		others.filter((other) => other !== undefined),
		{
			// Which product is in which edition of the catalogue is the clinic's question, not the family's.
			isProductKnown: () => true,
			today: clinicalDateOf(clock.nowMs())
		}
	);
}
