import { describe, expect, it } from 'vitest';
import { createMemoryStorage } from '#lib/storage/memory.ts';
import { createSyncWatch, type SyncState } from './watch-sync.ts';

describe('what the pill shows', () => {
	it('is told at once, and again only when something changed', async () => {
		const storage = createMemoryStorage();
		const watch = createSyncWatch(storage);
		const told: SyncState[] = [];
		watch.watch((state) => told.push(state));
		await watch.refresh();
		await watch.refresh();
		expect(told.map(({ written }) => written)).toEqual([undefined, 0]);
		watch.note({ network: 'reachable' });
		watch.note({ network: 'reachable' });
		expect(told.map(({ network }) => network)).toEqual(['unknown', 'unknown', 'reachable']);
	});

	it('shows a round only while it is under way', async () => {
		const watch = createSyncWatch(createMemoryStorage());
		watch.note({ round: { booksTaken: 3, booksLeft: 4 } });
		watch.note({ saving: 'saving' });
		expect(watch.current().round).toEqual({ booksTaken: 3, booksLeft: 4 });
		watch.note({ round: 'over' });
		expect('round' in watch.current()).toBe(false);
	});

	it('speaks of the clock only when it is over ten minutes off, either way', async () => {
		const storage = createMemoryStorage();
		const watch = createSyncWatch(storage);
		for (const [offset, shown] of [
			[600_000, undefined],
			[600_001, 600_001],
			[-700_000, -700_000]
		] as const) {
			await storage.updateMeta({ offset });
			await watch.refresh();
			expect(watch.current().clockSkewMs).toBe(shown);
		}
	});
});
