/** That somebody looked at a book is noted on the device and told to the server before it is asked for more. */
import { expect, it } from 'vitest';
import { bytesToId, idToBytes, type BookId, type PersonId } from '#lib/domain/ids.ts';
import { nextReadLink, READS_START, readsTipToSign } from '#lib/entry/read-chain.ts';
import { webCryptoVerifier } from '#lib/entry/signing.ts';
import { base64urlToBytes, bytesToBase64url } from '#lib/protocol/certificate.ts';
import type { MemoryFaults } from '#lib/storage/memory.ts';
import { bookOf, CHILD, createBrowser, NOW_MS, PIN, watched, type Api } from './device.fixture.ts';
import type { StartSync, SyncContext } from './sync-port.ts';

const MINUTE_MS = 60_000;

async function openDevice(faults: MemoryFaults = {}) {
	const browser = createBrowser();
	let context: SyncContext | undefined;
	const startSync: StartSync = (given) => {
		context = given;
		const nothing = async (): Promise<void> => undefined;
		return { wake: () => undefined, syncNow: nothing, fetchBook: nothing, stop: () => undefined };
	};
	const { api, storage } = browser.openWindow({ startSync, faults });
	await api.start();
	await api.signIn({ login: 'mai.tt', pin: PIN });
	const book = bookOf(await api.registerPerson({ facts: CHILD, issueTemporaryCode: false }));
	return { browser, api, storage, book, context: () => context };
}

async function look(api: Api, book: BookId): Promise<void> {
	const { next, stop } = await watched(api, book);
	await next();
	stop();
}

it('is noted once for who looks again within minutes, and again for who comes later', async () => {
	const { browser, api, storage, book } = await openDevice();
	await look(api, book);
	browser.clock.ms += 9 * MINUTE_MS;
	await look(api, book);
	browser.clock.ms += MINUTE_MS;
	await look(api, book);
	const reads = (await storage.listReads(9))?.reads ?? [];
	expect(reads.map(({ atMs }) => atMs)).toEqual([NOW_MS, NOW_MS + 10 * MINUTE_MS]);
	expect(reads[0]).toMatchObject({ book, atMs: NOW_MS });
});

it('is noted of nobody’s look at a book that is not here', async () => {
	const { api, storage } = await openDevice();
	await look(api, 'AAAAAAAAAAAAAAAAAAAABg' as BookId);
	expect(await storage.listReads(9)).toBeUndefined();
});

it('is told to the server as a signed chain, kept while it does not answer, and told once', async () => {
	const { browser, api, storage, book, context } = await openDevice();
	const { state } = browser.server;
	await look(api, book);
	state.isOn = false;
	expect(await context()?.tellReads()).toBe('unreachable');
	expect((await storage.listReads(9))?.reads).toHaveLength(1);
	state.isOn = true;
	expect(await context()?.tellReads()).toBe('told');
	expect(await context()?.tellReads()).toBe('told');
	expect(state.reads).toHaveLength(1);
	const [report] = state.reads;
	const stated = report?.reads[0];
	expect(stated).toMatchObject({ book, atMs: NOW_MS });
	expect(report?.after).toEqual({ n: 0, link: bytesToBase64url(READS_START.link) });
	if (report === undefined || stated === undefined) return expect.unreachable();
	const person = bytesToId<PersonId>(idToBytes(stated.person));
	const tip = nextReadLink(READS_START, { book, person, atMs: NOW_MS });
	const deviceKey = base64urlToBytes(state.seen.at(-1)?.deviceKey ?? '');
	const signature = base64urlToBytes(report.signature);
	if (deviceKey === undefined || signature === undefined) return expect.unreachable();
	expect(await webCryptoVerifier()(deviceKey, readsTipToSign(tip), signature)).toBe(true);
});

it('is shown on a full device all the same, and noted with the next that fits', async () => {
	let isFull = false;
	const beforeCommit: MemoryFaults['beforeCommit'] = ({ tables }) =>
		isFull && tables.includes('reads') ? 'quota' : undefined;
	const { browser, api, storage, book } = await openDevice({ beforeCommit });
	isFull = true;
	const { next, stop } = await watched(api, book);
	expect((await next())?.view.book).toBe(book);
	stop();
	expect(await storage.listReads(9)).toBeUndefined();
	isFull = false;
	browser.clock.ms += 20 * MINUTE_MS;
	await look(api, book);
	const reads = (await storage.listReads(9))?.reads ?? [];
	expect(reads.map(({ atMs }) => atMs)).toEqual([NOW_MS, NOW_MS + 20 * MINUTE_MS]);
});
