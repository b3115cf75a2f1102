import { describe, expect, it } from 'vitest';
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import { entryIdOf } from '#lib/entry/entry.ts';
import { createMemoryStorage } from '#lib/storage/memory.ts';
import { nothingStops, saveNext, saveOf } from '#lib/storage/port-suite-material.ts';
import type { BookSince, KnownBook, StoredEntry } from '#lib/storage/port.ts';
import { createBookReader } from './book-reader.ts';

const BOOK = 'AAAAAAAAAAAAAAAAAAAAAA' as BookId;

function entryOf(n: number): StoredEntry {
	const bytes = new Uint8Array([0xff, n]);
	return { id: entryIdOf(bytes), bytes };
}

describe('a book that is read', () => {
	it('has every stored entry, also one of which nothing can be read', async () => {
		const bytes = new Uint8Array([0xff]);
		const id: EntryId = entryIdOf(bytes);
		const stored = { book: BOOK, entries: [{ id, bytes }], count: 1 };
		const reader = createBookReader({ readBookSince: async () => ({ stored }) });
		const opened = await reader.read(BOOK);
		expect(opened?.entries).toMatchObject([{ id, content: { kind: 'unknown' } }]);
	});

	it('is the same book however much of it was in hand, and nothing of it is read twice', async () => {
		const storage = createMemoryStorage();
		const reader = createBookReader(storage);
		for (const n of [1, 2, 3]) await saveNext(storage, entryOf(n), BOOK);
		await storage.fold(nothingStops);
		await saveNext(storage, entryOf(4), BOOK);
		const first = await reader.read(BOOK);
		await saveNext(storage, entryOf(5), BOOK);
		const second = await reader.read(BOOK);
		expect(second?.count).toBe(5);
		expect(new Set(second?.entries)).toEqual(
			new Set((await createBookReader(storage).read(BOOK))?.entries)
		);
		for (const entry of first?.entries ?? []) expect(second?.entries).toContain(entry);
		const saved = await storage.save({
			...saveOf(BOOK, entryOf(6), 5),
			...(second?.row && { row: second.row })
		});
		expect(saved.type).toBe('saved');
		await storage.fold(nothingStops);
		const third = await reader.read(BOOK);
		expect(third?.entries).toHaveLength(6);
		for (const entry of second?.entries ?? []) expect(third?.entries).toContain(entry);
	});

	it('is not kept by a reading that was under way when the device was locked', async () => {
		const asked: (KnownBook | undefined)[] = [];
		const { promise, resolve } = Promise.withResolvers<BookSince>();
		const reader = createBookReader({
			readBookSince: (_, known) => {
				asked.push(known);
				return promise;
			}
		});
		const reading = reader.read(BOOK);
		reader.forget();
		resolve({ stored: { book: BOOK, entries: [entryOf(1)], count: 1 }, row: { rev: 1, count: 1 } });
		await reading;
		await reader.read(BOOK);
		await reader.read(BOOK);
		expect(asked.map((known) => known?.row.count)).toEqual([undefined, undefined, 1]);
	});
});
