/**
 * The one gate to citizens: which books somebody may read today, and which entries of them. Asked anew each
 * time: nothing of it is kept. What the disk damaged is not among them, and neither judges nor is counted, so
 * a phone that has everything it may have is never told that something is missing.
 */
import type { CitizenRelation } from '#lib/domain/access/access-table.ts';
import { can } from '#lib/domain/access/can.ts';
import {
	canBeOnePerson,
	childRelation,
	familyRelationOf,
	ownRelation,
	type Citizen,
	type FamilyRelation
} from '#lib/domain/access/family.ts';
import { restrictedIn } from '#lib/domain/access/restricted.ts';
import type { BookEntry } from '#lib/domain/book/book-entry.ts';
import { isEntryOf } from '#lib/domain/book/book-entry.ts';
import type { BookId } from '#lib/domain/ids.ts';
import {
	lookupOfGuardianBook,
	lookupOfGuardianNumber,
	lookupsOfQuestion
} from '#lib/domain/people/lookups.ts';
import { joinedIn } from '#lib/domain/projections/joined-books.ts';
import { clinicalDateOf } from '#lib/domain/time/clinical-time.ts';
import { readEntry } from '#lib/entry/entry.ts';
import { FAMILY_BOOKS_MAX } from '#lib/protocol/citizen.ts';
import type { LogEntry, ServerStorage } from '../storage/storage.ts';

/** Several books of one person, joined or not yet. */
const OWN_BOOKS_MAX = 10;

export interface OpenFamilyBook {
	book: BookId;
	relation: FamilyRelation;
	/** The same, step by step. */
	stands: CitizenRelation;
	/** Another book of the person whose book this is: a station said so in both. */
	of?: BookId;
	/** All that may leave, in the order of the log. */
	entries: LogEntry[];
	/** Codes of facilities and ids of practitioners who wrote them. */
	writers: Set<string>;
}

export interface FamilyDeps {
	storage: Pick<ServerStorage, 'findBooks' | 'readBook'>;
	damage: { isSound(book: BookId, entry: LogEntry): boolean };
}

/** An entry and what it says; nothing where this version cannot read it. */
interface ReadRow {
	stored: LogEntry;
	entry: BookEntry | undefined;
}

/** Own books first, then the children's, each by id: the order says nothing. */
export async function openFamily(
	deps: FamilyDeps,
	citizen: Citizen,
	nowMs: number
): Promise<OpenFamilyBook[]> {
	const { storage } = deps;
	const today = clinicalDateOf(nowMs);
	const question = lookupsOfQuestion({ identifier: citizen.personalNumber });
	const numbered = await storage.findBooks(question, OWN_BOOKS_MAX);
	const own = await openThose(deps, numbered, nowMs, (entries) =>
		ownRelation(entries, citizen, today)
	);
	const ownIds = new Set(own.map(({ book }) => book));
	const linked = await findLinked(storage, citizen, ownIds);
	const children = await openThose(deps, linked, nowMs, (entries) =>
		childRelation(entries, citizen, ownIds, today)
	);
	return [...own, ...children].slice(0, FAMILY_BOOKS_MAX);
}

async function findLinked(
	storage: FamilyDeps['storage'],
	{ personalNumber }: Citizen,
	own: ReadonlySet<BookId>
): Promise<BookId[]> {
	const lookups = [lookupOfGuardianNumber(personalNumber), ...[...own].map(lookupOfGuardianBook)];
	const found = await Promise.all(
		lookups.map((lookup) => storage.findBooks([lookup], FAMILY_BOOKS_MAX))
	);
	return [...new Set(found.flat())].filter((book) => !own.has(book));
}

async function openThose(
	deps: FamilyDeps,
	books: BookId[],
	nowMs: number,
	relationOf: (entries: BookEntry[]) => CitizenRelation
): Promise<OpenFamilyBook[]> {
	const opened: OpenFamilyBook[] = [];
	for (const book of [...books].sort()) {
		if (opened.some((one) => one.book === book)) continue;
		const { stands, parts } = await openPerson(deps, book, relationOf);
		const relation = familyRelationOf(stands);
		if (relation === undefined) continue;
		for (const part of parts) {
			const readable = readableRows(part.rows.filter(isOfFamily), stands, nowMs);
			if (readable === undefined) continue;
			const entries = readable.map(({ stored }) => stored);
			const of = part.book === book ? {} : { of: book };
			const writers = writersOf(readable);
			opened.push({ book: part.book, relation, stands, ...of, entries, writers });
		}
	}
	return opened;
}

interface BookPart {
	book: BookId;
	rows: ReadRow[];
	said: BookEntry[];
}

/**
 * A book and those joined to it, the first one first. One that does not say so itself, or with which the whole
 * would be nobody's of this family, stays away; what the others say of age counts for all of them.
 */
async function openPerson(
	deps: FamilyDeps,
	book: BookId,
	relationOf: (entries: BookEntry[]) => CitizenRelation
): Promise<{ stands: CitizenRelation; parts: BookPart[] }> {
	const first = await readPart(deps, book);
	const parts = [first];
	let stands = relationOf(first.said);
	if (familyRelationOf(stands) === undefined) return { stands, parts };
	for (const part of parts)
		for (const joined of joinedIn(part.said)) {
			if (parts.length === OWN_BOOKS_MAX) break;
			if (parts.some((one) => one.book === joined)) continue;
			const other = await readPart(deps, joined);
			if (!joinedIn(other.said).includes(part.book)) continue;
			const all = [...parts, other].flatMap(({ said }) => said);
			const together = canBeOnePerson(all) ? relationOf(all) : 'stranger';
			if (familyRelationOf(together) === undefined) continue;
			stands = together;
			parts.push(other);
		}
	return { stands, parts };
}

async function readPart({ storage, damage }: FamilyDeps, book: BookId): Promise<BookPart> {
	const sound = (await storage.readBook(book)).filter((stored) => damage.isSound(book, stored));
	const rows = sound.map(readRow);
	return { book, rows, said: rows.flatMap(({ entry }) => entry ?? []) };
}

function readRow(stored: LogEntry): ReadRow {
	const read = readEntry(stored.bytes);
	return { stored, entry: read.ok ? read.entry : undefined };
}

/** Who only looks alike is somebody else, and their book is named to nobody outside. */
function isOfFamily({ entry }: ReadRow): boolean {
	return entry?.content.kind !== 'differentPerson';
}

/** Nothing: the book itself is closed. What cannot be read cannot be judged either: it counts as restricted. */
function readableRows(
	rows: ReadRow[],
	relation: CitizenRelation,
	nowMs: number
): ReadRow[] | undefined {
	const may = (action: 'read' | 'read-restricted'): boolean =>
		can({ role: 'citizen' }, action, relation, nowMs).allowed;
	if (!may('read')) return undefined;
	if (may('read-restricted')) return rows;
	const restricted = restrictedIn(rows.flatMap(({ entry }) => entry ?? []));
	return rows.filter(({ entry }) => entry !== undefined && !restricted.has(entry.id));
}

/** Not of what stays here: the name of a place can say as much as what was written there. */
function writersOf(rows: ReadRow[]): Set<string> {
	const writers = new Set<string>();
	for (const { entry } of rows) {
		if (entry === undefined) continue;
		const { person, facility } = entry.envelope.author;
		writers.add(person);
		if (facility !== undefined) writers.add(facility);
		const place = isEntryOf(entry, 'immunization') ? entry.content.body.place : undefined;
		if (place?.facility !== undefined) writers.add(place.facility);
	}
	return writers;
}
