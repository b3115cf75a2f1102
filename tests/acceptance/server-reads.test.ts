/** What was opened on a tablet: told by it, in the access log, and only by itself. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nextReadLink, READS_START, readsTipToSign, type BookRead } from '#lib/entry/read-chain.ts';
import { bytesToBase64url } from '#lib/protocol/certificate.ts';
import type { ServerStorage } from '../../sync-server/storage/storage.ts';
import {
	newDataDir,
	NURSE_A,
	NURSE_B,
	seedStaff,
	startServer,
	withStorage
} from './start-server.ts';
import type { RunningServer } from './start-server.ts';
import { newBook, signInDevice, type TestDevice } from './test-device.ts';

const WORDS = { reason: 'unconscious', note: 'Bất tỉnh, không có người nhà' } as const;
const dataDir = newDataDir();
const book = newBook();
let server: RunningServer;
let nurse: TestDevice;
let stranger: TestDevice;

beforeAll(async () => {
	await seedStaff(dataDir);
	server = await startServer({ dataDir });
	nurse = await signInDevice(server.url, NURSE_A);
	stranger = await signInDevice(server.url, NURSE_B);
	await nurse.sync({ push: [await nurse.note(book)], credit: 0 });
});
afterAll(async () => {
	await server.kill();
	rmSync(dataDir, { recursive: true });
});

/** A server that was killed comes back. */
async function whileDown(look: (storage: ServerStorage) => Promise<void>): Promise<void> {
	await server.kill();
	await withStorage(dataDir, look);
	server = await startServer({ dataDir });
}

async function reportOf(reads: BookRead[], signer = nurse) {
	const tip = reads.reduce(nextReadLink, READS_START);
	return {
		after: { n: 0, link: bytesToBase64url(READS_START.link) },
		reads,
		signature: bytesToBase64url(await signer.deviceKey.sign(readsTipToSign(tip)))
	};
}

const post = (body: unknown, token = nurse.token) =>
	fetch(`${server.url}/api/reads`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
		body: JSON.stringify(body)
	});

describe('POST /api/reads', () => {
	it('takes nothing without a token, a right form, or the signature of that device', async () => {
		const read = { book: newBook(), person: nurse.person, atMs: 5 };
		const report = await reportOf([read]);
		expect((await post(report, 'nobody')).status).toBe(401);
		expect((await post(report, stranger.token)).status).toBe(400);
		expect((await post(await reportOf([read], stranger))).status).toBe(400);
		for (const wrong of [
			{},
			{ ...report, reads: [] },
			{ ...report, reads: new Array<BookRead>(101).fill(read) },
			{ ...report, reads: [{ ...read, name: 'Lò Thị Thắm' }] },
			{ ...report, reads: [{ ...read, emergency: { ...WORDS, note: 'x' } }] },
			{ ...report, signature: 'ngắn' }
		]) {
			const answer = await post(wrong);
			expect(answer.status).toBe(400);
			expect(answer.headers.get('content-type')).toContain('application/problem+json');
		}
		await whileDown(async (storage) =>
			expect(await storage.listAudit({ action: 'read', limit: 9 })).toEqual([])
		);
	});

	it('is in the log of the book, with who and when, and survives the server', async () => {
		const atMs = Date.now() - 60_000;
		const reads = [
			{ book, person: nurse.person, atMs },
			{ book, person: nurse.person, atMs: atMs + 5, emergency: WORDS }
		];
		const report = await reportOf(reads);
		expect((await post(report)).status).toBe(204);
		await whileDown(async () => undefined);
		// The answer was lost: told again, it is there once.
		expect((await post(report)).status).toBe(204);
		await whileDown(async (storage) => {
			const { person, id: device } = nurse;
			const rows = await storage.listAudit({ book, limit: 9 });
			expect(rows.filter(({ action }) => ['read', 'break-glass'].includes(action))).toMatchObject([
				{ action: 'break-glass', person, device },
				{ action: 'read', person, device, detail: `tablet n=1 at=${atMs}` }
			]);
			expect(await storage.listEmergenciesOf([book], 0, 9)).toMatchObject([{ person, ...WORDS }]);
		});
	});
});
