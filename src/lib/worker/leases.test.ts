/** How long somebody opens a tablet without the server, and what the server says to it. */
import { describe, expect, it } from 'vitest';
import { createBrowser, LEASE_MS, PIN } from './device.fixture.ts';
import type { SyncEvents } from './sync-port.ts';

const DAY_MS = 24 * 60 * 60_000;
const MAI = { login: 'mai.tt', pin: PIN };
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

async function syncing() {
	const browser = createBrowser();
	const told: SyncEvents[] = [];
	const { api } = browser.openWindow({
		startSync: (_context, events) => {
			told.push(events);
			return {
				wake: () => undefined,
				syncNow: async () => undefined,
				fetchBook: async () => undefined,
				stop: () => undefined
			};
		}
	});
	await api.start();
	await api.signIn(MAI);
	const reach = async (): Promise<void> => {
		told.at(-1)?.changed({ network: 'reachable' });
		await settled();
	};
	/** As days without a sign-in at the server. */
	const offline = async () => {
		await api.lock();
		browser.server.state.isOn = false;
		return api.signIn(MAI);
	};
	return { browser, api, reach, offline };
}

describe('a lease', () => {
	it('ends when the server was not spoken to for so long', async () => {
		const { browser, offline } = await syncing();
		browser.clock.ms += LEASE_MS;
		expect(await offline()).toEqual({ type: 'lease-over' });
	});

	it('is renewed by contact with the server, once a day', async () => {
		const { browser, reach, offline } = await syncing();
		await reach();
		expect(browser.server.state.renewals).toBe(0);
		browser.clock.ms += DAY_MS;
		await reach();
		await reach();
		expect(browser.server.state.renewals).toBe(1);
		browser.clock.ms += LEASE_MS - 1;
		expect((await offline()).type).toBe('signed-in');
	});

	it('ends at once for whom the server lets in no more', async () => {
		const { browser, reach, offline } = await syncing();
		browser.server.state.answerToRenewal = { type: 'refused', code: 'not-allowed' };
		browser.clock.ms += DAY_MS;
		await reach();
		expect(await offline()).toEqual({ type: 'lease-over' });
	});

	it('goes on when the server cannot answer now', async () => {
		const { browser, reach, offline } = await syncing();
		for (const answer of [
			{ type: 'unreachable' } as const,
			{ type: 'refused', code: 'busy' } as const
		]) {
			browser.server.state.answerToRenewal = answer;
			browser.clock.ms += DAY_MS;
			await reach();
		}
		expect((await offline()).type).toBe('signed-in');
	});
});
