/**
 * The one gate to citizens: which books somebody may read today, and which entries of them. Asked anew each
 * time: nothing of it is kept. What the disk damaged is not among them, and neither judges nor is counted, so
 * a phone that has everything it may have is never told that something is missing.
 */
import { can } from '#lib/domain/access/can.ts';
import {
	childRelation,
	isOwnBook,
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
import { clinicalDateOf } from '#lib/domain/time/clinical-time.ts';
import { readEntry } from '#lib/entry/entry.ts';
import { FAMILY_BOOKS_MAX } from '#lib/protocol/citizen.ts';
import type { LogEntry, ServerStorage } from '../storage/storage.ts';

/** Several books of one person that nobody has joined yet. */
const OWN_BOOKS_MAX = 10;

export interface OpenFamilyBook {
	book: BookId;
	relation: FamilyRelation;
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
		isOwnBook(entries, citizen) ? 'own' : undefined
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
	{ storage, damage }: FamilyDeps,
	books: BookId[],
	nowMs: number,
	relationOf: (entries: BookEntry[]) => FamilyRelation | undefined
): Promise<OpenFamilyBook[]> {
	const opened: OpenFamilyBook[] = [];
	for (const book of [...books].sort()) {
		const sound = (await storage.readBook(book)).filter((stored) => damage.isSound(book, stored));
		const rows = sound.map(readRow);
		const relation = relationOf(rows.flatMap(({ entry }) => entry ?? []));
		if (relation === undefined) continue;
		const readable = readableRows(rows, relation, nowMs);
		if (readable === undefined) continue;
		const entries = readable.map(({ stored }) => stored);
		opened.push({ book, relation, entries, writers: writersOf(readable) });
	}
	return opened;
}

function readRow(stored: LogEntry): ReadRow {
	const read = readEntry(stored.bytes);
	return { stored, entry: read.ok ? read.entry : undefined };
}

/** Nothing: the book itself is closed. What cannot be read cannot be judged either: it counts as restricted. */
function readableRows(
	rows: ReadRow[],
	relation: FamilyRelation,
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
