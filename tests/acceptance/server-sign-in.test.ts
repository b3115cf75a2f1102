import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCertificate } from '#lib/protocol/certificate.ts';
import { bytesToBase64url } from '#lib/protocol/certificate.ts';
import { keyIdOf } from '#lib/entry/signing.ts';
import { hashPassword } from '../../sync-server/auth/password-hash.ts';
import {
	AUDITOR_A,
	newDataDir,
	NURSE_A,
	NURSE_B,
	putStaff,
	startServer,
	TEST_PASSWORD,
	withStorage,
	type RunningServer
} from './start-server.ts';
import { newCodeFor } from './enrolment-codes.ts';
import {
	createTestKey,
	enrolDevice,
	postEnrol,
	postSignIn,
	signInDevice,
	type TestKey
} from './test-device.ts';

const dataDir = newDataDir();
/** An account of a version before 0.3. */
const OLD_NURSE = { ...NURSE_A, login: 'cu.a', name: 'Phạm Thị Cũ' };
const OLD_PIN = '135790';
const GONE = { ...NURSE_A, login: 'nghi.a', name: 'Vũ Thị Nghỉ' };
let server: RunningServer;

beforeAll(async () => {
	await withStorage(dataDir, async (storage) => {
		await putStaff(storage, [NURSE_A, NURSE_B, AUDITOR_A]);
		const [old] = await putStaff(storage, [OLD_NURSE]);
		if (old === undefined) throw new Error('nobody');
		await storage.putAccount({ ...old, passwordHash: await hashPassword(OLD_PIN, randomBytes) });
		const [gone] = await putStaff(storage, [GONE]);
		if (gone !== undefined) await storage.putAccount({ ...gone, untilMs: Date.now() - 1 });
	});
	server = await startServer({ dataDir });
	station = await enrolDevice(server.url, NURSE_A.login);
});
afterAll(async () => {
	await server.kill();
	rmSync(dataDir, { recursive: true });
});

let station: TestKey;

/** On an enrolled device of station A, where nothing else is said. */
async function tryPassword(login: string, password: string, device = station) {
	const personKey = bytesToBase64url((await createTestKey()).publicKey);
	const deviceKey = bytesToBase64url(device.publicKey);
	return postSignIn(server.url, { login, password, personKey, deviceKey });
}

describe('a device', () => {
	const typeOf = async (response: Response) => ((await response.json()) as { type: string }).type;

	it('signs nobody in before a code has brought it to a station, not even to say that a password is wrong', async () => {
		const stranger = await createTestKey();
		for (const password of [TEST_PASSWORD, 'không phải mật khẩu']) {
			const response = await tryPassword(NURSE_A.login, password, stranger);
			expect(response.status).toBe(403);
			expect(await typeOf(response)).toBe('/problems/not-enrolled');
		}
	});

	it('comes to a station by a code, once', async () => {
		const code = await newCodeFor(server.url, NURSE_A.login);
		const [one, other] = [await createTestKey(), await createTestKey()];
		const answer = await postEnrol(server.url, code, one);
		expect(answer.headers.get('cache-control')).toBe('no-store');
		expect(await answer.json()).toMatchObject({ facility: { code: NURSE_A.facility } });
		const again = await postEnrol(server.url, code, other);
		expect(await again.json()).toMatchObject({ type: '/problems/enrolment-code', detail: 'used' });
		expect((await tryPassword(NURSE_A.login, TEST_PASSWORD, one)).status).toBe(200);
		expect((await tryPassword(NURSE_A.login, TEST_PASSWORD, other)).status).toBe(403);
	});

	it('does not come to two stations', async () => {
		const code = await newCodeFor(server.url, NURSE_B.login);
		const answer = await postEnrol(server.url, code, station);
		expect(await typeOf(answer)).toBe('/problems/other-facility');
		expect((await postEnrol(server.url, code, await createTestKey())).status).toBe(200);
	});

	it('is told what is wrong with what it sends, and nothing is used up by it', async () => {
		const wrong = await postEnrol(server.url, '0000-0000', await createTestKey());
		expect(await wrong.json()).toMatchObject({
			type: '/problems/enrolment-code',
			detail: 'unknown'
		});
		const noKey = { publicKey: new Uint8Array(65), sign: station.sign };
		const code = await newCodeFor(server.url, NURSE_A.login);
		expect(await (await postEnrol(server.url, code, noKey)).json()).toMatchObject({
			type: '/problems/schema',
			path: 'deviceKey'
		});
		expect((await postEnrol(server.url, code, await createTestKey())).status).toBe(200);
	});
});

describe('signing in', () => {
	it('lets nobody in whose account has ended', async () => {
		const response = await tryPassword(GONE.login, TEST_PASSWORD);
		expect(await response.json()).toMatchObject({ type: '/problems/sign-in-failed' });
	});

	it('vouches for the key and the device, with a key that only its owner may read', async () => {
		const device = await signInDevice(server.url, NURSE_A);
		const { bytes } = device.answer.certificate;
		const content = readCertificate(new Uint8Array(Buffer.from(bytes, 'base64url')));
		expect(content).toMatchObject({
			subject: 'person',
			person: device.person,
			device: device.id,
			role: 'nurse',
			facility: NURSE_A.facility,
			key: keyIdOf(device.personKey.publicKey)
		});
		const file = join(dataDir, 'issuing-key.pem');
		expect(statSync(file).mode & 0o777).toBe(0o600);
		expect(readFileSync(file, 'utf8')).toContain('PRIVATE KEY');
	});

	it('gives nothing to a role that opens no books, and says so only to whoever knows the password', async () => {
		const right = await tryPassword(AUDITOR_A.login, TEST_PASSWORD);
		expect(right.status).toBe(403);
		expect(await right.json()).toMatchObject({ type: '/problems/no-books-for-role' });
		const wrong = await tryPassword(AUDITOR_A.login, '000000');
		expect(await wrong.json()).toMatchObject({ type: '/problems/sign-in-failed' });
	});

	it('knows a device by its key, however often somebody signs in on it', async () => {
		const deviceKey = await createTestKey();
		const first = await signInDevice(server.url, NURSE_A, deviceKey);
		const second = await signInDevice(server.url, NURSE_A, deviceKey);
		expect(second.id).toBe(first.id);
		expect(second.answer.device.number).toBe(first.answer.device.number);
		expect(second.author.key).not.toBe(first.author.key);
	});

	it('refuses somebody of another facility on this device', async () => {
		const deviceKey = await createTestKey();
		await signInDevice(server.url, NURSE_A, deviceKey);
		await expect(signInDevice(server.url, NURSE_B, deviceKey)).rejects.toThrow(
			'/problems/other-facility'
		);
	});

	it('refuses a key that is no point of the curve, and somebody else’s key', async () => {
		const own = await signInDevice(server.url, NURSE_A);
		const noPoint = bytesToBase64url(Uint8Array.from({ length: 65 }, (_, at) => (at ? 1 : 4)));
		const taken = bytesToBase64url(own.personKey.publicKey);
		for (const personKey of [noPoint, taken, 'AAAA']) {
			const deviceKey = bytesToBase64url(station.publicKey);
			const body = { login: NURSE_A.login, password: TEST_PASSWORD, personKey, deviceKey };
			const response = await postSignIn(server.url, body);
			expect(await response.json()).toMatchObject({ type: '/problems/schema', path: 'personKey' });
		}
	});

	it('takes the word of six digits of versions before, by its old name, until it is changed', async () => {
		const personKey = bytesToBase64url((await createTestKey()).publicKey);
		const deviceKey = bytesToBase64url(station.publicKey);
		const body = { login: OLD_NURSE.login, pin: OLD_PIN, personKey, deviceKey };
		expect((await postSignIn(server.url, body)).status).toBe(200);
		const both = await postSignIn(server.url, { ...body, password: OLD_PIN });
		expect(await both.json()).toMatchObject({ type: '/problems/schema', path: 'password' });
	});

	it('makes guessing wait, longer and longer, also for names that do not exist', async () => {
		for (const login of [NURSE_B.login, 'nobody.here']) {
			const statuses: number[] = [];
			for (let guess = 0; guess < 7; guess++)
				statuses.push((await tryPassword(login, `00000${guess}`)).status);
			expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429]);
		}
		const right = await tryPassword(NURSE_B.login, TEST_PASSWORD);
		expect(right.status).toBe(429);
		expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(0);
		expect(await right.json()).toMatchObject({ type: '/problems/too-many-attempts' });
	});

	it('counts guesses that come at the same time', async () => {
		const many = Array.from({ length: 20 }, (_, guess) =>
			tryPassword('nobody.else', `1000${guess + 10}`)
		);
		const statuses = (await Promise.all(many)).map(({ status }) => status);
		expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(5);
	});

	it('takes about as long for an unknown name as for a wrong password', async () => {
		const measure = async (login: string) => {
			const times: number[] = [];
			for (let guess = 0; guess < 3; guess++) {
				const before = performance.now();
				await tryPassword(login, '999999');
				times.push(performance.now() - before);
			}
			return Math.min(...times);
		};
		const known = await measure(NURSE_A.login);
		const unknown = await measure('nobody.third');
		expect(unknown).toBeGreaterThan(known / 4);
		expect(known).toBeGreaterThan(unknown / 4);
	});

	it('is in the audit, without what was typed', async () => {
		await server.stop();
		const rows = await withStorage(dataDir, async (storage) => [
			...(await storage.listAudit({ action: 'sign-in', limit: 100 })),
			...(await storage.listAudit({ action: 'sign-in-failed', limit: 100 }))
		]);
		const text = JSON.stringify(rows);
		expect(rows.some(({ action }) => action === 'sign-in')).toBe(true);
		expect(rows.some(({ detail }) => detail === 'wrong-password')).toBe(true);
		expect(text).not.toContain('nobody');
		expect(text).not.toContain('999999');
	});
});
