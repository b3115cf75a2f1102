/** A device that is told to wipe itself: nothing unsent is lost, nothing readable stays, wherever it is cut off. */
import { describe, expect, it } from 'vitest';
import { entryIdOf } from '#lib/entry/entry.ts';
import { openParcel } from '#lib/vault/open-parcel.fixture.ts';
import type { StartSync } from './sync-port.ts';
import { bookOf, CHILD, createBrowser, PIN, signedIn, type Browser } from './device.fixture.ts';

const NAMES = ['Bàn Văn Minh', 'Lù Thị Say', 'Vàng A Páo'];
const NURSE = { login: 'mai.tt', pin: PIN };

/** Three entries that the server does not have, and a server that is away. */
async function withThreeWaiting() {
	const opened = await signedIn();
	opened.browser.server.state.isOn = false;
	for (const name of NAMES)
		bookOf(
			await opened.api.registerPerson({ facts: { ...CHILD, name }, issueTemporaryCode: false })
		);
	const unsent = await opened.browser.readDisk().listOutbox(9);
	return { ...opened, unsent: unsent.map(({ id }) => id) };
}

async function arrivedAt({ server }: Browser) {
	const opened = await Promise.all(server.state.parcels.map(openParcel));
	return opened.map((content) => content && entryIdOf(content.entry));
}

async function rowsLeft(browser: Browser): Promise<number> {
	const disk = browser.readDisk();
	const [keys, parcels, outbox] = await Promise.all([
		disk.listKeys(''),
		disk.listParcels(9),
		disk.listOutbox(9)
	]);
	return keys.length + parcels.length + outbox.length;
}

async function slotsOn(browser: Browser): Promise<unknown[]> {
	const disk = browser.readDisk();
	const staff = await disk.listKeys('staff/');
	const peppers = await disk.listKeys('pepper/');
	return [
		...staff.map(({ value }) => (value as { slot?: object }).slot),
		...peppers.map(({ value }) => (value as { pepper?: Uint8Array }).pepper)
	].filter((secret) => secret !== undefined);
}

const wipeOf = async ({ api }: { api: Awaited<ReturnType<typeof signedIn>>['api'] }) =>
	(await api.start()).wipe;

describe('a locked device that is to wipe itself', () => {
	it('destroys every way in, hands in what waits, says so, and erases everything', async () => {
		const { api, browser, unsent } = await withThreeWaiting();
		await api.lock();
		expect(await slotsOn(browser)).not.toEqual([]);
		const { state } = browser.server;
		state.isToBeWiped = true;
		state.isOn = true;
		await api.wake();
		await expect.poll(() => state.wiped).toEqual([{ unreadable: 0 }]);
		expect(new Set(await arrivedAt(browser))).toEqual(new Set(unsent));
		await expect.poll(() => wipeOf({ api })).toBe('done');
		expect(await rowsLeft(browser)).toBe(0);
		expect(await api.signIn(NURSE)).toEqual({ type: 'locked' });
	});

	it('opens for nobody from the moment it hears of it, also before anything is sent', async () => {
		const { api, browser, storage } = await withThreeWaiting();
		await api.lock();
		const { state } = browser.server;
		state.isToBeWiped = true;
		state.answerToParcel = 'later';
		state.isOn = true;
		await api.wake();
		await expect.poll(() => wipeOf({ api })).toBe('sending');
		await expect.poll(() => slotsOn(browser)).toEqual([]);
		expect(await api.signIn(NURSE)).toEqual({ type: 'locked' });
		expect(await storage.listParcels(9)).toHaveLength(3);
		expect(state.wiped).toEqual([]);
	});

	it('tells how many the server cannot read, and waits for those that it can', async () => {
		const { api, browser } = await withThreeWaiting();
		await api.lock();
		const { state } = browser.server;
		state.isToBeWiped = true;
		state.answerToParcel = 'unreadable';
		state.isOn = true;
		await api.wake();
		await expect.poll(() => state.wiped).toEqual([{ unreadable: 3 }]);
		await expect.poll(() => wipeOf({ api })).toBe('done');
	});
});

describe('an unlocked device that is to wipe itself', () => {
	it('locks at once, with what was being saved on its way too', async () => {
		const { api, browser } = await withThreeWaiting();
		const { state } = browser.server;
		const saving = api.registerPerson({ facts: CHILD, issueTemporaryCode: false });
		state.isToBeWiped = true;
		state.isOn = true;
		browser.timers.runAll();
		const saved = await saving;
		await expect.poll(() => wipeOf({ api })).toBe('done');
		expect((await api.start()).signedIn).toBeUndefined();
		expect(await arrivedAt(browser)).toHaveLength(saved.type === 'saved' ? 4 : 3);
	});
});

/** The n-th write of the wipe, or the server after the n-th message, is where the process ends. */
async function cutOffAt(point: number) {
	const { api, browser, unsent } = await withThreeWaiting();
	await api.lock();
	const { state } = browser.server;
	state.isToBeWiped = true;
	let isCut = false;
	const window = browser.openWindow({
		faults: {
			beforeCommit: ({ n }) => {
				if (n === point) isCut = true;
				return isCut ? 'aborted' : undefined;
			}
		}
	});
	state.isOn = true;
	await window.api.useHere().catch(() => undefined);
	await expect.poll(async () => isCut || (await rowsLeft(browser)) === 0).toBe(true);
	window.storage.crash();
	return { browser, unsent, isCut };
}

describe('a wipe that is cut off', () => {
	it.each([1, 2, 3, 4, 5, 6])(
		'at its write %i goes on at the next start and loses nothing',
		async (point) => {
			const { browser, unsent } = await cutOffAt(point);
			const next = browser.openWindow();
			await next.api.useHere();
			await expect
				.poll(() => wipeOf(next).catch(() => 'gone'))
				.toSatisfy((state) => state === 'done' || state === undefined);
			await expect.poll(() => rowsLeft(browser).catch(() => 0)).toBeLessThanOrEqual(1);
			expect(new Set(await arrivedAt(browser))).toEqual(new Set(unsent));
		}
	);

	it('goes on without the server saying it again', async () => {
		const { api, browser } = await withThreeWaiting();
		await api.lock();
		const { state } = browser.server;
		state.isToBeWiped = true;
		state.answerToParcel = 'later';
		state.isOn = true;
		await api.wake();
		await expect.poll(() => slotsOn(browser)).toEqual([]);
		state.isOn = false;
		state.isToBeWiped = false;
		const next = browser.openWindow();
		const { wipe, signedIn: signedInAs } = await next.api.useHere();
		expect([wipe, signedInAs]).toEqual(['sending', undefined]);
		expect(await next.api.signIn(NURSE)).toEqual({ type: 'locked' });
		state.answerToParcel = 'taken';
		state.isOn = true;
		await next.api.wake();
		await expect.poll(() => wipeOf(next)).toBe('done');
	});
});

describe('a device that nobody told to wipe itself', () => {
	it('says how it stands, and again when something changed or an hour has passed', async () => {
		const browser = createBrowser();
		let reached = (): void => undefined;
		const idle = { wake: () => undefined, stop: () => undefined };
		const startSync: StartSync = (_context, events) => {
			reached = () => events.changed({ network: 'reachable' });
			return { ...idle, syncNow: async () => undefined, fetchBook: async () => undefined };
		};
		const { api, storage } = browser.openWindow({ startSync });
		await api.start();
		await api.signIn(NURSE);
		const { reports } = browser.server.state;
		const reachedTimes = async (count: number): Promise<number> => {
			for (let time = 0; time < count; time++) {
				reached();
				await storage.readTip();
				await new Promise((resolve) => setTimeout(resolve, 5));
			}
			return reports.length;
		};
		expect(await reachedTimes(3)).toBe(1);
		expect(reports[0]).toMatchObject({ waiting: 0, usageBytes: 1_000, quotaBytes: 1_000_000 });
		expect(reports[0]).toMatchObject({ lastPerson: 'AAAAAAAAAAAAAAAAAAAAAA' });
		expect(JSON.stringify(reports)).not.toContain('Mai');
		bookOf(await api.registerPerson({ facts: CHILD, issueTemporaryCode: false }));
		expect(await reachedTimes(3)).toBe(2);
		expect(reports[1]).toMatchObject({ waiting: 1 });
		browser.clock.ms += 60 * 60_000;
		expect(await reachedTimes(3)).toBe(3);
	});
});
