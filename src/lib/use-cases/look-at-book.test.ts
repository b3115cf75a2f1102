import { describe, expect, it } from 'vitest';
import type { BookEntry } from '#lib/domain/book/book-entry.ts';
import type { BookId, PersonId } from '#lib/domain/ids.ts';
import { StorageFailed, type KeyRow } from '#lib/storage/port.ts';
import { createLook } from './look-at-book.ts';

const THAM = 'tham' as PersonId;
const VAN = 'van' as PersonId;
const BOOK = 'book' as BookId;

function createStorage() {
	const rows = new Map<string, KeyRow>();
	return {
		rows,
		readKey: async (id: string) => rows.get(id),
		writeKey: async (row: KeyRow) => void rows.set(row.id, row)
	};
}

const entry = (id: string, person: PersonId) =>
	({ id: `${id}......`, envelope: { author: { person } } }) as unknown as BookEntry;

/** A look of a minute; answers what was new. */
async function lookAt(
	storage: ReturnType<typeof createStorage>,
	entries: BookEntry[],
	{ person = THAM, book = BOOK, lastsMs = 60_000 } = {}
) {
	let nowMs = 0;
	const look = createLook({ storage, clock: { nowMs: () => nowMs } }, person, book);
	const found = await look.newIn(entries);
	nowMs = lastsMs;
	await look.end();
	return found;
}

describe('what is new since somebody last looked', () => {
	it('is nothing at the first look, then what others wrote since', async () => {
		const storage = createStorage();
		const first = [entry('a', VAN)];
		expect(await lookAt(storage, first)).toEqual([]);
		const later = [...first, entry('b', VAN), entry('c', THAM)];
		expect(await lookAt(storage, later)).toEqual(['b......']);
		expect(await lookAt(storage, later)).toEqual([]);
	});

	it('stays new when the book was only passed by', async () => {
		const storage = createStorage();
		await lookAt(storage, [entry('a', VAN)]);
		const later = [entry('a', VAN), entry('b', VAN)];
		expect(await lookAt(storage, later, { lastsMs: 300 })).toEqual(['b......']);
		expect(await lookAt(storage, later)).toEqual(['b......']);
	});

	it('stays new for as long as the book is open, with what arrives meanwhile', async () => {
		const storage = createStorage();
		await lookAt(storage, [entry('a', VAN)]);
		const look = createLook({ storage, clock: { nowMs: () => 0 } }, THAM, BOOK);
		expect(await look.newIn([entry('a', VAN), entry('b', VAN)])).toEqual(['b......']);
		const all = [entry('a', VAN), entry('b', VAN), entry('d', VAN)];
		expect(await look.newIn(all)).toEqual(['b......', 'd......']);
	});

	it('is told to each person and book apart', async () => {
		const storage = createStorage();
		const entries = [entry('a', 'hang' as PersonId), entry('b', 'hang' as PersonId)];
		await lookAt(storage, entries.slice(0, 1));
		await lookAt(storage, entries, { person: VAN });
		await lookAt(storage, entries, { book: 'other' as BookId });
		expect(await lookAt(storage, entries)).toEqual(['b......']);
		expect(await lookAt(storage, entries, { person: VAN })).toEqual([]);
	});

	it('never keeps a book from being shown: an altered row or a full tablet marks nothing', async () => {
		const storage = createStorage();
		storage.rows.set(`looked.${THAM}`, { id: `looked.${THAM}`, value: { seen: 7 } });
		const full = { ...storage, writeKey: () => Promise.reject(new StorageFailed('quota')) };
		expect(await lookAt(full, [entry('a', VAN)])).toEqual([]);
	});
});
