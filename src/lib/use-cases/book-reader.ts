/**
 * A book as entries instead of bytes. Entries never change, so what was read once is kept for the books
 * used last: saving into a long book then decodes nothing again.
 */
import type { BookEntry } from '#lib/domain/book/book-entry.ts';
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import { readStoredEntry } from '#lib/entry/stored-entry.ts';
import type { BookStorage, StoredBook } from '#lib/storage/port.ts';

export interface OpenBook {
	book: BookId;
	entries: BookEntry[];
	/** `count` of the stored book: what a save is computed from. */
	count: number;
	standing?: StoredBook['standing'];
}

export interface BookReader {
	read(book: BookId): Promise<OpenBook | undefined>;
	/** Locking leaves no plaintext behind. */
	forget(): void;
}

const BOOKS_KEPT_MAX = 16;

export function createBookReader(storage: Pick<BookStorage, 'readBook'>): BookReader {
	const kept = new Map<BookId, Map<EntryId, BookEntry>>();

	function entriesOf(stored: StoredBook): BookEntry[] {
		const known = kept.get(stored.book);
		const read = new Map<EntryId, BookEntry>();
		for (const entry of stored.entries)
			read.set(entry.id, known?.get(entry.id) ?? readStoredEntry(stored.book, entry));
		kept.delete(stored.book);
		kept.set(stored.book, read);
		for (const oldest of kept.keys()) {
			if (kept.size <= BOOKS_KEPT_MAX) break;
			kept.delete(oldest);
		}
		return [...read.values()];
	}

	return {
		read: async (book) => {
			const stored = await storage.readBook(book);
			if (stored === undefined) return undefined;
			const { count, standing } = stored;
			return { book, entries: entriesOf(stored), count, ...(standing && { standing }) };
		},
		forget: () => kept.clear()
	};
}
