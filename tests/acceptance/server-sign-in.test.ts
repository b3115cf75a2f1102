import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCertificate } from '#lib/protocol/certificate.ts';
import { bytesToBase64url } from '#lib/protocol/certificate.ts';
import { keyIdOf } from '#lib/entry/signing.ts';
import {
	AUDITOR_A,
	newDataDir,
	NURSE_A,
	NURSE_B,
	seedStaff,
	startServer,
	TEST_PIN,
	withStorage,
	type RunningServer
} from './start-server.ts';
import { createTestKey, postSignIn, signInDevice } from './test-device.ts';

const dataDir = newDataDir();
let server: RunningServer;

beforeAll(async () => {
	await seedStaff(dataDir);
	server = await startServer({ dataDir });
});
afterAll(async () => {
	await server.kill();
	rmSync(dataDir, { recursive: true });
});

async function tryPin(login: string, pin: string) {
	const personKey = bytesToBase64url((await createTestKey()).publicKey);
	const deviceKey = bytesToBase64url((await createTestKey()).publicKey);
	return postSignIn(server.url, { login, pin, personKey, deviceKey });
}

describe('signing in', () => {
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

	it('gives nothing to a role that opens no books, and says so only to whoever knows the PIN', async () => {
		const right = await tryPin(AUDITOR_A.login, TEST_PIN);
		expect(right.status).toBe(403);
		expect(await right.json()).toMatchObject({ type: '/problems/no-books-for-role' });
		const wrong = await tryPin(AUDITOR_A.login, '000000');
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
			const deviceKey = bytesToBase64url((await createTestKey()).publicKey);
			const body = { login: NURSE_A.login, pin: TEST_PIN, personKey, deviceKey };
			const response = await postSignIn(server.url, body);
			expect(await response.json()).toMatchObject({ type: '/problems/schema', path: 'personKey' });
		}
	});

	it('makes guessing wait, longer and longer, also for names that do not exist', async () => {
		for (const login of [NURSE_B.login, 'nobody.here']) {
			const statuses: number[] = [];
			for (let guess = 0; guess < 7; guess++)
				statuses.push((await tryPin(login, `00000${guess}`)).status);
			expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429]);
		}
		const right = await tryPin(NURSE_B.login, TEST_PIN);
		expect(right.status).toBe(429);
		expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(0);
		expect(await right.json()).toMatchObject({ type: '/problems/too-many-attempts' });
	});

	it('counts guesses that come at the same time', async () => {
		const many = Array.from({ length: 20 }, (_, guess) =>
			tryPin('nobody.else', `1000${guess + 10}`)
		);
		const statuses = (await Promise.all(many)).map(({ status }) => status);
		expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(5);
	});

	it('takes about as long for an unknown name as for a wrong PIN', async () => {
		const measure = async (login: string) => {
			const times: number[] = [];
			for (let guess = 0; guess < 3; guess++) {
				const before = performance.now();
				await tryPin(login, '999999');
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
		expect(rows.some(({ detail }) => detail === 'wrong-pin')).toBe(true);
		expect(text).not.toContain('nobody');
		expect(text).not.toContain('999999');
	});
});
