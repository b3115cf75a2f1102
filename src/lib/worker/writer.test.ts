import { describe, expect, it, vi } from 'vitest';
import { StorageFailed } from '#lib/storage/port.ts';
import { bookOf, CHILD, createBrowser, PIN } from './device.fixture.ts';
import type { SyncEvents } from './sync-port.ts';

const idle = {
	wake: () => undefined,
	syncNow: async () => undefined,
	fetchBook: async () => undefined,
	stop: () => undefined
};
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('what is stored, while a first sync is under way', () => {
	async function syncing() {
		const browser = createBrowser();
		const taken: SyncEvents[] = [];
		const { api, storage } = browser.openWindow({
			startSync: (_context, events) => {
				taken.push(events);
				return idle;
			}
		});
		await api.start();
		await api.signIn({ login: 'mai.tt', pin: PIN });
		const [events] = taken;
		if (events === undefined) throw new Error('no sync');
		events.changed({ round: { booksTaken: 0 } });
		await settled();
		return { browser, events, readStatus: vi.spyOn(storage, 'readStatus') };
	}

	it('is read once a second, not for each page', async () => {
		const { browser, events, readStatus } = await syncing();
		for (let page = 1; page <= 40; page++) {
			browser.clock.ms += 100;
			events.changed({ round: { booksTaken: page * 250 } });
			await settled();
		}
		expect(readStatus).toHaveBeenCalledTimes(4);
	});

	it('is read at once when the round ends', async () => {
		const { events, readStatus } = await syncing();
		events.changed({ round: { booksTaken: 250 } });
		await settled();
		expect(readStatus).not.toHaveBeenCalled();
		events.changed({ network: 'reachable' });
		await settled();
		expect(readStatus).toHaveBeenCalledTimes(1);
	});
});

describe('what was saved', () => {
	it('is sent shortly afterwards, all that was saved by then in one go', async () => {
		const browser = createBrowser();
		const wake = vi.fn();
		const { api } = browser.openWindow({ startSync: () => ({ ...idle, wake }) });
		await api.start();
		await api.signIn({ login: 'mai.tt', pin: PIN });
		wake.mockClear();
		for (const name of ['Lò Thị Tươi', 'Lò Thị Mới'])
			bookOf(await api.registerPerson({ facts: { ...CHILD, name }, issueTemporaryCode: false }));
		expect(wake).not.toHaveBeenCalled();
		browser.timers.runAll();
		expect(wake).toHaveBeenCalledTimes(1);
		browser.timers.runAll();
		expect(wake).toHaveBeenCalledTimes(1);
	});
});

describe('what was saved without a network', () => {
	it('is tried far less often than it is saved: each try gathers all that waits', async () => {
		const browser = createBrowser();
		const after = vi.spyOn(browser.timers, 'after');
		const taken: SyncEvents[] = [];
		const { api } = browser.openWindow({
			startSync: (_context, events) => {
				taken.push(events);
				return idle;
			}
		});
		await api.start();
		await api.signIn({ login: 'mai.tt', pin: PIN });
		const waitsAfterSaving = async (network: 'reachable' | 'unreachable'): Promise<number[]> => {
			taken[0]?.changed({ network });
			browser.timers.runAll();
			after.mockClear();
			bookOf(await api.registerPerson({ facts: CHILD, issueTemporaryCode: false }));
			return after.mock.calls.map(([ms]) => ms);
		};
		expect(await waitsAfterSaving('reachable')).toContain(150);
		const without = await waitsAfterSaving('unreachable');
		expect(without).not.toContain(150);
		expect(without.filter((ms) => ms === 5_000).length).toBeGreaterThan(1);
	});
});

describe('a start that failed because the disk could not be read', () => {
	it('is tried again: the window still writes, finds people and lets its staff in', async () => {
		const browser = createBrowser();
		const first = browser.openWindow().api;
		await first.start();
		await first.signIn({ login: 'mai.tt', pin: PIN });
		bookOf(await first.registerPerson({ facts: CHILD, issueTemporaryCode: false }));
		const next = createBrowser(browser.server, browser.disk);
		const { api, storage } = next.openWindow();
		vi.spyOn(storage, 'readStatus').mockRejectedValueOnce(new StorageFailed('unknown'));
		vi.spyOn(storage, 'readPeople').mockImplementationOnce(() => {
			throw new StorageFailed('unknown');
		});
		await expect(api.start()).rejects.toBeInstanceOf(StorageFailed);
		expect((await api.start()).isOpenElsewhere).toBe(false);
		await settled();
		expect((await api.signIn({ login: 'mai.tt', pin: PIN })).type).toBe('signed-in');
		expect(await api.searchPeople('minh')).toHaveLength(1);
	});
});

describe('a window that loses the lock while it signs somebody in', () => {
	it('does not start to sync', async () => {
		const browser = createBrowser();
		let started = 0;
		const startSync = () => {
			started += 1;
			return idle;
		};
		const { api, storage } = browser.openWindow({ startSync });
		await api.start();
		const second = browser.openWindow().api;
		await second.start();
		const readKey = storage.readKey.bind(storage);
		let reads = 0;
		vi.spyOn(storage, 'readKey').mockImplementation(async (id) => {
			const row = await readKey(id);
			// The last of its reads: when the session stands and the sync is about to start.
			if (id === 'device' && row !== undefined && (reads += 1) === 2) await second.useHere();
			return row;
		});
		expect((await api.signIn({ login: 'mai.tt', pin: PIN })).type).toBe('locked');
		expect(started).toBe(0);
	});
});
