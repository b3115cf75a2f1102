/** What the server refused, decided about by the staff of the facility, over HTTP. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entryIdOf } from '#lib/entry/entry.ts';
import { heldReadAnswerSchema, problemSchema, refusedListAnswerSchema } from '#lib/protocol/api.ts';
import { base64urlToBytes } from '#lib/protocol/certificate.ts';
import type { PushedEntry } from '#lib/protocol/messages.ts';
import type { Account } from '../../sync-server/storage/storage.ts';
import {
	AUDITOR_A,
	newDataDir,
	NURSE_A,
	NURSE_B,
	seedStaff,
	startServer,
	withStorage,
	type RunningServer
} from './start-server.ts';
import { acksOf, newBook, signInDevice, type TestDevice } from './test-device.ts';
import { vouchedIn } from './vouched-device.ts';

const dataDir = newDataDir();
const book = newBook();
let server: RunningServer;
let accounts: Account[];
let writer: TestDevice;
let reviewer: TestDevice;
let foreigner: TestDevice;

beforeAll(async () => {
	accounts = await seedStaff(dataDir);
	server = await startServer({ dataDir });
	writer = await signInDevice(server.url, NURSE_A);
	reviewer = await signInDevice(server.url, NURSE_A);
	foreigner = await signInDevice(server.url, NURSE_B);
	await writer.sync({ push: [await writer.note(book)] });
});
afterAll(async () => {
	await server.kill();
	rmSync(dataDir, { recursive: true });
});

async function post(device: TestDevice | undefined, path: string, body: object) {
	return fetch(`${server.url}/api/quarantine/${path}`, {
		method: 'POST',
		headers: {
			'content-type': 'application/json',
			...(device && { authorization: `Bearer ${device.token}` })
		},
		body: JSON.stringify(body)
	});
}

async function listOf(device: TestDevice) {
	const response = await post(device, 'list', { actor: device.person });
	expect(response.status).toBe(200);
	expect(response.headers.get('cache-control')).toBe('no-store');
	return refusedListAnswerSchema.parse(await response.json());
}

async function newestOf(device: TestDevice) {
	const { held } = await listOf(device);
	const [newest] = held;
	if (newest === undefined) throw new Error('nothing is held');
	return newest;
}

async function problemOf(response: Response) {
	expect(response.headers.get('content-type')).toContain('application/problem+json');
	const { type, status, detail } = problemSchema.parse(await response.json());
	return [status, type, detail];
}

const decide = async (device: TestDevice, decision: object) =>
	post(device, 'review', { actor: device.person, ...decision });

/** Restarted, so that the device is blocked or not from now on. */
async function setBlocked(device: TestDevice, isBlocked: boolean): Promise<void> {
	await server.stop();
	await withStorage(dataDir, async (storage) => {
		const row = await storage.findDevice(device.id);
		if (row === undefined) throw new Error('an unknown device');
		await storage.putDevice({ ...row, isBlocked });
	});
	server = await startServer({ dataDir, env: { PORT: new URL(server.url).port } });
}

/** With a signature that is not its author's. */
async function forged(device: TestDevice): Promise<PushedEntry> {
	return { ...(await device.note(book, 'bí mật')), signature: new Uint8Array(64) };
}

describe('entries that the server refused', () => {
	it('are listed for the staff of the facility: whose and why, never what they say', async () => {
		const acks = acksOf(await writer.sync({ push: [await forged(writer)] }));
		expect(acks).toMatchObject([{ ack: 'refused', code: 'signature' }]);
		const response = await post(reviewer, 'list', { actor: reviewer.person });
		const text = await response.text();
		expect(text).not.toContain('bí mật');
		const { held } = refusedListAnswerSchema.parse(JSON.parse(text));
		expect(held).toMatchObject([
			{
				code: 'signature',
				book,
				kind: 'note',
				author: { person: writer.person, role: 'nurse', name: NURSE_A.name },
				isFromHere: false
			}
		]);
		expect((await newestOf(writer)).isFromHere).toBe(true);
		expect(await listOf(foreigner)).toEqual({ held: [], returned: [] });
	});

	it('are told one by one to whoever may read the book they are about, and the audit says so', async () => {
		const { number, entry } = await newestOf(reviewer);
		const read = (device: TestDevice, asked: object) =>
			post(device, 'read', { actor: device.person, number, entry, ...asked });
		const response = await read(reviewer, {});
		expect(response.headers.get('cache-control')).toBe('no-store');
		const { bytes } = heldReadAnswerSchema.parse(await response.json());
		expect(entryIdOf(base64urlToBytes(bytes) ?? new Uint8Array())).toBe(entry);
		const notFound = [404, '/problems/not-found', undefined];
		expect(await problemOf(await read(foreigner, {}))).toEqual(notFound);
		expect(await problemOf(await read(reviewer, { entry: book }))).toEqual(notFound);
		const denied = [403, '/problems/not-allowed', undefined];
		const auditor = await vouchedIn(dataDir, server.url, accounts, AUDITOR_A.login);
		expect(await problemOf(await read(auditor, {}))).toEqual(denied);

		const elsewhere = newBook();
		await foreigner.sync({ push: [await foreigner.note(elsewhere)] });
		const another = await signInDevice(server.url, NURSE_A);
		const note = await another.note(elsewhere, 'bí mật');
		await another.sync({ push: [{ ...note, signature: new Uint8Array(64) }] });
		const held = await newestOf(reviewer);
		const asked = { number: held.number, entry: held.entry };
		expect(await problemOf(await read(reviewer, asked))).toEqual(notFound);
		expect(
			(await decide(reviewer, { ...asked, outcome: 'returned', note: 'Sổ nơi khác' })).status
		).toBe(204);
		await server.stop();
		const rows = await withStorage(dataDir, (storage) =>
			Promise.all([
				storage.listAudit({ book, action: 'deliver', limit: 1 }),
				storage.listAudit({ book: elsewhere, action: 'refuse', limit: 1 })
			])
		);
		server = await startServer({ dataDir, env: { PORT: new URL(server.url).port } });
		const { person } = reviewer;
		expect(rows).toMatchObject([
			[{ person, detail: 'held' }],
			[{ person, detail: 'held not-a-member' }]
		]);
	});

	it('are nobody else’s: not another facility’s, not an auditor’s, not without a token', async () => {
		const { number, entry } = await newestOf(reviewer);
		const decision = { number, entry, outcome: 'returned', note: 'x' };
		const auditor = await vouchedIn(dataDir, server.url, accounts, AUDITOR_A.login);
		const denied = [403, '/problems/not-allowed', undefined];
		expect(await problemOf(await post(auditor, 'list', { actor: auditor.person }))).toEqual(denied);
		expect(await problemOf(await decide(auditor, decision))).toEqual(denied);
		const borrowed = { ...decision, actor: writer.person };
		expect(await problemOf(await post(foreigner, 'review', borrowed))).toEqual(denied);
		expect(await problemOf(await decide(foreigner, decision))).toEqual([
			404,
			'/problems/not-found',
			undefined
		]);
		const nobody = await post(undefined, 'list', { actor: writer.person });
		expect(await problemOf(nobody)).toEqual([401, '/problems/token-missing', undefined]);
	});

	it('are returned to the device that sent them, with a reason, once', async () => {
		const { number, entry } = await newestOf(reviewer);
		const decision = { number, entry, outcome: 'returned', note: 'Ghi lại ở máy khác' };
		expect((await decide(reviewer, decision)).status).toBe(204);
		expect(await listOf(reviewer)).toEqual({ held: [], returned: [] });
		expect((await listOf(writer)).returned).toMatchObject([
			{ entry, review: { note: 'Ghi lại ở máy khác', by: NURSE_A.name } }
		]);
		expect(await problemOf(await decide(reviewer, decision))).toEqual([
			409,
			'/problems/already-decided',
			undefined
		]);
	});

	it('are returned and kept only with a reason', async () => {
		const decision = { number: 1, entry: newBook() };
		for (const outcome of ['returned', 'kept'])
			expect(await problemOf(await decide(reviewer, { ...decision, outcome }))).toEqual([
				400,
				'/problems/schema',
				undefined
			]);
	});

	it('are released only when they would be accepted now', async () => {
		await writer.sync({ push: [await forged(writer)] });
		const { number, entry } = await newestOf(reviewer);
		const release = { number, entry, outcome: 'released' };
		expect(await problemOf(await decide(reviewer, release))).toEqual([
			409,
			'/problems/still-refused',
			'signature'
		]);
		const keep = { number, entry, outcome: 'kept', note: 'Hỏi lại chị Lan' };
		expect((await decide(reviewer, keep)).status).toBe(204);
		expect((await newestOf(reviewer)).review).toMatchObject({ note: 'Hỏi lại chị Lan' });
	});

	it('come to every tablet of the station when they are released, with an audit row of who did it', async () => {
		const { token } = await reviewer.pullAll();
		await setBlocked(writer, true);
		const lost = await writer.note(book, 'ghi khi máy bị khóa');
		expect(acksOf(await writer.sync({ push: [lost] }))).toMatchObject([{ code: 'not-allowed' }]);
		const { number, entry } = await newestOf(reviewer);
		expect((await decide(reviewer, { number, entry, outcome: 'released' })).status).toBe(204);
		expect((await reviewer.pullAll(token)).arrivals).toEqual([entry]);
		await setBlocked(writer, false);
		expect(acksOf(await writer.sync({ push: [lost] }))).toMatchObject([{ ack: 'duplicate' }]);
		await server.stop();
		const [row] = await withStorage(dataDir, (storage) =>
			storage.listAudit({ book, action: 'review', limit: 1 })
		);
		server = await startServer({ dataDir });
		expect(row).toMatchObject({
			device: reviewer.id,
			person: reviewer.person,
			detail: 'released code=not-allowed'
		});
	});
});
