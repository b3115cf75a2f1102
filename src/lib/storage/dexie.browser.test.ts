import { Dexie } from 'dexie';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openDexieStorage } from './dexie.ts';
import { bookId, entryOf, pageBook, pageOf, saveOf } from './port-suite-material.ts';
import { runBookStorageSuite } from './port-suite.ts';

runBookStorageSuite('dexie', openDexieStorage);

describe('dexie: many books at once', () => {
	const numbers = (from: number, to: number, step = 1): number[] =>
		Array.from({ length: Math.ceil((to - from) / step) }, (_, at) => from + at * step);

	it.each([
		['none of them is there', numbers(1_000, 1_060), 0],
		['some of them are there', numbers(380, 440), 20],
		['few of many that are there are asked for', numbers(0, 400, 16), 25]
	])('reads exactly those that are there when %s', async (name, asked, expected) => {
		const storage = await openDexieStorage(name);
		const books = numbers(0, 400).map((n) => pageBook(bookId(n), [entryOf(n)]));
		await storage.applyPage(pageOf(books));
		const read = await storage.readBooks(asked.map(bookId));
		expect(read.map(({ book }) => book)).toEqual(asked.slice(0, expected).map(bookId));
		for (const [at, { entries }] of read.entries())
			expect(entries.map(({ id }) => id)).toEqual([entryOf(asked[at] ?? -1).id]);
	});
});

describe('dexie: when the device fails', () => {
	const BOOK = bookId(1);
	const OTHER = bookId(2);

	afterEach(() => {
		vi.restoreAllMocks();
	});

	/** Lets something happen with each write into one store. */
	function whenWriting(
		name: string,
		act: (store: IDBObjectStore, write: IDBRequest<IDBValidKey>) => void
	): void {
		const { prototype } = IDBObjectStore;
		const put = Reflect.get(prototype, 'put');
		vi.spyOn(prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
			const write = Reflect.apply(put, this, args);
			if (this.name === name) act(this, write);
			return write;
		});
	}

	it.each(['log', 'deltas', 'outbox', 'journal'])(
		'leaves nothing behind when the transaction is aborted while writing %s',
		async (store) => {
			const storage = await openDexieStorage(`abort-${store}`);
			whenWriting(store, ({ transaction }) => {
				transaction.abort();
			});
			const result = await storage.save(saveOf(BOOK, entryOf(1), 0));
			expect(result.type).toBe('not-stored');
			vi.restoreAllMocks();
			expect(await storage.readBook(BOOK)).toBeUndefined();
			expect(await storage.listOutbox(1)).toEqual([]);
			expect((await storage.readTip()).n).toBe(0);
			expect(await storage.save(saveOf(BOOK, entryOf(1), 0))).toMatchObject({ type: 'saved' });
		}
	);

	it.each(['log', 'deltas', 'outbox', 'journal'])(
		'leaves nothing in either book when an act of two entries is aborted at the second %s row',
		async (store) => {
			const storage = await openDexieStorage(`abort-together-${store}`);
			let writes = 0;
			whenWriting(store, ({ transaction }) => {
				if (++writes === 2) transaction.abort();
			});
			const act = [saveOf(OTHER, entryOf(1), 0), saveOf(BOOK, entryOf(2), 0)];
			expect((await storage.saveTogether(act)).type).toBe('not-stored');
			vi.restoreAllMocks();
			expect(await storage.readBooks([BOOK, OTHER])).toEqual([]);
			expect(await storage.listOutbox(9)).toEqual([]);
			expect(await storage.saveTogether(act)).toMatchObject({ type: 'saved', tip: { n: 2 } });
		}
	);

	const quotaError = (): DOMException => new DOMException('', 'QuotaExceededError');

	it('says that the quota is exceeded, and can save again when there is room', async () => {
		const storage = await openDexieStorage('quota');
		whenWriting('outbox', () => {
			throw quotaError();
		});
		const save = saveOf(BOOK, entryOf(1), 0);
		expect(await storage.save(save)).toEqual({ type: 'not-stored', code: 'quota' });
		vi.restoreAllMocks();
		expect(await storage.readBook(BOOK)).toBeUndefined();
		expect(await storage.save(save)).toMatchObject({ type: 'saved' });
	});

	it('does not say saved when all writes succeeded and the commit failed', async () => {
		const storage = await openDexieStorage('quota at commit');
		// The last write of a save into a new book.
		whenWriting('books', ({ transaction }, write) => {
			vi.spyOn(transaction, 'error', 'get').mockImplementation(quotaError);
			write.addEventListener('success', () => {
				transaction.abort();
			});
		});
		const result = await storage.save(saveOf(BOOK, entryOf(1), 0));
		expect(result).toEqual({ type: 'not-stored', code: 'quota' });
		vi.restoreAllMocks();
		expect(await storage.readBook(BOOK)).toBeUndefined();
	});

	it('stores only the bytes of an entry, not the page that it is a view of', async () => {
		const storage = await openDexieStorage('views');
		const page = new Uint8Array(256 * 1024);
		page.set(entryOf(1).bytes, 100);
		const bytes = page.subarray(100, 100 + entryOf(1).bytes.length);
		await storage.save({ ...saveOf(BOOK, entryOf(1), 0), bytes });
		const [row] = await storage.listOutbox(1);
		expect(row?.bytes).toEqual(entryOf(1).bytes);
		expect(row?.bytes.buffer.byteLength).toBe(bytes.length);
	});

	it('gives way to a newer version of the app, and says so', async () => {
		const storage = await openDexieStorage('upgrade');
		const newer = new Dexie('upgrade');
		newer.version(99).stores({ extra: 'id' });
		await newer.open();
		newer.close();
		const result = await storage.save(saveOf(BOOK, entryOf(1), 0));
		expect(result).toEqual({ type: 'not-stored', code: 'closed' });
	});

	it('does not open a database that a newer version of the app has written', async () => {
		const newer = new Dexie('newer');
		newer.version(99).stores({ books: 'book' });
		await newer.open();
		newer.close();
		await expect(openDexieStorage('newer')).rejects.toMatchObject({ code: 'closed' });
	});
});
