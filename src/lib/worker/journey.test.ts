/** How far others have read a book, as a tablet knows it. */
import { expect, it } from 'vitest';
import type { Journey } from '#lib/protocol/api.ts';
import { bookOf, CHILD, createBrowser, NOW_MS, PIN, signedIn } from './device.fixture.ts';
import type { SyncEvents } from './sync-port.ts';

const ANSWER: Journey = {
	newest: [],
	places: [],
	citizen: { unread: 0, on: '2026-11-24' as never }
};
const LATER_MS = 60_000;

it('is asked of the server, and known again without one, with the time of the answer', async () => {
	const { api, browser } = await signedIn();
	const { server, clock } = browser;
	const book = bookOf(await api.registerPerson({ facts: CHILD, issueTemporaryCode: false }));
	server.state.isOn = false;
	expect(await api.readJourney(book)).toBeUndefined();
	Object.assign(server.state, { isOn: true, journey: ANSWER });
	expect(await api.readJourney(book)).toEqual({ ...ANSWER, knownMs: NOW_MS });
	server.state.isOn = false;
	clock.ms += LATER_MS;
	expect(await api.readJourney(book)).toEqual({ ...ANSWER, knownMs: NOW_MS });
	await api.lock();
	expect(await api.readJourney(book)).toBeUndefined();
});

it('is asked once for entries that are opened one after the other', async () => {
	let events: SyncEvents | undefined;
	const browser = createBrowser();
	const { api } = browser.openWindow({
		startSync: (_context, given) => {
			events = given;
			const idle = async () => undefined;
			return { wake: () => undefined, syncNow: idle, fetchBook: idle, stop: () => undefined };
		}
	});
	await api.start();
	await api.signIn({ login: 'mai.tt', pin: PIN });
	events?.changed({ network: 'reachable' });
	const book = bookOf(await api.registerPerson({ facts: CHILD, issueTemporaryCode: false }));
	const { state } = browser.server;
	await api.readJourney(book);
	await api.readJourney(book);
	expect(state.journeysAsked).toBe(1);
	browser.clock.ms += LATER_MS;
	await api.readJourney(book);
	expect(state.journeysAsked).toBe(2);
});

it('is nothing where the row that holds it was altered', async () => {
	const { api, browser, storage } = await signedIn();
	const book = bookOf(await api.registerPerson({ facts: CHILD, issueTemporaryCode: false }));
	await api.readJourney(book);
	await storage.writeKey({ id: 'journeys', value: [{ book, knownMs: 'soon' }] });
	browser.server.state.isOn = false;
	expect(await api.readJourney(book)).toBeUndefined();
});
