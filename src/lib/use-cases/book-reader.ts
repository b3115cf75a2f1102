/**
 * A book as entries instead of bytes. Entries never change, so what was read once is kept for the books
 * used last: saving into a long book then decodes nothing again.
 */
import type { BookEntry } from '#lib/domain/book/book-entry.ts';
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import { readStoredEntry } from '#lib/entry/stored-entry.ts';
import type { BookSince, BookStorage, KnownBook, RowMark } from '#lib/storage/port.ts';

export interface OpenBook {
	book: BookId;
	entries: BookEntry[];
	/** `count` of the stored book: what a save is computed from. */
	count: number;
	/** Of the row behind `count`, for the save. */
	row?: RowMark;
	standing?: BookSince['stored']['standing'];
}

export interface BookReader {
	read(book: BookId): Promise<OpenBook | undefined>;
	/** Locking leaves no plaintext behind. */
	forget(): void;
}

const BOOKS_KEPT_MAX = 16;

interface Kept {
	/** Those of the row first. */
	entries: Map<EntryId, BookEntry>;
	row: RowMark | undefined;
}

export function createBookReader(storage: Pick<BookStorage, 'readBookSince'>): BookReader {
	let kept = new Map<BookId, Kept>();

	function keep(book: BookId, entries: Map<EntryId, BookEntry>, row: RowMark | undefined): void {
		kept.delete(book);
		kept.set(book, { entries, row });
		for (const oldest of kept.keys()) {
			if (kept.size <= BOOKS_KEPT_MAX) break;
			kept.delete(oldest);
		}
	}

	async function read(book: BookId): Promise<OpenBook | undefined> {
		const keptNow = kept;
		const known = kept.get(book);
		const since = await storage.readBookSince(book, knownBook(known));
		if (since === undefined) return undefined;
		const { stored, row } = since;
		const entries = entriesOf(since, known?.entries);
		if (kept === keptNow) keep(book, entries, row);
		return {
			book,
			entries: [...entries.values()],
			count: stored.count,
			...(row && { row }),
			...(stored.standing && { standing: stored.standing })
		};
	}

	return { read, forget: () => void (kept = new Map()) };
}

function knownBook(kept: Kept | undefined): KnownBook | undefined {
	if (kept?.row === undefined) return undefined;
	return { row: kept.row, has: (id) => kept.entries.has(id) };
}

function entriesOf(
	{ stored, logged, row }: BookSince,
	known: ReadonlyMap<EntryId, BookEntry> = new Map()
): Map<EntryId, BookEntry> {
	const entries = new Map<EntryId, BookEntry>();
	const take = (id: EntryId): void => {
		const entry = known.get(id);
		if (entry !== undefined) entries.set(id, entry);
	};
	if (logged !== undefined) {
		for (const id of known.keys()) {
			if (entries.size === row?.count) break;
			take(id);
		}
		logged.forEach(take);
	}
	for (const entry of stored.entries)
		entries.set(entry.id, known.get(entry.id) ?? readStoredEntry(stored.book, entry));
	return entries;
}
