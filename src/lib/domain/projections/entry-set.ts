/**
 * The entries of a book as a set: each once, in one order, whatever order and repetition they came in.
 * Everything a projection shows starts here, so two devices with the same entries show the same book.
 */
import { compareByOccurred, type BookEntry } from '../book/book-entry.ts';
import type { EntryId } from '../ids.ts';
import type { Source } from './book-view.ts';

export interface EntrySet {
	/** Oldest first by `compareByOccurred`, which is total: no tie is left to the order of arrival. */
	entries: BookEntry[];
	byId: ReadonlyMap<EntryId, BookEntry>;
}

export function createEntrySet(entries: Iterable<BookEntry>): EntrySet {
	const byId = new Map<EntryId, BookEntry>();
	for (const entry of entries) byId.set(entry.id, entry);
	return { entries: [...byId.values()].sort(compareByOccurred), byId };
}

export function sourceOf(entry: BookEntry): Source {
	const { author, occurred, recorded } = entry.envelope;
	return { id: entry.id, author, occurred, recorded };
}

export function changedMark(isChangedByNewer: boolean): { isChangedByNewer?: true } {
	return isChangedByNewer ? { isChangedByNewer } : {};
}
