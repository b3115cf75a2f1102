/** A tablet that is wiped from afar, the real server, and the tablet's own code: nothing unsent is lost. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Facts } from '#lib/domain/book/facts.ts';
import { clinicalTimeOf, type ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import type { DeviceId } from '#lib/domain/ids.ts';
import { problemSchema } from '#lib/protocol/api.ts';
import { LIVE_SESSION_PATH } from '#lib/protocol/live.ts';
import { CONTENT_TYPE_REQUEST, SEALED_PATH, SYNC_PATH } from '#lib/protocol/limits.ts';
import { MANAGE_PATHS } from '#lib/protocol/manage.ts';
import { PASSKEY_PATHS } from '#lib/protocol/passkeys.ts';
import { TABLET_STATE_PATH, WIPED_PATH } from '#lib/protocol/tablets.ts';
import { startInThisProcess, type InProcessServer } from './in-process-server.ts';
import { openManageBrowser } from './manage-client.ts';
import { bookOf, openTablet, signIn } from './open-tablet.ts';
import { NURSE_A, STATION_A, TEST_PASSWORD, TEST_PIN, type TestStaff } from './start-server.ts';
import { newBook, signInDevice } from './test-device.ts';

const ADMIN: TestStaff = {
	login: 'thuy.a',
	name: 'Đinh Thị Thủy',
	role: 'facility-admin',
	facility: STATION_A.code
};
const NURSE_A2: TestStaff = { ...NURSE_A, login: 'mai.a', name: 'Trần Thị Mai' };
const CHILD: Facts = {
	name: 'Bàn Văn Minh',
	birthDate: '2025-05-14' as ClinicalTime,
	sex: 'male'
};

let server: InProcessServer;
const url = () => server.url;

beforeAll(async () => {
	server = await startInThisProcess([NURSE_A, NURSE_A2, ADMIN]);
});
afterAll(async () => {
	await server.close();
});

/** One child known to the server, and three visits of it that wait here. */
async function withThreeWaiting() {
	const tablet = openTablet(url);
	await signIn(tablet.api, NURSE_A);
	const book = bookOf(await tablet.api.registerPerson({ facts: CHILD, issueTemporaryCode: false }));
	await tablet.api.syncNow();
	tablet.network.isPlugged = false;
	for (const reason of ['Sốt', 'Ho', 'Tiêu chảy'])
		bookOf(
			await tablet.api.recordVisit({
				book,
				visit: { reason },
				occurred: clinicalTimeOf(Date.now())
			})
		);
	expect(await tablet.storage.listParcels(9)).toHaveLength(3);
	const row = (await tablet.storage.readKey('device'))?.value as { id: DeviceId; token: string };
	return { ...tablet, book, device: row.id, token: row.token };
}

async function askForWipe(device: DeviceId): Promise<number> {
	const admin = openManageBrowser(url);
	await admin.signIn(ADMIN.login, TEST_PASSWORD);
	const known = await server.storage.findDevice(device);
	const question = { facility: STATION_A.code, device, number: known?.number ?? 0 };
	return (await admin.ask(MANAGE_PATHS.tabletWipe, question)).status;
}

const entriesOf = async (book: Parameters<InProcessServer['storage']['readBook']>[0]) =>
	(await server.storage.readBook(book)).length;

describe('a tablet that is wiped from afar', () => {
	it('locked, with three unsent entries: they arrive, the server hears it, and nothing stays', async () => {
		const { api, network, storage, disk, book, device } = await withThreeWaiting();
		await api.lock();
		expect(await askForWipe(device)).toBe(204);
		expect((await server.storage.findDevice(device))?.wipe?.doneMs).toBeUndefined();
		network.isPlugged = true;
		await api.wake();
		await expect.poll(async () => (await api.start()).wipe, { timeout: 20_000 }).toBe('done');
		expect(await entriesOf(book)).toBe(4);
		expect((await server.storage.findDevice(device))?.wipe?.doneMs).toBeDefined();
		const [row] = await server.storage.listAudit({ action: 'device', limit: 1 });
		expect(row).toMatchObject({ device, facility: STATION_A.code });
		expect(row?.detail).toMatch(/^wiped tablet=\d+ unreadable=0$/);
		await expect(storage.readKey('device')).rejects.toThrow();
		const found = openTablet(url, disk);
		expect(await found.storage.listKeys('')).toEqual([]);
		expect(await found.storage.listOutbox(9)).toEqual([]);

		// It comes back as another tablet, under a key of its own.
		await signIn(found.api, NURSE_A);
		const again = (await found.storage.readKey('device'))?.value as { id: DeviceId };
		expect(again.id).not.toBe(device);
	});

	it('unlocked: the next sync tells it, whoever works on it is locked out, and what waits arrives', async () => {
		const { api, network, book, device } = await withThreeWaiting();
		expect(await askForWipe(device)).toBe(204);
		network.isPlugged = true;
		await api.syncNow();
		await expect.poll(async () => (await api.start()).wipe, { timeout: 20_000 }).toBe('done');
		expect(await api.signIn({ login: NURSE_A.login, pin: TEST_PIN })).toEqual({ type: 'locked' });
		expect(await entriesOf(book)).toBe(4);
	});

	it('reported stolen as well: what it sends is kept apart, and it wipes itself all the same', async () => {
		const { api, network, book, device } = await withThreeWaiting();
		await api.lock();
		const row = await server.storage.findDevice(device);
		if (row === undefined) return expect.unreachable();
		await server.storage.putDevice({ ...row, isBlocked: true });
		const held = { facility: STATION_A.code, device, limit: 99 };
		expect(await askForWipe(device)).toBe(204);
		network.isPlugged = true;
		await api.wake();
		await expect.poll(async () => (await api.start()).wipe, { timeout: 20_000 }).toBe('done');
		expect(await server.storage.listHeld(held)).toHaveLength(3);
		expect(await entriesOf(book)).toBe(1);
	});
});

describe('the server, to a device that is to wipe itself', () => {
	const post = async (path: string, token: string, body: string, type = 'application/json') => {
		const headers = { 'content-type': type, authorization: `Bearer ${token}` };
		const response = await fetch(server.url + path, { method: 'POST', headers, body });
		const text = await response.text();
		return text === '' || response.ok
			? String(response.status)
			: problemSchema.parse(JSON.parse(text)).type;
	};

	it('says so at every address but those at which it hands in what it has', async () => {
		const device = await signInDevice(server.url, NURSE_A2);
		const json = (body: object) => JSON.stringify({ actor: device.person, ...body });
		const doors: [path: string, body: string, type?: string][] = [
			[SYNC_PATH, '', CONTENT_TYPE_REQUEST],
			[TABLET_STATE_PATH, JSON.stringify({ reportedMs: 1 })],
			[LIVE_SESSION_PATH, json({})],
			['/api/sign-in/lease', json({})],
			[PASSKEY_PATHS.signInOptions, '{}'],
			[PASSKEY_PATHS.signIn, '{}'],
			[PASSKEY_PATHS.list, json({})],
			['/api/people/find', json({ identifier: '001320000009' })],
			['/api/books/open', json({ book: newBook(), reason: 'present-in-person' })],
			['/api/books/journey', json({ book: newBook() })],
			['/api/books/break-glass/list', json({})],
			['/api/quarantine/list', json({})]
		];
		for (const [path, body, type] of doors)
			expect([path, await post(path, device.token, body, type)]).not.toEqual([
				path,
				'/problems/wiped'
			]);
		// What nobody asked for is not taken.
		expect(await post(WIPED_PATH, device.token, '{"unreadable":0}')).toBe('/problems/not-found');
		expect(await askForWipe(device.id)).toBe(204);
		for (const [path, body, type] of doors)
			expect([path, await post(path, device.token, body, type)]).toEqual([path, '/problems/wiped']);
		const parcels = JSON.stringify({ parcels: ['AA'] });
		expect(await post(SEALED_PATH, device.token, parcels)).toBe('200');
		for (let time = 0; time < 2; time++)
			expect(await post(WIPED_PATH, device.token, '{"unreadable":1}')).toBe('204');
		expect(await post(SYNC_PATH, device.token, '', CONTENT_TYPE_REQUEST)).toBe('/problems/wiped');
		const rows = await server.storage.listAudit({ action: 'device', limit: 9 });
		expect(rows.filter(({ detail }) => detail.endsWith('unreadable=1'))).toHaveLength(1);
	});

	it('gives a new certificate or pepper to nobody who signs in on it', async () => {
		const { api, network, device } = await withThreeWaiting();
		await api.lock();
		await askForWipe(device);
		network.isPlugged = true;
		const input = { login: NURSE_A2.login, password: TEST_PASSWORD };
		expect(await api.checkPassword(input)).toEqual({ type: 'not-enrolled' });
		await expect.poll(async () => (await api.start()).wipe, { timeout: 20_000 }).toBe('done');
	});
});
