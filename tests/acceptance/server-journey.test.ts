/** How far others have read a book: who is told, and what. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BookId } from '#lib/domain/ids.ts';
import { entryIdOf } from '#lib/entry/entry.ts';
import { journeySchema, type Facility, type Journey } from '#lib/protocol/api.ts';
import { hashPassword } from '../../sync-server/auth/password-hash.ts';
import type { Account } from '../../sync-server/storage/storage.ts';
import {
	AUDITOR_A,
	newDataDir,
	NURSE_A,
	NURSE_B,
	seedStaff,
	startServer,
	STATION_A,
	TEST_PASSWORD,
	withStorage,
	type RunningServer
} from './start-server.ts';
import { newBook, signInDevice, type TestDevice } from './test-device.ts';
import { vouchedIn } from './vouched-device.ts';

const HOSPITAL: Facility = {
	code: '01901',
	name: 'Bệnh viện khu vực',
	kind: 'regional-hospital',
	commune: '00009',
	shortCode: 'BV'
};
const DOCTOR_H = {
	login: 'hang.h',
	name: 'Trần Thu Hằng',
	role: 'doctor',
	facility: HOSPITAL.code
} as const;

const dataDir = newDataDir();
let server: RunningServer;
let accounts: Account[];
let nurse: TestDevice;
let doctor: TestDevice;
let stranger: TestDevice;

beforeAll(async () => {
	accounts = await seedStaff(dataDir);
	await withStorage(dataDir, async (storage) => {
		await storage.putFacility(HOSPITAL, [STATION_A.code]);
		const passwordHash = await hashPassword(TEST_PASSWORD, (count) =>
			new Uint8Array(count).fill(3)
		);
		await storage.putAccount({ ...DOCTOR_H, person: newBook() as never, passwordHash });
	});
	server = await startServer({ dataDir });
	nurse = await signInDevice(server.url, NURSE_A);
	doctor = await signInDevice(server.url, DOCTOR_H);
	stranger = await signInDevice(server.url, NURSE_B);
});
afterAll(async () => {
	await server.kill();
	rmSync(dataDir, { recursive: true });
});

const ask = (device: TestDevice, book: BookId, actor = device.person) =>
	fetch(`${server.url}/api/books/journey`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', authorization: `Bearer ${device.token}` },
		body: JSON.stringify({ actor, book })
	});

async function journeyOf(book: BookId): Promise<Journey> {
	const response = await ask(nurse, book);
	expect(response.status).toBe(200);
	expect(response.headers.get('cache-control')).toBe('no-store');
	return journeySchema.parse(await response.json());
}

describe('how far others have read a book', () => {
	it('says that the hospital has an entry once its device asks from behind it, and since when', async () => {
		const book = newBook();
		const [first, second] = [await nurse.note(book), await nurse.note(book)];
		await nurse.sync({ push: [first], credit: 0 });
		const { code: facility, name, kind } = HOSPITAL;
		expect((await journeyOf(book)).places).toEqual([{ facility, name, kind, unread: 1 }]);
		const { token } = await doctor.pullAll();
		await doctor.sync({ ...(token && { token }) });
		await nurse.sync({ push: [second], credit: 0 });
		const { newest, places, citizen } = await journeyOf(book);
		expect(newest).toEqual([second, first].map(({ entry }) => entryIdOf(entry)));
		expect(places).toEqual([
			{ facility, name, kind, unread: 1, atMs: expect.any(Number) as number }
		]);
		expect(citizen).toBeUndefined();
	});

	it('is still known after the server was killed', async () => {
		const book = newBook();
		await nurse.sync({ push: [await nurse.note(book)], credit: 0 });
		const { token } = await doctor.pullAll();
		await doctor.sync({ ...(token && { token }) });
		const port = new URL(server.url).port;
		await server.kill();
		server = await startServer({ dataDir, env: { PORT: port } });
		expect((await journeyOf(book)).places[0]?.unread).toBe(0);
	});

	it('does not exist for those who may not read the book, and the audit tells of both', async () => {
		const book = newBook();
		await nurse.sync({ push: [await nurse.note(book)], credit: 0 });
		const auditor = await vouchedIn(dataDir, server.url, accounts, AUDITOR_A.login);
		// One after the other: the audit is read in their order.
		for (const [who, asked] of [
			[stranger, book],
			[nurse, newBook()],
			[auditor, book]
		] as const) {
			const response = await ask(who, asked);
			expect(await response.json()).toMatchObject({ type: '/problems/not-found', status: 404 });
		}
		expect((await ask(nurse, book, stranger.person)).status).toBe(403);
		await journeyOf(book);
		const port = new URL(server.url).port;
		await server.stop();
		const rows = await withStorage(dataDir, (storage) => storage.listAudit({ book, limit: 9 }));
		server = await startServer({ dataDir, env: { PORT: port } });
		expect(rows.filter(({ detail }) => detail.startsWith('journey'))).toMatchObject([
			{ action: 'deliver', person: nurse.person, detail: 'journey' },
			{ action: 'refuse', person: auditor.person, detail: 'journey not-a-member' },
			{ action: 'refuse', person: stranger.person, detail: 'journey not-a-member' }
		]);
	});

	it('is not told without end to a device out of control', async () => {
		const book = newBook();
		await stranger.sync({ push: [await stranger.note(book)], credit: 0 });
		const statuses = await Promise.all(
			Array.from({ length: 130 }, async () => (await ask(stranger, book)).status)
		);
		expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(5);
		expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(100);
	});
});
