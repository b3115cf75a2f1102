/**
 * Pages that come down: checked, gathered into transactions of a good size, and applied with their
 * cursor. A wrong page is thrown away whole; so is everything after it, since cursors go in order.
 */
import { bytesToId, type BookId } from '#lib/domain/ids.ts';
import { entryIdBytesOf } from '#lib/entry/entry.ts';
import type { Frame, PageRow } from '#lib/protocol/messages.ts';
import { pageIdsDigest } from '#lib/protocol/wire.ts';
import {
	StorageFailed,
	type BookStorage,
	type Page,
	type PageBook,
	type RecentRow,
	type StoredBook,
	type StoredEntry
} from '#lib/storage/port.ts';

export type PageFrame = Extract<Frame, { frame: 'page' }>;

/** Larger transactions gain nothing and make a save wait. */
const BOOKS_PER_TRANSACTION = 250;
const ENTRIES_PER_TRANSACTION = 4_000;
/** A book moves only when somebody saves into it between reading and writing: milliseconds. */
const MOVED_TRIES_MAX = 10;

export interface PagesDeps {
	storage: Pick<BookStorage, 'readBooks' | 'applyPage'>;
	/** The person as the lists show them, computed from all entries of the book. */
	summarise: (book: BookId, entries: StoredEntry[]) => Uint8Array | Promise<Uint8Array>;
	/** Once true, nothing is written any more. */
	isStopped?: (() => boolean) | undefined;
	/** Called after each transaction. */
	onApplied?: (applied: AppliedPages) => void;
}

export interface AppliedPages {
	books: BookId[];
	left: BookId[];
	/** Books that the snapshot still holds; absent outside a snapshot. */
	booksLeft?: number;
}

/** Rows of one or more pages, in their order, and the cursor after the last. */
export interface PageBatch {
	entries: Map<BookId, StoredEntry[]>;
	leave: Set<BookId>;
	recent: RecentRow[];
	entryCount: number;
	token?: Uint8Array;
	epoch?: Uint8Array;
	booksLeft?: number;
}

export function emptyBatch(): PageBatch {
	return { entries: new Map(), leave: new Set(), recent: [], entryCount: 0 };
}

export function isEmptyBatch({ entries, leave, token, epoch }: PageBatch): boolean {
	return entries.size === 0 && leave.size === 0 && token === undefined && epoch === undefined;
}

export function isFullBatch({ entries, entryCount }: PageBatch): boolean {
	return entries.size >= BOOKS_PER_TRANSACTION || entryCount >= ENTRIES_PER_TRANSACTION;
}

/** Adds a page to the batch; answers false, with the batch as it was, when its ids are not as stated. */
export function addPage(batch: PageBatch, page: PageFrame): boolean {
	const ids = page.rows.map((row) => ('leave' in row ? [] : row.entries.map(entryIdBytesOf)));
	if (!isSame(pageIdsDigest(ids.flat()), page.ids)) return false;
	for (const [at, row] of page.rows.entries()) addRow(batch, row, ids[at] ?? []);
	if (page.token !== undefined) batch.token = page.token;
	if (page.epoch !== undefined) batch.epoch = page.epoch;
	if (page.booksLeft !== undefined) batch.booksLeft = page.booksLeft;
	return true;
}

function addRow(batch: PageBatch, row: PageRow, ids: Uint8Array[]): void {
	if ('leave' in row) {
		const book = bytesToId<BookId>(row.leave);
		batch.entries.delete(book);
		batch.leave.add(book);
		return;
	}
	const book = bytesToId<BookId>(row.book);
	const entries = row.entries.map((bytes, at): StoredEntry => ({
		id: bytesToId(ids[at] ?? entryIdBytesOf(bytes)),
		bytes
	}));
	// A book that leaves and comes back comes whole, so the copy that is here may as well stay.
	batch.leave.delete(book);
	if (entries.length === 0) return;
	batch.entries.set(book, [...(batch.entries.get(book) ?? []), ...entries]);
	batch.entryCount += entries.length;
	for (const { at, commit, signature } of row.recent ?? []) {
		const entry = entries[at];
		if (entry !== undefined) batch.recent.push({ ...entry, book, commit, signature });
	}
}

/** Applies the batch in one transaction. Answers false when it was stopped before; throws `StorageFailed`;
 * in both cases nothing of it was written. */
export async function applyBatch(deps: PagesDeps, batch: PageBatch): Promise<boolean> {
	for (let tries = 0; tries < MOVED_TRIES_MAX; tries++) {
		const page = await pageOf(deps, batch);
		if (deps.isStopped?.() === true) return false;
		if ((await deps.storage.applyPage(page)) === 'moved') continue;
		const { leave, booksLeft } = batch;
		const applied = { books: [...batch.entries.keys()], left: [...leave] };
		deps.onApplied?.(booksLeft === undefined ? applied : { ...applied, booksLeft });
		return true;
	}
	throw new StorageFailed('aborted');
}

async function pageOf({ storage, summarise }: PagesDeps, batch: PageBatch): Promise<Page> {
	const held = new Map(
		(await storage.readBooks([...batch.entries.keys()])).map((stored) => [stored.book, stored])
	);
	const books: PageBook[] = [];
	for (const [book, entries] of batch.entries) {
		const before = held.get(book);
		const summary = await summarise(book, union(before, entries));
		books.push({ book, entries, summary, count: before?.count ?? 0 });
	}
	const { leave, recent, token, epoch } = batch;
	return {
		books,
		leave: [...leave],
		recent,
		...(token && { token }),
		...(epoch && { epoch })
	};
}

/** Of a book that is new here: what came, perhaps with repetitions, which nobody minds. */
function union(before: StoredBook | undefined, added: StoredEntry[]): StoredEntry[] {
	if (before === undefined) return added;
	const byId = new Map(before.entries.map((entry) => [entry.id, entry]));
	for (const entry of added) if (!byId.has(entry.id)) byId.set(entry.id, entry);
	return [...byId.values()];
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
	return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
