import { describe, expect, it } from 'vitest';
import type { BookId } from '#lib/domain/ids.ts';
import { createMemoryDisk, createMemoryStorage, type MemoryDisk } from './memory.ts';
import type { BookStorage, Page, StoredEntry } from './port.ts';
import {
	bookId,
	entryOf,
	nothingStops,
	pageBook,
	pageOf,
	peopleOf,
	saveNext
} from './port-suite-material.ts';

const HELD = bookId(0);
const UNSENT = bookId(1);
const FRESH = bookId(500);
const ADDED = entryOf(9_000);

async function addTo(storage: BookStorage, book: BookId, entry: StoredEntry): Promise<void> {
	const count = (await storage.readBook(book))?.count ?? 0;
	await storage.applyPage(pageOf([pageBook(book, [entry], count)]));
}

function leaving(...books: BookId[]): Page {
	return pageOf([], { leave: books });
}

/** A full folded page of 400 people; above it log rows and deltas of two of them, one who left, and one
 * who is new and begins the next page. */
async function prepare(disk: MemoryDisk): Promise<void> {
	const storage = createMemoryStorage({ disk });
	const books = Array.from({ length: 400 }, (_, at) => pageBook(bookId(at), [entryOf(at)]));
	await storage.applyPage(pageOf(books));
	await storage.fold(nothingStops);
	await addTo(storage, HELD, entryOf(1_000));
	await saveNext(storage, entryOf(1_001), UNSENT);
	await storage.applyPage(leaving(bookId(2)));
	await addTo(storage, bookId(700), entryOf(1_002));
	await addTo(storage, bookId(701), entryOf(1_003));
}

const ACTS: Record<string, (storage: BookStorage) => Promise<unknown>> = {
	'a save into a book of the log': (storage) => saveNext(storage, ADDED, HELD),
	'a save into another book': (storage) => saveNext(storage, ADDED, bookId(3)),
	'a save into a new book': (storage) => saveNext(storage, ADDED, FRESH),
	'a page for a book of the log': (storage) => addTo(storage, HELD, ADDED),
	'a page with a new book': (storage) => addTo(storage, FRESH, ADDED),
	'a page with 120 new books': (storage) =>
		storage.applyPage(
			pageOf(Array.from({ length: 120 }, (_, at) => pageBook(bookId(800 + at), [entryOf(at)])))
		),
	'a book that leaves': (storage) => storage.applyPage(leaving(HELD)),
	'a book with unsent entries that leaves': (storage) => storage.applyPage(leaving(UNSENT)),
	'a book that leaves and comes back': async (storage) => {
		await storage.applyPage(leaving(HELD));
		await addTo(storage, HELD, ADDED);
	},
	'a book that left and comes back': (storage) => addTo(storage, bookId(2), ADDED)
};

async function readable(storage: BookStorage): Promise<unknown> {
	const people = await peopleOf(storage);
	const books = await storage.readBooks([...people.keys()]);
	const entries = books.map(
		({ book, entries }) => [book, entries.map(({ id }) => id).sort()] as const
	);
	return {
		people: [...people].sort(([a], [b]) => (a < b ? -1 : 1)),
		entries: entries.sort(([a], [b]) => (a < b ? -1 : 1)),
		books: await storage.countBooks(),
		digest: await storage.readDigest(),
		outbox: await storage.listOutbox(99)
	};
}

/** Folds, and lets the act happen just before the n-th transaction of the folding. Answers whether there
 * were so many. */
async function foldInterrupted(
	disk: MemoryDisk,
	nth: number,
	act: () => Promise<unknown>
): Promise<boolean> {
	let transactions = 0;
	const pause = async (point: string): Promise<void> => {
		if (point === 'begin' && ++transactions === nth) await act();
	};
	await createMemoryStorage({ disk, faults: { pause } }).fold(nothingStops);
	return transactions >= nth;
}

describe('folding', () => {
	it.each(Object.entries(ACTS))('loses nothing to %s, at any moment', async (_, act) => {
		const plain = createMemoryDisk();
		await prepare(plain);
		await act(createMemoryStorage({ disk: plain }));
		const expected = await readable(createMemoryStorage({ disk: plain }));

		let nth = 1;
		for (;;) {
			const disk = createMemoryDisk();
			await prepare(disk);
			const other = createMemoryStorage({ disk });
			if (!(await foldInterrupted(disk, nth, () => act(other)))) break;
			expect(await readable(other), `before transaction ${nth}`).toEqual(expected);
			await other.fold(nothingStops);
			expect(await readable(other), `folded again after ${nth}`).toEqual(expected);
			nth++;
		}
		expect(nth).toBeGreaterThan(5);
	});
});
