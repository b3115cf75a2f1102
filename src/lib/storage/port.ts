/**
 * What a device keeps. Two implementations, one port suite (`port-suite.ts`): IndexedDB through Dexie,
 * and memory with a durability model for the simulation; the hospital agent has a third on SQLite.
 *
 * Invariants every implementation holds:
 * - `save` only appends, in one strict transaction {log, people delta, outbox, journal}; when its
 *   promise resolves with `saved` the entry survives a crash.
 * - A book is its row plus its log rows. Rows are rewritten only by `fold`, which checks that the row
 *   did not move and never loses a log row.
 * - Rows of a page, the cursor and what acks changed are applied in one transaction each, or not at all.
 * - A draft goes by `removeDraft` and with the entry that it became, by nothing else.
 * - Nothing removes an entry that waits in the outbox or was refused: only its ack does, or a page that brings
 *   a refused one after all. Setting it aside or replacing it changes its state.
 * Bytes are opaque here; sealing them is done above this port.
 */
import type { BookId, EntryId, PersonId } from '#lib/domain/ids.ts';
import type { JournalTip } from '#lib/entry/journal.ts';
import type { BookRead, ReadsTip } from '#lib/entry/read-chain.ts';

export interface StoredEntry {
	id: EntryId;
	bytes: Uint8Array;
}

/** A book as this device holds it, without entries that were replaced. `count` guards against computing
 * from an older state. */
export interface StoredBook {
	book: BookId;
	entries: StoredEntry[];
	count: number;
	/** `out-of-feed`: the server does not send this book here any more, so it may be out of date.
	 * `damaged`: entries of it were lost on this device, and the server will be asked for them. */
	standing?: 'out-of-feed' | 'damaged';
}

/** How a book's packed row stood when it was read: while `rev` is the device's, nothing has rewritten it. */
export interface RowMark {
	rev: number;
	/** Entries in the row. */
	count: number;
}

/** What somebody has of a book in hand. */
export interface KnownBook {
	row: RowMark;
	has(id: EntryId): boolean;
}

/** A book as it is now, for somebody who may know most of it. */
export interface BookSince {
	/** Whole, or only the entries that are not known. */
	stored: StoredBook;
	/** The row is as it was known, and these stand behind it. Absent: `stored` is whole. */
	logged?: EntryId[];
	/** Of the row as it stands; absent where entries of it are damaged or replaced. */
	row?: RowMark;
}

/** Summary of a person for lists and search: opaque bytes, rebuilt from the entries at any time. */
export interface PersonRow {
	book: BookId;
	summary: Uint8Array;
}

export type OutboxState =
	| 'waiting'
	| 'refused'
	/** Refused, and a person has seen it and put it aside. */
	| 'set-aside'
	/** Refused, and the device has stated it anew: the new entry stands in the book instead of it. */
	| 'replaced';

export interface Refusal {
	code: string;
	path?: string;
	/** Somebody looked at it at the server and gave it back. */
	returned?: { atMs: number; note: string; by?: string };
}

export interface OutboxRow {
	/** Journal number: the order in which this device saved. */
	n: number;
	book: BookId;
	id: EntryId;
	bytes: Uint8Array;
	signature: Uint8Array;
	/** Device time when it was saved, milliseconds. */
	savedMs: number;
	state: OutboxState;
	/** Why the server refused it; absent while it waits. */
	refusal?: Refusal;
	/** Only with state `replaced`. */
	replacedBy?: EntryId;
}

/** An entry above the confirmed backup, anybody's, kept to offer it again after a restore. */
export interface RecentRow {
	id: EntryId;
	book: BookId;
	bytes: Uint8Array;
	signature: Uint8Array;
	commit: number;
}

/** What somebody has begun to write on this device: in each book one of each form. */
export interface DraftKey {
	person: PersonId;
	/** Empty: of somebody who has no book yet. */
	book: BookId | '';
	form: string;
}

export interface DraftRow extends DraftKey {
	bytes: Uint8Array;
	/** Device time of the last change, milliseconds. */
	changedMs: number;
}

/** An entry that the server does not have yet, sealed for it. */
export interface Parcel {
	/** Journal number of the entry. */
	n: number;
	/** Its author. */
	person: PersonId;
	sealed: Uint8Array;
}

export interface Save {
	book: BookId;
	id: EntryId;
	bytes: Uint8Array;
	signature: Uint8Array;
	savedMs: number;
	/** The person as the lists show them after this entry. */
	summary: Uint8Array;
	/** `count` of the book from which `summary` was computed (0: a new book). */
	count: number;
	/** Of the row that was behind `count`: while it holds the row is not read again. */
	row?: RowMark;
	/** Journal number of a refused entry of the book that this one states anew; `moved` when it is not
	 * refused any more. */
	replaces?: number;
	/** The same once more, sealed for the server. */
	parcel?: Omit<Parcel, 'n'>;
	/** The draft that this entry was until now: it goes in the same transaction. */
	endsDraft?: DraftKey;
}

export type SaveResult =
	| { type: 'saved'; tip: JournalTip }
	/** The book moved since `count` was read; nothing was written, compute the summary again. */
	| { type: 'moved' }
	/** These very bytes are already in the book; nothing was written. */
	| { type: 'duplicate' }
	/** The device could not store it; nothing was written. */
	| { type: 'not-stored'; code: StorageFailureCode };

export type SaveTogetherResult =
	/** Every entry is on the disk, numbered in the order given; the tip after the last one. */
	| { type: 'saved'; tip: JournalTip }
	/** One of the books moved; nothing of any of them was written. */
	| { type: 'moved' }
	/** Every one of them is already there; nothing was written. */
	| { type: 'duplicate' }
	| { type: 'not-stored'; code: StorageFailureCode };

/** `closed`: another window upgraded or took over the database, or this one was closed. `locked`: what is
 * sealed was asked for while nobody is signed in. */
export type StorageFailureCode = 'quota' | 'aborted' | 'closed' | 'locked' | 'unknown';

/** Every other method of the port throws this when the device fails; nothing of the call was written. */
export class StorageFailed extends Error {
	readonly code: StorageFailureCode;
	constructor(code: StorageFailureCode, cause?: unknown) {
		super(`storage failed: ${code}`, { cause });
		this.name = 'StorageFailed';
		this.code = code;
	}
}

/** Seals what a device keeps about people. Synchronous: a transaction waits for nothing but its tables.
 * Without a key both throw `StorageFailed` with `locked`. */
export interface RecordCipher {
	/** `place`: where the bytes lie; they cannot be opened anywhere else. */
	seal(plain: Uint8Array, place: string): Uint8Array;
	/** Nothing when the bytes were cut, altered, or lay in another place. */
	open(sealed: Uint8Array, place: string): Uint8Array | undefined;
}

export interface PageBook {
	book: BookId;
	/** Entries to add; those the device already has are ignored. */
	entries: StoredEntry[];
	/** The person with the book's entries and these. */
	summary: Uint8Array;
	/** `count` of the book from which `summary` was computed. */
	count: number;
}

/** A book stands at most once among `books` and `leave` together. */
export interface Page {
	books: PageBook[];
	/** The copy goes, unsent and refused entries stay; `recent` rows stay until a backup holds them. */
	leave: BookId[];
	/** Those up to `confirmed` are ignored. */
	recent: RecentRow[];
	/** The new cursor; absent for pages of books asked for by themselves. */
	token?: Uint8Array;
	/** The server was restored: beside `token`, the epoch in which the cursor now stands. Everything is to
	 * be offered again as after `beginEpoch`, unless that is under way in this very epoch. */
	epoch?: Uint8Array;
}

export type AckOutcome =
	| { n: number; outcome: 'accepted'; commit: number }
	| { n: number; outcome: 'refused'; code: string; path?: string }
	/** Answers to `readReoffers` rows. A refused one stays as it is and is not offered again in this epoch. */
	| { id: EntryId; outcome: 'relayed'; commit: number }
	| { id: EntryId; outcome: 'relay-refused'; code: string };

export interface SyncMeta {
	/** Cursor of the device's feed; absent before the first page. */
	token?: Uint8Array;
	/** Highest commit number that a checked backup holds; recent rows up to it are dropped. */
	confirmed: number;
	/** Server time minus device time, milliseconds. */
	offset?: number;
	/** Device time of the last answer that ended well. */
	lastContactMs?: number;
	/** The server's epoch, known only after a restore. */
	epoch?: Uint8Array;
	/** Answers in a row whose digest differed from `readDigest`. */
	mismatches: number;
	/** Device time of the last repair by a fresh snapshot. */
	repairedMs?: number;
	/** Repairs in a row after which the digest differed again. */
	repairs: number;
	/** Device time of the last `recount`. */
	recountedMs?: number;
	/** Certificates of authors go with every push until everything has been offered again. */
	isReoffering: boolean;
}

/** A stretch of the chain of openings. */
export interface ReadsStretch {
	/** Where the chain stood before the first of them. */
	after: ReadsTip;
	reads: BookRead[];
	tip: ReadsTip;
}

/** Device, people who sign in here, their keys. Values are structured-cloneable; CryptoKeys included. */
export interface KeyRow {
	id: string;
	value: unknown;
}

export interface OutboxSummary {
	waiting: number;
	refused: number;
	/** Set aside or replaced: kept for ever, nobody has to look at them. */
	aside: number;
	oldestWaitingMs?: number;
}

export interface StorageStatus {
	outbox: OutboxSummary;
	meta: SyncMeta;
	books: number;
	/** Entries saved since the first day: the number of the journal. */
	written: number;
}

export interface BookStorage {
	save(save: Save): Promise<SaveResult>;
	/**
	 * Entries that are one act, perhaps in several books: all of them in one transaction, or none. Two for
	 * one book are computed one on the other: the second has the `count` and `summary` after the first.
	 */
	saveTogether(saves: Save[]): Promise<SaveTogetherResult>;

	readBook(book: BookId): Promise<StoredBook | undefined>;
	/** The same without what is known and still true: it may be long, and sealed. */
	readBookSince(book: BookId, known?: KnownBook): Promise<BookSince | undefined>;
	/** Those of `books` that the device holds, in no particular order, at one moment. */
	readBooks(books: BookId[]): Promise<StoredBook[]>;
	/** Everybody, in pages of the implementation's choice; a book's row is its newest. */
	readPeople(): AsyncIterable<PersonRow[]>;
	countBooks(): Promise<number>;
	/**
	 * Sum of the ids of all entries of the books held here that the server is known to hold: each came in
	 * a page, or was accepted. Not in it are entries waiting or refused, unless a page brought them too,
	 * what a restored server has not taken back, and books out of the feed. In step it equals the digest
	 * of the feed at its head.
	 */
	readDigest(): Promise<bigint>;
	/** Counts the digest anew from the rows, notes as damaged each book whose row cannot be read, and
	 * leaves of it what is whole and what was not sent yet. Reads everything: rarely called. */
	recount(): Promise<void>;
	/** Books to be asked for because entries of them were lost here. */
	listDamaged(): Promise<BookId[]>;
	/** These books are not in the feed: all that the snapshot after `forgetToken` did not bring, now that it
	 * has come whole (`awaited`), or damaged ones that the server did not mention when it was asked. They
	 * stay with all their entries. Answers how many there were. */
	markOutOfFeed(which: 'awaited' | readonly BookId[]): Promise<number>;

	/** Oldest first, state `waiting`, until either limit; at least one row if there is one. `bytesMax`
	 * counts bytes and signatures; `except` names journal numbers to pass over. */
	readOutbox(limits: {
		entriesMax: number;
		bytesMax: number;
		except?: ReadonlySet<number>;
	}): Promise<OutboxRow[]>;
	/** Everything not acknowledged, or what is in one state, oldest first. */
	listOutbox(limit: number, state?: OutboxState): Promise<OutboxRow[]>;
	/** Everything not acknowledged in these books, in any state. */
	listUnsent(books: BookId[]): Promise<OutboxRow[]>;
	/** A refused entry was seen by a person. Anything else stays as it is. */
	setAside(n: number): Promise<void>;
	/** Why a refused entry was given back, beside its refusal. Anything else stays as it is. */
	noteReturned(n: number, returned: NonNullable<Refusal['returned']>): Promise<void>;
	summariseOutbox(): Promise<OutboxSummary>;
	readTip(): Promise<JournalTip>;
	/** What else is asked for one by one, in one reading. */
	readStatus(): Promise<StorageStatus>;

	/** Oldest first, those behind number `after`. Needs no key, as the next three. */
	listParcels(limit: number, after?: number): Promise<Parcel[]>;
	/** What another copy of them still has. */
	putParcels(parcels: Parcel[]): Promise<void>;
	/** The server has what is in them; acknowledgements of the entries themselves remove them too. */
	removeParcels(numbers: number[]): Promise<void>;
	/** By author. */
	countParcels(): Promise<Map<PersonId, number>>;

	applyAcks(outcomes: AckOutcome[]): Promise<void>;
	/** `moved`: a book changed since its `count` was read; nothing was applied. */
	applyPage(page: Page): Promise<'applied' | 'moved'>;
	readMeta(): Promise<SyncMeta>;
	/** `offset` of it, as this storage last read or wrote it: asked at every save. */
	readClockOffset(): Promise<number | undefined>;
	/** A change of `confirmed` drops recent rows up to it, but none that is still to be offered again. */
	updateMeta(change: Partial<Omit<SyncMeta, 'token' | 'epoch'>>): Promise<void>;
	/** The server was restored: all recent rows are to be offered again, refused outbox rows wait again.
	 * Does nothing when this epoch is known: an answer without pages may say so again and again. */
	beginEpoch(epoch: Uint8Array): Promise<void>;
	/** The cursor is given up for a fresh snapshot; books and outbox stay, every book is awaited in it, and
	 * everything recent is to be offered again, because a request without a cursor cannot learn of a
	 * restore. */
	forgetToken(): Promise<void>;
	/** Recent rows that are still to be offered again, lowest commit first, until either limit (counted as
	 * in `readOutbox`); at least one row if there is one. `except` names entries to pass over. */
	readReoffers(limits: {
		entriesMax: number;
		bytesMax: number;
		except?: ReadonlySet<EntryId>;
	}): Promise<RecentRow[]>;

	/** Merges log rows into book rows and people deltas into pages. Only the holder of the writer lock
	 * calls it; stops early when `shouldStop` says so. */
	fold(shouldStop: () => boolean): Promise<void>;

	readDraft(key: DraftKey): Promise<DraftRow | undefined>;
	/** Of one person, in order of book and form. */
	listDrafts(person: PersonId): Promise<DraftRow[]>;
	/** Replaces what stood there. */
	writeDraft(row: DraftRow): Promise<void>;
	removeDraft(key: DraftKey): Promise<void>;

	/** Adds to the chain of what was opened here. */
	noteRead(read: BookRead): Promise<void>;
	/** The oldest that the server has not taken, in their order; nothing where it has taken all. */
	listReads(limit: number): Promise<ReadsStretch | undefined>;
	/** The server has taken the chain up to this number. */
	forgetReads(n: number): Promise<void>;

	readKey(id: string): Promise<KeyRow | undefined>;
	listKeys(prefix: string): Promise<KeyRow[]>;
	writeKey(row: KeyRow): Promise<void>;

	close(): Promise<void>;
}
