import { describe, expect, it, vi } from 'vitest';
import { createBrowser, PIN } from './device.fixture.ts';
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
		return { browser, events, countBooks: vi.spyOn(storage, 'countBooks') };
	}

	it('is read once a second, not for each page', async () => {
		const { browser, events, countBooks } = await syncing();
		for (let page = 1; page <= 40; page++) {
			browser.clock.ms += 100;
			events.changed({ round: { booksTaken: page * 250 } });
			await settled();
		}
		expect(countBooks).toHaveBeenCalledTimes(4);
	});

	it('is read at once when the round ends', async () => {
		const { events, countBooks } = await syncing();
		events.changed({ round: { booksTaken: 250 } });
		await settled();
		expect(countBooks).not.toHaveBeenCalled();
		events.changed({ network: 'reachable' });
		await settled();
		expect(countBooks).toHaveBeenCalledTimes(1);
	});
});
