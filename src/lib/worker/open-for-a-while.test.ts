/** Books that the station has for a while: opened in an emergency or by a code, and what is known of their end. */
import { describe, expect, it } from 'vitest';
import type { BookId } from '#lib/domain/ids.ts';
import { bookOf, CHILD, createBrowser, NOW, NOW_MS, watched } from './device.fixture.ts';
import { bring, openTablet, settle } from './tablet.fixture.ts';

const ELSEWHERE = 'AAAAAAAAAAAAAAAAAAAABg' as BookId;
const HOUR_MS = 60 * 60_000;
const WORDS = { reason: 'unconscious', note: 'Bất tỉnh, không có người nhà' } as const;

const VISIT = { reason: 'Sốt hai ngày' };

/** A tablet that speaks to its server, and a book of another station on it. */
async function withForeignBook() {
	const there = await openTablet(createBrowser(), 'hoa.lt');
	const book = bookOf(await there.api.registerPerson({ facts: CHILD, issueTemporaryCode: false }));
	const browser = createBrowser();
	const here = await openTablet(browser);
	await bring(book, there, here);
	return { browser, here, there, book, ...here };
}

describe('a book opened in an emergency', () => {
	it('is asked of the server with the words, fetched at once, and is not said to be here before it is', async () => {
		const { api, browser, fetched } = await withForeignBook();
		const { state } = browser.server;
		expect(await api.openInEmergency({ book: ELSEWHERE, ...WORDS })).toEqual({
			type: 'not-here-yet',
			book: ELSEWHERE
		});
		expect(state.emergencies).toMatchObject([{ book: ELSEWHERE, ...WORDS }]);
		expect(fetched).toEqual([ELSEWHERE]);
	});

	it('needs the network, a sentence, and somebody who is signed in', async () => {
		const { api, browser } = await withForeignBook();
		const { state } = browser.server;
		expect(await api.openInEmergency({ book: ELSEWHERE, ...WORDS, note: 'x' })).toEqual({
			type: 'refused',
			code: 'schema'
		});
		state.isOn = false;
		expect(await api.openInEmergency({ book: ELSEWHERE, ...WORDS })).toEqual({
			type: 'network-needed'
		});
		await api.lock();
		expect(await api.openInEmergency({ book: ELSEWHERE, ...WORDS })).toEqual({
			type: 'refused',
			code: 'not-signed-in'
		});
		expect(state.emergencies).toEqual([]);
	});
});

describe('a book whose time is over', () => {
	async function withEnded() {
		const tablet = await withForeignBook();
		const { browser, book } = tablet;
		const untilMs = NOW_MS + HOUR_MS;
		Object.assign(browser.server.state, { ending: [{ book, reason: 'referral', untilMs }] });
		const { all, stop } = await watched(tablet.api, book);
		await expect.poll(() => all.at(-1)?.access?.reason).toBe('referral');
		stop();
		browser.clock.ms = untilMs;
		return tablet;
	}

	async function toldOf({ api, book }: Awaited<ReturnType<typeof withEnded>>) {
		const told: unknown[] = [];
		const stop = await api.watchBook(book, (current) => told.push(current));
		await expect.poll(() => told.length).toBeGreaterThan(0);
		stop();
		return told[0];
	}

	it('is not shown any more, also while no server says so', async () => {
		const tablet = await withEnded();
		tablet.browser.server.state.isOn = false;
		expect(await toldOf(tablet)).toBe('ended');
		const { reads = [] } = (await tablet.storage.listReads(9)) ?? {};
		expect(reads.map(({ atMs }) => atMs)).toEqual([NOW_MS]);
	});

	it('opens without a network in an emergency, which is noted before it is shown and told first', async () => {
		const tablet = await withEnded();
		const { api, browser, book, storage } = tablet;
		browser.server.state.isOn = false;
		expect(await api.openInEmergency({ book, ...WORDS })).toEqual({ type: 'opened', book });
		expect(await toldOf(tablet)).toMatchObject({
			access: { reason: 'break-glass', untilMs: NOW_MS + 5 * HOUR_MS }
		});
		expect((await storage.listReads(9))?.reads).toMatchObject([
			{ book, atMs: NOW_MS },
			{ book, atMs: NOW_MS + HOUR_MS, emergency: WORDS },
			{ book, atMs: NOW_MS + HOUR_MS }
		]);
		browser.clock.ms += 4 * HOUR_MS;
		expect(await toldOf(tablet)).toBe('ended');
	});

	it('opens so five times in a day', async () => {
		const { api, browser, book } = await withEnded();
		browser.server.state.isOn = false;
		for (let times = 0; times < 5; times++)
			expect(await api.openInEmergency({ book, ...WORDS })).toMatchObject({ type: 'opened' });
		browser.clock.ms += HOUR_MS;
		expect(await api.openInEmergency({ book, ...WORDS })).toEqual({
			type: 'refused',
			code: 'too-many-attempts',
			retryAfterSeconds: 23 * 60 * 60
		});
		browser.clock.ms += 23 * HOUR_MS;
		expect(await api.openInEmergency({ book, ...WORDS })).toMatchObject({ type: 'opened' });
	});
});

it('a code that a phone shows opens the book it stands for, and no other does', async () => {
	const { api, browser, fetched } = await withForeignBook();
	Object.assign(browser.server.state, { visitBook: ELSEWHERE });
	expect(await api.beginVisit('ABCD2346')).toEqual({ type: 'refused', code: 'not-found' });
	expect(await api.beginVisit('not a code')).toEqual({ type: 'refused', code: 'schema' });
	expect(fetched).toEqual([]);
	expect(await api.beginVisit('ABCD2345')).toEqual({ type: 'not-here-yet', book: ELSEWHERE });
	expect(fetched).toEqual([ELSEWHERE]);
});

describe('until when the station has a book', () => {
	it('is told beside the book, also without a network, and by the clock of the tablet', async () => {
		const { api, browser, book, storage } = await withForeignBook();
		Object.assign(browser.server.state, {
			ending: [{ book, reason: 'break-glass', untilMs: NOW_MS + 4 * HOUR_MS }]
		});
		await storage.updateMeta({ offset: HOUR_MS });
		const { all } = await watched(api, book);
		await expect
			.poll(() => all.at(-1)?.access)
			.toEqual({ reason: 'break-glass', untilMs: NOW_MS + 3 * HOUR_MS });
		browser.server.state.isOn = false;
		const again = await watched(api, book);
		expect((await again.next())?.access).toMatchObject({ reason: 'break-glass' });
	});

	it('is asked once for books that are opened one after the other', async () => {
		const { api, browser, book } = await withForeignBook();
		for (let at = 0; at < 3; at++) {
			const { next, stop } = await watched(api, book);
			await next();
			stop();
		}
		await settle();
		expect(browser.server.state.endingAsked).toBe(1);
	});

	it('is not told of a book in which the station itself wrote', async () => {
		const { api, browser, book } = await withForeignBook();
		Object.assign(browser.server.state, {
			ending: [{ book, reason: 'referral', untilMs: NOW_MS + HOUR_MS }]
		});
		const { all } = await watched(api, book);
		await expect.poll(() => all.at(-1)?.access?.reason).toBe('referral');
		await api.recordVisit({ book, visit: VISIT, occurred: NOW });
		await expect.poll(() => all.at(-1)?.view.timeline.length).toBeGreaterThan(1);
		expect(all.at(-1)?.access).toBeUndefined();
	});
});

it('what was being written when the right ended is saved, and waits to be sent', async () => {
	const { api, storage, leave, book } = await withForeignBook();
	const { all, next } = await watched(api, book);
	await next();
	await api.openVisitDraft(book);
	await leave(book);
	await expect.poll(() => all.at(-1)).toBeUndefined();
	expect(await api.recordVisit({ book, visit: VISIT, occurred: NOW })).toMatchObject({
		type: 'saved'
	});
	expect(await storage.listUnsent([book])).toMatchObject([{ state: 'waiting' }]);
});

it('a book that nobody had open here is not begun by saving into it', async () => {
	const { api } = await withForeignBook();
	expect(await api.recordVisit({ book: ELSEWHERE, visit: VISIT, occurred: NOW })).toMatchObject({
		type: 'no-such-book'
	});
});
