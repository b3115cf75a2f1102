/** What the port cannot show of books that lie together: the disk under them, cut off, damaged, shared. */
import { describe, expect, it } from 'vitest';
import type { BookId } from '#lib/domain/ids.ts';
import {
	createMemoryDisk,
	createMemoryStorage,
	type MemoryDisk,
	type MemoryFaults
} from './memory.ts';
import {
	bookId,
	entryOf,
	idsIn,
	nothingStops,
	pageBook,
	pageOf,
	saveNext,
	saveOf
} from './port-suite-material.ts';
import type { BookStorage, StoredEntry } from './port.ts';
import type { DiskTables, SegmentHeadRow } from './tables.ts';

const UNDISTURBED = { isLost: () => false, commit: async () => undefined };
const MANY = 60;
const books = Array.from({ length: MANY }, (_, n) => bookId(n));
const [FIRST = bookId(0), SECOND = bookId(1)] = books;
/** Long enough that 60 of them do not fit into one segment. */
const BYTES_EACH = 1_500;

function longEntry(n: number, bytes = BYTES_EACH): StoredEntry {
	const filled = new Uint8Array(bytes).fill(n % 251);
	filled.set(entryOf(n).bytes);
	return { ...entryOf(n), bytes: filled };
}

function many(count = 0) {
	return pageOf(books.map((book, n) => pageBook(book, [longEntry(n)], count)));
}

async function diskWithMany(): Promise<MemoryDisk> {
	const disk = createMemoryDisk();
	await createMemoryStorage({ disk }).applyPage(many());
	return disk;
}

function onDisk<T>(disk: MemoryDisk, look: (tables: DiskTables) => Promise<T>): Promise<T> {
	return disk.transact(look, UNDISTURBED);
}

async function shapeOf(disk: MemoryDisk): Promise<{ alone: number; heads: SegmentHeadRow[] }> {
	return onDisk(disk, async (tables) => {
		const heads = await tables.segmentHeads.range({});
		expect(await tables.segments.keys()).toEqual(heads.map(({ segment }) => segment));
		return { alone: await tables.books.count({}), heads };
	});
}

/** How often these bytes lie on the disk, in any row. */
async function timesOnDisk(disk: MemoryDisk, { bytes }: StoredEntry): Promise<number> {
	const text = (part: Uint8Array): string => Buffer.from(part).toString('latin1');
	return onDisk(disk, async (tables) => {
		const rows = [
			...(await tables.books.range({})).map(({ packed }) => packed),
			...(await tables.segments.range({})).map(({ packed }) => packed),
			...(await tables.log.range({})).map((row) => row.bytes)
		];
		return rows.reduce((sum, row) => sum + text(row).split(text(bytes)).length - 1, 0);
	});
}

async function readable(storage: BookStorage): Promise<unknown> {
	const read = await storage.readBooks(books);
	return {
		entries: read
			.map(({ book, entries, standing }) => [book, entries.map(({ id }) => id).sort(), standing])
			.sort(),
		books: await storage.countBooks(),
		digest: await storage.readDigest()
	};
}

describe('segments on the disk', () => {
	it('hold many small books each; long ones and a few lie alone', async () => {
		const disk = await diskWithMany();
		const { alone, heads } = await shapeOf(disk);
		expect(alone).toBe(0);
		expect(heads.length).toBeGreaterThan(1);
		expect(heads.length).toBeLessThan(MANY / 8);
		expect(heads.flatMap((head) => head.books).sort()).toEqual([...books].sort());
		const storage = createMemoryStorage({ disk });
		const few = Array.from({ length: 5 }, (_, n) => pageBook(bookId(100 + n), [entryOf(n)]));
		await storage.applyPage(pageOf(few));
		expect(await shapeOf(disk)).toEqual({ alone: 5, heads });
		const long = pageBook(bookId(200), [longEntry(200, 20_000)]);
		const others = Array.from({ length: 40 }, (_, n) => pageBook(bookId(300 + n), [entryOf(n)]));
		await storage.applyPage(pageOf([long, ...others]));
		expect((await shapeOf(disk)).alone).toBe(6);
		expect((await shapeOf(disk)).heads.length).toBe(heads.length + 1);
	});

	it('name a book no longer that moved out, and go with the last one', async () => {
		const disk = await diskWithMany();
		const storage = createMemoryStorage({ disk });
		const before = await shapeOf(disk);
		await saveNext(storage, longEntry(900), FIRST);
		expect(await shapeOf(disk)).toEqual(before);
		await storage.fold(nothingStops);
		const after = await shapeOf(disk);
		expect(after.alone).toBe(1);
		expect(after.heads[0]?.moved).toEqual([FIRST]);
		expect(after.heads.flatMap((head) => head.books)).not.toContain(FIRST);
		for (const [n, book] of books.entries())
			if (n > 0) await saveNext(storage, longEntry(900 + n), book);
		await storage.fold(nothingStops);
		expect(await shapeOf(disk)).toEqual({ alone: MANY, heads: [] });
	});

	it('keep nothing of a book that left, wherever it lay, and whatever of it was not sent', async () => {
		const disk = await diskWithMany();
		const storage = createMemoryStorage({ disk });
		await saveNext(storage, longEntry(900), FIRST);
		await saveNext(storage, longEntry(901), SECOND);
		await storage.applyAcks([{ n: 1, outcome: 'accepted', commit: 1 }]);
		await storage.fold(nothingStops);
		expect(await timesOnDisk(disk, longEntry(0))).toBe(2);
		await storage.applyPage(pageOf([], { leave: books.slice(0, 3) }));
		for (const n of [0, 1, 2, 900]) expect(await timesOnDisk(disk, longEntry(n))).toBe(0);
		expect(await idsIn(storage, SECOND)).toEqual([longEntry(901).id]);
		for (const n of [3, 30, 59]) expect(await timesOnDisk(disk, longEntry(n))).toBe(1);
	});
});

describe('segments cut off in the middle', () => {
	const ACTS: Record<string, (storage: BookStorage) => Promise<unknown>> = {
		'a first page': (storage) =>
			storage.applyPage(
				pageOf(Array.from({ length: 40 }, (_, n) => pageBook(bookId(500 + n), [entryOf(n)])))
			),
		'a book that moves out': (storage) => storage.fold(nothingStops),
		'books that leave': (storage) => storage.applyPage(pageOf([], { leave: books.slice(0, 30) })),
		'a new book': (storage) => storage.save(saveOf(bookId(700), entryOf(700), 0))
	};

	async function prepared(): Promise<MemoryDisk> {
		const disk = await diskWithMany();
		const storage = createMemoryStorage({ disk });
		for (const n of [0, 1, 35]) await saveNext(storage, longEntry(900 + n), bookId(n));
		return disk;
	}

	it.each(Object.entries(ACTS))('are whole before or after: %s', async (_, act) => {
		for (const point of ['commit', 'answer']) {
			const disk = await prepared();
			const faults: MemoryFaults = {
				pause: async (at) => {
					if (at === point) storage.crash();
				}
			};
			const storage = createMemoryStorage({ disk, faults });
			await act(storage).catch(() => undefined);
			const left = await readable(createMemoryStorage({ disk }));
			if (point === 'commit')
				expect(left).toEqual(await readable(createMemoryStorage({ disk: await prepared() })));
			await createMemoryStorage({ disk }).recount();
			expect(await readable(createMemoryStorage({ disk }))).toEqual(left);
			expect(await shapeOf(disk)).toBeDefined();
		}
	});

	it.each(Object.entries(ACTS))(
		'are known as they are after a failed write: %s',
		async (_, act) => {
			let isFull = false;
			const disk = await prepared();
			const faults: MemoryFaults = { beforeCommit: () => (isFull ? 'quota' : undefined) };
			const storage = createMemoryStorage({ disk, faults });
			const before = await readable(storage);
			isFull = true;
			await act(storage).catch(() => undefined);
			expect(await readable(storage)).toEqual(before);
			isFull = false;
			await act(storage);
			expect(await readable(storage)).toEqual(await readable(createMemoryStorage({ disk })));
		}
	);
});

describe('two windows and books that lie together', () => {
	it('know of each book that the other moved out or let go', async () => {
		const disk = await diskWithMany();
		const [one, other] = [createMemoryStorage({ disk }), createMemoryStorage({ disk })];
		expect(await one.countBooks()).toBe(MANY);
		expect(await other.countBooks()).toBe(MANY);
		await saveNext(one, longEntry(900), FIRST);
		await one.fold(nothingStops);
		expect(await idsIn(other, FIRST)).toHaveLength(2);
		await other.applyPage(pageOf([], { leave: [SECOND] }));
		expect(await one.readBook(SECOND)).toBeUndefined();
		await one.applyPage(pageOf([pageBook(SECOND, [longEntry(1)])]));
		expect(await readable(one)).toEqual(await readable(other));
		expect(await idsIn(other, SECOND)).toEqual([longEntry(1).id]);
	});

	it('read a book whole that moves out at this very moment', async () => {
		const disk = await diskWithMany();
		const writer = createMemoryStorage({ disk });
		await saveNext(writer, longEntry(900), FIRST);
		for (let nth = 1; nth <= 4; nth++) {
			let transactions = 0;
			const pause = async (point: string): Promise<void> => {
				if (point === 'begin' && ++transactions === nth) await writer.fold(nothingStops);
			};
			const reader = createMemoryStorage({ disk, faults: { pause } });
			expect(await idsIn(reader, FIRST)).toHaveLength(2);
			expect(await idsIn(reader, SECOND)).toHaveLength(1);
		}
	});
});

describe('a damaged segment', () => {
	async function damage(
		disk: MemoryDisk,
		change: (packed: Uint8Array) => Uint8Array
	): Promise<{ inIt: BookId[]; others: BookId[] }> {
		return onDisk(disk, async (tables) => {
			const [head] = await tables.segmentHeads.range({});
			const [body] = await tables.segments.range({});
			if (head === undefined || body === undefined) throw new Error('there are segments');
			await tables.segments.put({ ...body, packed: change(body.packed) });
			return { inIt: head.books, others: books.filter((book) => !head.books.includes(book)) };
		});
	}

	async function standingsOf(storage: BookStorage, of: BookId[]): Promise<(string | undefined)[]> {
		const read = new Map((await storage.readBooks(of)).map((one) => [one.book, one]));
		return of.map((book) => read.get(book)?.standing);
	}

	it.each([
		['cut in a book', (packed: Uint8Array) => packed.slice(0, -400), 1],
		['gone', () => new Uint8Array(0), undefined],
		['altered from the beginning', (packed: Uint8Array) => packed.map(() => 255), undefined]
	])('loses the books that are not whole in it, one by one: %s', async (_, change, lost) => {
		const disk = await diskWithMany();
		const { inIt, others } = await damage(disk, change);
		const storage = createMemoryStorage({ disk });
		const damaged = lost === undefined ? inIt : inIt.slice(-lost);
		const whole = inIt.filter((book) => !damaged.includes(book));
		expect(await standingsOf(storage, damaged)).toEqual(damaged.map(() => 'damaged'));
		expect(await standingsOf(storage, [...whole, ...others])).toEqual(
			[...whole, ...others].map(() => undefined)
		);
		expect((await storage.listDamaged()).sort()).toEqual([...damaged].sort());
		expect(await storage.countBooks()).toBe(MANY);
		const asked = damaged.map((book) => pageBook(book, [longEntry(books.indexOf(book))], 0));
		expect(await storage.applyPage(pageOf(asked))).toBe('applied');
		expect(await storage.listDamaged()).toEqual([]);
		expect(await standingsOf(storage, books)).toEqual(books.map(() => undefined));
		expect(await readable(storage)).toEqual(
			await readable(createMemoryStorage({ disk: await diskWithMany() }))
		);
	});

	it('keeps what was not sent of its books, also when one of them leaves', async () => {
		const disk = await diskWithMany();
		const before = createMemoryStorage({ disk });
		await saveNext(before, longEntry(900), FIRST);
		await saveNext(before, longEntry(901), SECOND);
		await damage(disk, () => new Uint8Array(0));
		const storage = createMemoryStorage({ disk });
		await storage.applyPage(pageOf([], { leave: [FIRST] }));
		expect(await idsIn(storage, FIRST)).toEqual([longEntry(900).id]);
		await storage.fold(nothingStops);
		expect(await idsIn(storage, SECOND)).toEqual([longEntry(901).id]);
		expect(await standingsOf(storage, [SECOND])).toEqual(['damaged']);
		await storage.recount();
		await storage.fold(nothingStops);
		expect(await idsIn(storage, SECOND)).toEqual([longEntry(901).id]);
	});
});
