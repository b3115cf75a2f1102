/** Keys of the server replaced while half of the tablets are away: nothing of theirs is refused, and a stolen former key opens nothing. */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parcelsAnswerSchema } from '#lib/protocol/api.ts';
import { base64urlToBytes, bytesToBase64url } from '#lib/protocol/certificate.ts';
import { SEALED_PATH } from '#lib/protocol/limits.ts';
import { webCryptoSealing } from '#lib/vault/parcel-sealer.ts';
import { CERTIFICATE_LOG_FILE, ISSUING_KEY_FILE } from '../../sync-server/auth/files.ts';
import { issuingKeyOfPem, type IssuingKey } from '../../sync-server/auth/issuing-key.ts';
import type { Account } from '../../sync-server/storage/storage.ts';
import {
	newDataDir,
	NURSE_A,
	NURSE_B,
	seedStaff,
	startServer,
	type RunningServer
} from './start-server.ts';
import { acksOf, newBook, postSync, signInDevice, type TestDevice } from './test-device.ts';
import { issuingKeyIn, vouchedDevice } from './vouched-device.ts';
import { encodeRequest } from '#lib/protocol/wire.ts';

const dataDir = newDataDir();
let server: RunningServer;
let accounts: Account[];
/** Before the first change. */
let former: { issuing: IssuingKey; pem: string; sealing: string };
let away: TestDevice;

beforeAll(async () => {
	accounts = await seedStaff(dataDir);
	server = await startServer({ dataDir });
	away = await signInDevice(server.url, NURSE_A);
	const pem = readFileSync(join(dataDir, ISSUING_KEY_FILE), 'utf8');
	former = { issuing: issuingKeyIn(dataDir), pem, sealing: away.answer.vault.sealingKey };
	for (const which of ['issuing', 'sealing', 'log']) expect(keys('replace', which).code).toBe(0);
	await restart();
});
afterAll(async () => {
	await server.kill();
	rmSync(dataDir, { recursive: true });
});

function keys(...parameters: string[]): { code: number | null; said: string } {
	const run = spawnSync(process.execPath, ['sync-server/jobs/keys.ts', ...parameters], {
		env: { ...process.env, DATA_DIR: dataDir, NODE_NO_WARNINGS: '1' },
		encoding: 'utf8'
	});
	return { code: run.status, said: run.stdout + run.stderr };
}

async function restart(): Promise<void> {
	await server.kill();
	server = await startServer({ dataDir });
}

/** A round of a tablet that knew the server under another address. */
async function roundOf(device: TestDevice, book = newBook()): Promise<number> {
	const push = [await device.note(book)];
	const response = await postSync(
		server.url,
		device.token,
		encodeRequest({ protocol: 1, push, credit: 0 })
	);
	await response.arrayBuffer();
	return response.status;
}

async function outcomeOf(device: TestDevice, sealedTo: string): Promise<string | undefined> {
	const point = base64urlToBytes(sealedTo);
	if (point === undefined) throw new Error('no sealing key');
	const seal = await webCryptoSealing(point);
	const parcel = await seal(await device.note(newBook()));
	const response = await fetch(server.url + SEALED_PATH, {
		method: 'POST',
		headers: { 'content-type': 'application/json', authorization: `Bearer ${device.token}` },
		body: JSON.stringify({ parcels: [bytesToBase64url(parcel)] })
	});
	return parcelsAnswerSchema.parse(await response.json()).outcomes[0];
}

describe('a key of the server that was replaced', () => {
	it('leaves a tablet that was away its token, its key and what it had sealed', async () => {
		expect(await roundOf(away)).toBe(200);
		expect(await outcomeOf(away, former.sealing)).toBe('taken');
	});

	it('gives who signs in from now on the new ones', async () => {
		const fresh = await signInDevice(server.url, NURSE_B);
		expect(fresh.answer.vault.sealingKey).not.toBe(former.sealing);
		expect(await outcomeOf(fresh, fresh.answer.vault.sealingKey)).toBe('taken');
		const book = newBook();
		const frames = await fresh.sync({ push: [await fresh.note(book)], credit: 0 });
		expect(acksOf(frames)).toMatchObject([{ ack: 'accepted' }]);
		const now = issuingKeyIn(dataDir);
		expect(now.publicKey).not.toEqual(former.issuing.publicKey);
		expect(now.formerKeys).toEqual([former.issuing.publicKey]);
	});

	it('vouches for nothing any more in the hands of whoever stole it', async () => {
		const account = accounts.find(({ login }) => login === NURSE_A.login);
		if (account === undefined) return expect.unreachable();
		const { issuing } = former;
		await expect(vouchedDevice(server.url, issuing, account)).rejects.toThrow('token');
		// With the key in force the same device is let in.
		expect(await roundOf(await vouchedDevice(server.url, issuingKeyIn(dataDir), account))).toBe(
			200
		);
	});

	it('signs nothing by itself: of a former one the file keeps what verifies, for its owner only', () => {
		const file = join(dataDir, ISSUING_KEY_FILE);
		const text = readFileSync(file, 'utf8');
		expect(text.match(/PRIVATE KEY-----\n/g)).toHaveLength(2);
		const secret = former.pem.split('\n').slice(1, -2).join('');
		expect(text.replaceAll('\n', '')).not.toContain(secret.slice(20, 60));
		expect(statSync(file).mode & 0o077).toBe(0);
		expect(statSync(join(dataDir, 'sealing-secrets')).mode & 0o077).toBe(0);
	});

	it('is replaced again and again, and every tablet goes on', async () => {
		for (let times = 0; times < 2; times++) {
			keys('replace', 'issuing');
			keys('replace', 'sealing');
		}
		await restart();
		expect(await roundOf(away)).toBe(200);
		expect(await outcomeOf(away, former.sealing)).toBe('taken');
		expect(keys('list').said).toMatch(/issuing .{8,}, 3 before it\nsealing .{8,}, 3 before it/);
	});

	it('is refused where it is not in the log of what was given out', async () => {
		const log = join(dataDir, CERTIFICATE_LOG_FILE);
		const text = readFileSync(log, 'latin1');
		writeFileSync(log, '');
		await restart();
		expect(await roundOf(away)).toBe(401);
		writeFileSync(log, text);
		await restart();
		expect(await roundOf(away)).toBe(200);
	});

	it('is replaced by words that are known, and by nothing else', () => {
		for (const words of [[], ['replace'], ['replace', 'all'], ['list', 'x'], ['burn', 'issuing']]) {
			const before = readFileSync(join(dataDir, ISSUING_KEY_FILE), 'utf8');
			expect(keys(...words)).toMatchObject({ code: 2 });
			expect(readFileSync(join(dataDir, ISSUING_KEY_FILE), 'utf8')).toBe(before);
		}
		expect(issuingKeyOfPem(former.pem).formerKeys).toEqual([]);
	});
});
