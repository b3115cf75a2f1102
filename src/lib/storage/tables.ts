/**
 * The rows a device keeps and what the storage logic asks of a database: transactions over tables
 * that are sorted by key. Dexie and the simulated disk both offer this, so the logic that must never
 * lose an entry is written once and the simulation tests the very code that runs on a tablet.
 */
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import type { DraftRow, KeyRow, OutboxRow, Parcel, RecentRow, StoredEntry } from './port.ts';

/** A book: entries packed (see packing.ts). Entries since the last fold stand in the log. Books of a first sync
 * lie in segments and get a row of their own when they are first folded. */
export interface BookRow {
	book: BookId;
	/** Never the same twice for a book, not even when it left and came back; who computed from another
	 * row starts again. Below zero: made by the save with this journal number. */
	rev: number;
	count: number;
	packed: Uint8Array;
}

/** Some books that came together, packed: of each, under its id, its packed entries (see segments.ts). */
export interface SegmentRow {
	segment: number;
	packed: Uint8Array;
}

/** What of a segment can be read without opening it. It decides: what it does not name is not there. */
export interface SegmentHeadRow {
	segment: number;
	/** Of each of `books`, as in `BookRow`. */
	rev: number;
	/** Those that stand in the segment and nowhere else. */
	books: BookId[];
	/** Entries of each of `books`. */
	counts: number[];
	/** Those that have a row of their own since, or had: what the segment holds of them is old. */
	moved: BookId[];
}

export interface LogRow {
	book: BookId;
	id: EntryId;
	bytes: Uint8Array;
}

/** About 400 people, packed. */
export interface PeoplePageRow {
	page: number;
	rev: number;
	packed: Uint8Array;
}

/** A person's newest summary, before any page. Without a summary: the book left this device. */
export interface PersonDelta {
	book: BookId;
	summary?: Uint8Array;
}

export interface OutboxTableRow extends OutboxRow {
	/** A page brought this entry: the server holds it although its ack never arrived. */
	isOnServer?: true;
}

export interface JournalRow {
	n: number;
	id: EntryId;
	link: Uint8Array;
}

export interface RecentTableRow extends RecentRow {
	/** Offers begun before `commit` was given; below the meta row's number it is to be offered again. */
	offer: number;
	refusal?: string;
}

/**
 * `awaited`: a fresh snapshot is under way and has not brought the book yet. `out-of-feed`: the server does
 * not send it to this device any more. `damaged`: its row was cut or altered, and it is to be asked for.
 */
export interface StandingRow {
	book: BookId;
	state: 'awaited' | 'out-of-feed' | 'damaged';
}

export interface MetaRow {
	key: 'sync';
	token?: Uint8Array;
	confirmed: number;
	offset?: number;
	lastContactMs?: number;
	epoch?: Uint8Array;
	mismatches: number;
	repairedMs?: number;
	repairs: number;
	recountedMs?: number;
	isReoffering: boolean;
	/** How often everything recent was to be offered again. */
	offer: number;
	digest: bigint;
	/** Grows with every transaction in which the row of a book comes, changes or goes. */
	rev: number;
}

/** A link of the chain of what was opened here. Without `bytes`: the server has it and all before it. */
export interface ReadRow {
	n: number;
	link: Uint8Array;
	bytes?: Uint8Array;
}

export interface TableRows {
	books: BookRow;
	segments: SegmentRow;
	segmentHeads: SegmentHeadRow;
	log: LogRow;
	people: PeoplePageRow;
	deltas: PersonDelta;
	outbox: OutboxTableRow;
	/** Sealed for the server: a device that nobody has unlocked can send them. */
	parcels: Parcel;
	journal: JournalRow;
	recent: RecentTableRow;
	standings: StandingRow;
	meta: MetaRow;
	keys: KeyRow;
	drafts: DraftRow;
	reads: ReadRow;
}
export type TableName = keyof TableRows;

/** Primary key first, then the indexes, in Dexie's notation; nothing but opaque ids and numbers. */
export const TABLE_KEYS: Record<TableName, readonly string[]> = {
	books: ['book'],
	segments: ['segment'],
	segmentHeads: ['segment'],
	log: ['[book+id]'],
	people: ['page'],
	deltas: ['book'],
	outbox: ['n', '[state+n]', 'book'],
	parcels: ['n'],
	journal: ['n'],
	recent: ['id', '[offer+commit]'],
	standings: ['book'],
	meta: ['key'],
	keys: ['id'],
	drafts: ['[person+book+form]'],
	reads: ['n']
};

export type Key = number | string | Key[];

/** Rows in order of a key; bounds are included. Sorted as IndexedDB does: numbers, strings, arrays. */
export interface KeyRange {
	/** As written in `TABLE_KEYS`; absent: the primary key. */
	index?: string;
	from?: Key;
	to?: Key;
	limit?: number;
	isNewestFirst?: true;
}

export interface Table<Row> {
	get(key: Key): PromiseLike<Row | undefined>;
	getMany(keys: Key[]): PromiseLike<(Row | undefined)[]>;
	range(range: KeyRange): PromiseLike<Row[]>;
	count(range: KeyRange): PromiseLike<number>;
	/** Primary keys: all, or those of a range of the primary key. */
	keys(range?: Omit<KeyRange, 'index'>): PromiseLike<Key[]>;
	put(row: Row): PromiseLike<unknown>;
	putMany(rows: Row[]): PromiseLike<unknown>;
	deleteMany(keys: Key[]): PromiseLike<unknown>;
	deleteRange(range: KeyRange): PromiseLike<unknown>;
}
/** As a database holds them. */
export type DiskTables = { [Name in TableName]: Table<TableRows[Name]> };

export interface NewBook {
	book: BookId;
	/** Each once. */
	entries: readonly StoredEntry[];
}

/** The row of each book, whether it stands alone or in a segment. */
export interface BookTable {
	getMany(books: BookId[]): PromiseLike<(BookRow | undefined)[]>;
	/** Of each book that has a row; those that lie together stand together. */
	keys(): PromiseLike<BookId[]>;
	put(row: BookRow): PromiseLike<unknown>;
	putMany(rows: BookRow[]): PromiseLike<unknown>;
	/** Of books that have no row: many small ones are put together into segments. */
	putNew(books: NewBook[], rev: number): PromiseLike<unknown>;
	deleteMany(books: BookId[]): PromiseLike<unknown>;
}

/** As the storage logic sees them. */
export type Tables = Omit<DiskTables, 'books' | 'segments' | 'segmentHeads'> & {
	books: BookTable;
};

export interface DiskDatabase {
	/**
	 * Runs `body` as one transaction over the named tables: all of it is on disk when the promise
	 * resolves, or nothing. `body` awaits nothing but these tables, else the transaction ends under it.
	 * Throws `StorageFailed` when the device fails, and whatever `body` throws.
	 */
	transact<T>(
		mode: 'r' | 'rw',
		names: readonly TableName[],
		body: (tables: DiskTables) => Promise<T>
	): Promise<T>;
	close(): Promise<void>;
}

/** The same, with each book's row found wherever it lies. */
export interface Database {
	transact<T>(
		mode: 'r' | 'rw',
		names: readonly (keyof Tables)[],
		body: (tables: Tables) => Promise<T>
	): Promise<T>;
	close(): Promise<void>;
}

/** Every key that begins with these parts. */
export function startingWith(...parts: (number | string)[]): { from: Key; to: Key } {
	return { from: parts, to: [...parts, []] };
}
