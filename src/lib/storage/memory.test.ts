import { describe, expect, it } from 'vitest';
import { createMemoryDisk, createMemoryStorage } from './memory.ts';
import type { MemoryDisk, MemoryFaults, MemoryStorage } from './memory.ts';
import { bookId, entryOf, nothingStops, pageBook, pageOf, saveOf } from './port-suite-material.ts';
import type { PersonRow } from './port.ts';
import { runBookStorageSuite } from './port-suite.ts';

const disks = new Map<string, MemoryDisk>();

runBookStorageSuite('memory', async (name) => {
	const disk = disks.get(name) ?? createMemoryDisk();
	disks.set(name, disk);
	return createMemoryStorage({ disk });
});

const BOOK = bookId(1);
const OTHER = bookId(2);

/** Everything that is on the disk, as a storage opened after the crash finds it. */
async function contentsOf(disk: MemoryDisk): Promise<unknown> {
	const storage = createMemoryStorage({ disk });
	const people = [];
	for await (const rows of storage.readPeople()) people.push(...rows);
	return {
		books: await storage.readBooks([BOOK, OTHER]),
		outbox: await storage.listOutbox(99),
		tip: await storage.readTip(),
		digest: await storage.readDigest(),
		meta: await storage.readMeta(),
		people
	};
}

const ACTS: Record<string, (storage: MemoryStorage) => Promise<unknown>> = {
	save: (storage) => storage.save(saveOf(BOOK, entryOf(2), 1)),
	together: (storage) =>
		storage.saveTogether([saveOf(OTHER, entryOf(3), 0), saveOf(BOOK, entryOf(2), 1)]),
	acks: (storage) => storage.applyAcks([{ n: 1, outcome: 'accepted', commit: 3 }]),
	page: (storage) =>
		storage.applyPage({
			books: [{ book: BOOK, entries: [entryOf(9)], summary: Uint8Array.of(9), count: 1 }],
			leave: [],
			recent: [],
			token: Uint8Array.of(4)
		}),
	leave: (storage) =>
		storage.applyPage({ books: [], leave: [BOOK], recent: [], token: Uint8Array.of(4) }),
	epoch: (storage) => storage.beginEpoch(Uint8Array.of(1, 2, 3, 4, 5, 6)),
	meta: (storage) => storage.updateMeta({ confirmed: 9 })
};

async function diskWithOneEntry(): Promise<MemoryDisk> {
	const disk = createMemoryDisk();
	await createMemoryStorage({ disk }).save(saveOf(BOOK, entryOf(1), 0));
	return disk;
}

describe('memory: two windows on one disk', () => {
	it('know of each row that the other wrote, however well they know their own', async () => {
		const disk = createMemoryDisk();
		const [one, other] = [createMemoryStorage({ disk }), createMemoryStorage({ disk })];
		const many = (from: number) =>
			pageOf(Array.from({ length: 40 }, (_, at) => pageBook(bookId(from + at), [entryOf(at)])));
		await one.applyPage(many(100));
		expect((await other.readStatus()).books).toBe(40);
		await one.save(saveOf(bookId(200), entryOf(7), 0));
		expect(await other.applyPage(many(200))).toBe('moved');
		expect((await other.readBook(bookId(200)))?.entries).toEqual([entryOf(7)]);
		await one.applyPage(pageOf([], { leave: [bookId(100)] }));
		expect((await other.readStatus()).books).toBe(40);
		const ids = Array.from({ length: 40 }, (_, at) => bookId(100 + at));
		expect(await other.readBooks(ids)).toHaveLength(39);
	});
});

describe('memory: a page of people that was cut', () => {
	it('lists its people without a summary, whatever is folded meanwhile, and nobody twice', async () => {
		const disk = createMemoryDisk();
		const storage = createMemoryStorage({ disk });
		const books = Array.from({ length: 450 }, (_, at) => pageBook(bookId(at), [entryOf(at)]));
		await storage.applyPage(pageOf(books));
		await disk.transact(
			async ({ people }) => {
				const [, last] = await people.range({});
				if (last !== undefined) await people.put({ ...last, packed: last.packed.slice(0, -3) });
			},
			{ isLost: () => false, commit: async () => undefined }
		);
		await storage.save(saveOf(bookId(420), entryOf(900), 1));
		await storage.save(saveOf(bookId(900), entryOf(901), 0));
		for (let fold = 0; fold < 2; fold++) {
			const rows: PersonRow[] = [];
			for await (const page of storage.readPeople()) rows.push(...page);
			expect(rows).toHaveLength(451);
			expect(new Set(rows.map(({ book }) => book)).size).toBe(451);
			expect(rows.filter(({ summary }) => summary.length === 0)).toHaveLength(49);
			await storage.fold(nothingStops);
		}
	});
});

describe('memory: a crash', () => {
	it.each(Object.entries(ACTS))(
		'before the commit leaves nothing of the transaction: %s',
		async (_, act) => {
			const disk = await diskWithOneEntry();
			const before = await contentsOf(disk);
			const faults: MemoryFaults = {
				pause: async (point) => {
					if (point === 'commit') storage.crash();
				}
			};
			const storage = createMemoryStorage({ disk, faults });
			await act(storage).catch((error: unknown) => {
				expect(error).toMatchObject({ code: 'closed' });
			});
			expect(await contentsOf(disk)).toEqual(before);
		}
	);

	it.each(Object.entries(ACTS))(
		'after the commit leaves all of it, though nobody was told: %s',
		async (_, act) => {
			const whole = await diskWithOneEntry();
			await act(createMemoryStorage({ disk: whole }));
			const disk = await diskWithOneEntry();
			const faults: MemoryFaults = {
				pause: async (point) => {
					if (point === 'answer') storage.crash();
				}
			};
			const storage = createMemoryStorage({ disk, faults });
			await act(storage).catch((error: unknown) => {
				expect(error).toMatchObject({ code: 'closed' });
			});
			expect(await contentsOf(disk)).toEqual(await contentsOf(whole));
		}
	);

	it('does not keep the next process waiting for a transaction that never comes back', async () => {
		const disk = await diskWithOneEntry();
		const faults: MemoryFaults = {
			pause: (point) => (point === 'commit' ? new Promise(() => undefined) : Promise.resolve())
		};
		const storage = createMemoryStorage({ disk, faults });
		const lost = storage.save(saveOf(BOOK, entryOf(2), 1));
		for (let tick = 0; tick < 50; tick++) await Promise.resolve();
		storage.crash();
		expect(await lost).toEqual({ type: 'not-stored', code: 'closed' });
		const next = createMemoryStorage({ disk });
		expect(await next.save(saveOf(BOOK, entryOf(3), 1))).toMatchObject({ type: 'saved' });
	});

	it('during folding loses nothing, whichever transaction it hits', async () => {
		for (let hit = 1; hit <= 3; hit++) {
			const disk = createMemoryDisk();
			const first = createMemoryStorage({ disk });
			for (let at = 0; at < 5; at++) await first.save(saveOf(BOOK, entryOf(at), at));
			const faults: MemoryFaults = {
				beforeCommit: ({ n }) => {
					if (n === hit) storage.crash();
					return undefined;
				}
			};
			const storage = createMemoryStorage({ disk, faults });
			await storage.fold(nothingStops).catch(() => undefined);
			const reopened = createMemoryStorage({ disk });
			expect((await reopened.readBook(BOOK))?.count).toBe(5);
			await reopened.fold(nothingStops);
			expect((await reopened.readBook(BOOK))?.entries).toHaveLength(5);
		}
	});
});

describe('memory: a failing disk', () => {
	it('is full at the n-th write: nothing of it stays, and the next one succeeds', async () => {
		const faults: MemoryFaults = { beforeCommit: ({ n }) => (n === 2 ? 'quota' : undefined) };
		const storage = createMemoryStorage({ faults });
		await storage.save(saveOf(BOOK, entryOf(1), 0));
		const second = saveOf(BOOK, entryOf(2), 1);
		expect(await storage.save(second)).toEqual({ type: 'not-stored', code: 'quota' });
		expect((await storage.readBook(BOOK))?.count).toBe(1);
		expect((await storage.readTip()).n).toBe(1);
		expect(await storage.save(second)).toMatchObject({ type: 'saved', tip: { n: 2 } });
	});

	it('aborts a page: cursor and books stay as they were', async () => {
		const disk = await diskWithOneEntry();
		const before = await contentsOf(disk);
		const storage = createMemoryStorage({ disk, faults: { beforeCommit: () => 'aborted' } });
		await expect(ACTS['page']?.(storage)).rejects.toMatchObject({ code: 'aborted' });
		expect(await contentsOf(disk)).toEqual(before);
	});

	it('is slow: saves that wait for each other still lose nothing', async () => {
		let tick = 0;
		const pause = async (): Promise<void> => {
			for (let wait = 0; wait < (tick++ * 7) % 5; wait++) await Promise.resolve();
		};
		const storage = createMemoryStorage({ faults: { pause } });
		const saveUntilSaved = async (n: number): Promise<void> => {
			for (;;) {
				const count = (await storage.readBook(BOOK))?.count ?? 0;
				if ((await storage.save(saveOf(BOOK, entryOf(n), count))).type === 'saved') return;
			}
		};
		await Promise.all(Array.from({ length: 20 }, (_, n) => saveUntilSaved(n)));
		expect((await storage.readBook(BOOK))?.count).toBe(20);
		expect((await storage.readTip()).n).toBe(20);
	});
});
