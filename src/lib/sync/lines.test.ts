/** Lines that break, and windows that are taken over, in the middle of a round. */
import { describe, expect, it } from 'vitest';
import { createMemoryStorage } from '#lib/storage/memory.ts';
import {
	bookId,
	end,
	entryOf,
	page,
	rowOf,
	summaryOf,
	takesAll
} from './scripted-server.fixture.ts';
import { BOOK, save, setUpOn, TOKEN } from './sync-engine.fixture.ts';

describe('a line that breaks before a push is through', () => {
	it.each(['cut', 'unreachable'] as const)(
		'gets smaller pushes after each time it was %s, and larger ones again when they come through',
		async (how) => {
			const { storage, server, engine, time } = setUpOn(createMemoryStorage());
			for (let entry = 0; entry < 300; entry++) await save(storage, entry, bookId(entry));
			server.answer(() => {
				time.nowMs += 15_000;
				return how === 'cut' ? { frames: [], lost: true } : { type: 'unreachable' };
			});
			for (let round = 0; round < 6; round++)
				expect(await engine.round()).toMatchObject({ type: how });
			const sizes = () => server.requests.map(({ push = [] }) => push.length);
			expect(sizes()).toEqual([300, 250, 125, 62, 31, 20]);
			server.answer(takesAll());
			for (let round = 0; round < 3; round++) await engine.round();
			expect(sizes().slice(6)).toEqual([20, 40, 80]);
		}
	);

	it('is not what is there when nothing is: pushes stay as large as they were', async () => {
		const { storage, server, engine, time } = setUpOn(createMemoryStorage());
		for (let entry = 0; entry < 100; entry++) await save(storage, entry, bookId(entry));
		server.answer(() => {
			time.nowMs += 30;
			return { type: 'unreachable' };
		});
		for (let round = 0; round < 9; round++) await engine.round();
		expect(server.requests.at(-1)?.push).toHaveLength(100);
	});
});

describe('a round that is stopped', () => {
	const pages = [
		page(
			Array.from({ length: 300 }, (_, n) => rowOf(bookId(n), entryOf(n))),
			{ token: TOKEN }
		),
		page([rowOf(bookId(400), entryOf(400))], { token: Uint8Array.of(2) })
	];

	it('ends only when the page that is being written is written', async () => {
		const storage = createMemoryStorage();
		const { server, engine } = setUpOn(storage);
		let isStopped = false;
		let writing = 0;
		const applyPage = storage.applyPage.bind(storage);
		storage.applyPage = async (batch) => {
			writing++;
			isStopped = true;
			await new Promise((resolve) => setTimeout(resolve, 5));
			const result = await applyPage(batch);
			writing--;
			return result;
		};
		server.answer(() => ({ frames: [...pages, end()] }));
		expect(await engine.round({ isStopped: () => isStopped })).toMatchObject({ type: 'cut' });
		expect(writing).toBe(0);
		expect(await storage.countBooks()).toBe(300);
		expect((await storage.readMeta()).token).toEqual(TOKEN);
	});

	it('writes nothing that was only being prepared', async () => {
		const storage = createMemoryStorage();
		let isStopped = false;
		const { server, engine } = setUpOn(storage, {
			summarise: async (_, entries) => {
				isStopped = true;
				return summaryOf(entries);
			}
		});
		server.answer(() => ({ frames: [page([rowOf(BOOK, entryOf(1))], { token: TOKEN }), end()] }));
		expect(await engine.round({ isStopped: () => isStopped })).toMatchObject({ type: 'cut' });
		expect(await storage.countBooks()).toBe(0);
		expect(await storage.readMeta()).not.toHaveProperty('lastContactMs');
	});
});
