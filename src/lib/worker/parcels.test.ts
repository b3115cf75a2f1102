/** A tablet that nobody has unlocked: what waits is sent as it lies sealed. */
import { describe, expect, it } from 'vitest';
import { entryIdOf } from '#lib/entry/entry.ts';
import { openParcel } from '#lib/vault/open-parcel.fixture.ts';
import { bookOf, CHILD, PIN, signedIn } from './device.fixture.ts';

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

async function withTwoWaiting() {
	const opened = await signedIn();
	opened.browser.server.state.isOn = false;
	for (const name of ['Bàn Văn Minh', 'Lù Thị Say'])
		bookOf(
			await opened.api.registerPerson({ facts: { ...CHILD, name }, issueTemporaryCode: false })
		);
	return opened;
}

async function waitingOf(api: Awaited<ReturnType<typeof signedIn>>['api']) {
	return (await api.start()).staff.map(({ waiting }) => waiting);
}

describe('a locked tablet', () => {
	it('sends what waits, which only the server can read, and counts it no more', async () => {
		const { api, browser } = await withTwoWaiting();
		const unsent = await browser.readDisk().listOutbox(9);
		await api.lock();
		expect(await waitingOf(api)).toEqual([2]);
		browser.server.state.isOn = true;
		await api.wake();
		await settled();
		const opened = await Promise.all(browser.server.state.parcels.map(openParcel));
		expect(opened).toEqual(unsent.map(({ bytes, signature }) => ({ entry: bytes, signature })));
		expect(opened.map((content) => content && entryIdOf(content.entry))).toEqual(
			unsent.map(({ id }) => id)
		);
		expect(await waitingOf(api)).toEqual([0]);
	});

	it('sends also what a start of the app finds before anybody has signed in', async () => {
		const { browser } = await withTwoWaiting();
		browser.server.state.isOn = true;
		await browser.openWindow().api.useHere();
		await settled();
		expect(browser.server.state.parcels).toHaveLength(2);
	});

	it.each(['later', 'unreadable'] as const)(
		'keeps what the server answers "%s" to, and nothing of the outbox goes',
		async (outcome) => {
			const { api, browser } = await withTwoWaiting();
			browser.server.state.answerToParcel = outcome;
			browser.server.state.isOn = true;
			await api.lock();
			await settled();
			expect(await waitingOf(api)).toEqual([2]);
			expect(await browser.readDisk().listOutbox(9)).toHaveLength(2);
		}
	);

	it('keeps the outbox rows of what was taken for the next who signs in, who hears it from the server', async () => {
		const { api, browser } = await withTwoWaiting();
		browser.server.state.isOn = true;
		await api.lock();
		await settled();
		expect(await browser.readDisk().listOutbox(9)).toHaveLength(2);
		await api.signIn({ login: 'mai.tt', pin: PIN });
		await browser.readDisk().applyAcks([{ n: 1, outcome: 'accepted', commit: 1 }]);
		expect(await browser.readDisk().listOutbox(9)).toHaveLength(1);
	});
});

describe('an unlocked tablet', () => {
	it('sends no parcels, and removes those of entries that the server has acknowledged', async () => {
		const { api, browser, storage } = await withTwoWaiting();
		browser.server.state.isOn = true;
		await api.wake();
		await settled();
		expect(browser.server.state.parcels).toEqual([]);
		await storage.applyAcks([
			{ n: 1, outcome: 'accepted', commit: 1 },
			{ n: 2, outcome: 'refused', code: 'schema' }
		]);
		expect(await storage.listParcels(9)).toEqual([]);
	});

	it('keeps parcels that nobody but the server can open', async () => {
		const { storage } = await withTwoWaiting();
		const [parcel] = await storage.listParcels(9);
		if (parcel === undefined) throw new Error('no parcel');
		const altered = parcel.sealed.slice();
		altered[120] = (altered[120] ?? 0) ^ 1;
		expect(await openParcel(parcel.sealed)).toBeDefined();
		expect(await openParcel(altered)).toBeUndefined();
		expect(await openParcel(parcel.sealed.subarray(0, 90))).toBeUndefined();
	});
});
