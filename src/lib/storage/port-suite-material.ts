/** Books, entries and saves for the port suite: made of numbers, so that a failure can be read. */
import { sha256 } from '@noble/hashes/sha2.js';
import { expect } from 'vitest';
import { bytesToId, type BookId, type EntryId } from '#lib/domain/ids.ts';
import type { BookStorage, Page, PageBook, RecentRow, Save, StoredEntry } from './port.ts';

const ENTRY_BYTES = 60;

export function bookId(n: number): BookId {
	return bytesToId<BookId>(numbered('book', n).slice(0, 16));
}

export function entryOf(n: number): StoredEntry {
	const bytes = new Uint8Array(ENTRY_BYTES);
	bytes.set(numbered('entry', n));
	return { id: bytesToId<EntryId>(sha256(bytes).slice(0, 16)), bytes };
}

export function signatureOf(entry: StoredEntry): Uint8Array {
	const signature = new Uint8Array(64);
	signature.set(entry.bytes.subarray(0, 32));
	return signature;
}

/** A summary that tells from how many entries it was computed. */
export function summaryOf(book: BookId, count: number): Uint8Array {
	return new TextEncoder().encode(`${book} ${count}`);
}

export function saveOf(book: BookId, entry: StoredEntry, count: number): Save {
	return {
		book,
		...entry,
		signature: signatureOf(entry),
		savedMs: 1_700_000_000_000 + (entry.bytes[0] ?? 0),
		summary: summaryOf(book, count + 1),
		count
	};
}

export function recentOf(book: BookId, entry: StoredEntry, commit: number): RecentRow {
	return { book, ...entry, signature: signatureOf(entry), commit };
}

export async function peopleOf(storage: BookStorage): Promise<Map<BookId, Uint8Array>> {
	const people = new Map<BookId, Uint8Array>();
	for await (const page of storage.readPeople())
		for (const { book, summary } of page) people.set(book, new Uint8Array(summary));
	return people;
}

export function nothingStops(): boolean {
	return false;
}

function numbered(kind: string, n: number): Uint8Array {
	return sha256(new TextEncoder().encode(`${kind} ${n}`));
}

export const BOOK = bookId(1);
export const OTHER = bookId(2);
export const PLENTY = { entriesMax: 500, bytesMax: 1_000_000 };

export function pageOf(books: PageBook[], rest: Partial<Page> = {}): Page {
	return { books, leave: [], recent: [], ...rest };
}

export function pageBook(book: BookId, entries: StoredEntry[], count = 0): PageBook {
	return { book, entries, summary: summaryOf(book, entries.length + count), count };
}

export async function idsIn(storage: BookStorage, book: BookId): Promise<EntryId[]> {
	const stored = await storage.readBook(book);
	expect(stored?.count).toBe(stored?.entries.length);
	return (stored?.entries.map(({ id }) => id) ?? []).sort();
}

export async function waitingOf(storage: BookStorage): Promise<number[]> {
	return (await storage.readOutbox(PLENTY)).map(({ n }) => n);
}

/** Saves with the book's present count, as a use case does. */
export async function saveNext(
	storage: BookStorage,
	entry: StoredEntry,
	book = BOOK
): Promise<number> {
	const count = (await storage.readBook(book))?.count ?? 0;
	const result = await storage.save(saveOf(book, entry, count));
	if (result.type !== 'saved') throw new Error(`not saved: ${result.type}`);
	return result.tip.n;
}

export type Open = () => Promise<BookStorage>;
