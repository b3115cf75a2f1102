import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isBeginningOf } from '#lib/entry/merkle.ts';
import { webCryptoVerifier } from '#lib/entry/signing.ts';
import { readCheckpoint, signersOf } from '#lib/protocol/checkpoint.ts';
import { openLogKey } from '../auth/log-key.ts';
import { createMemoryDisk, openMemoryStorage } from '../storage/memory.ts';
import { proveConsistency } from '../storage/proofs.ts';
import type { ServerStorage } from '../storage/storage.ts';
import { readCheckpoints } from './checkpoint-file.ts';
import { AuditRowMissing, CHECKPOINT_EVERY_MS, createCheckpoints } from './checkpoints.ts';

let directory: string;
beforeEach(() => {
	directory = mkdtempSync(join(tmpdir(), 'checkpoints-'));
});
afterEach(() => {
	rmSync(directory, { recursive: true });
});

function setUp(changed: Partial<ServerStorage> = {}) {
	const storage = openMemoryStorage(createMemoryDisk(new Uint8Array([1, 2, 3, 4, 5, 6])));
	const time = { nowMs: 1_000 };
	const acts = new Map<number, () => void>();
	const failures: unknown[] = [];
	const file = join(directory, 'checkpoints');
	const key = openLogKey(directory);
	const checkpoints = createCheckpoints({
		storage: {
			foldAudit: changed.foldAudit ?? ((request) => storage.foldAudit(request)),
			readAuditTree: () => storage.readAuditTree(),
			readTreeNodes: (nodes) => storage.readTreeNodes(nodes)
		},
		key,
		file,
		clock: { nowMs: () => time.nowMs },
		randomBytes,
		every: (ms, act) => void acts.set(ms, act),
		onFailure: (error) => failures.push(error)
	});
	const happen = async (count: number): Promise<void> => {
		for (let n = 0; n < count; n++)
			await storage.audit({ at: n, action: 'find', facility: 'S0001', detail: 'hits=0' });
	};
	return { storage, checkpoints, time, acts, failures, file, key, happen };
}

describe('checkpoints of the access log', () => {
	it('cover everything that has happened, are signed, and are kept', async () => {
		const { checkpoints, file, key, happen } = setUp();
		await happen(700);
		const made = await checkpoints.make();
		expect(made.size).toBe(700);
		expect(readCheckpoint(made.text)).toMatchObject({
			size: 700,
			atMs: 1_000,
			epochs: [{ epoch: '010203040506', rows: 0 }]
		});
		expect(await signersOf(made.text, key.publicKeys, webCryptoVerifier())).toHaveLength(1);
		expect(readCheckpoints(file)).toEqual([made.text]);
	});

	it('are each the beginning of the next, also when a crash cut one off', async () => {
		const { checkpoints, storage, file, happen } = setUp();
		await happen(3);
		const older = await checkpoints.make();
		appendFileSync(file, older.text.slice(0, 40));
		await happen(4);
		const newer = await checkpoints.make();
		const proof = await proveConsistency(storage, older.size, newer.size);
		expect(isBeginningOf(older, newer, proof)).toBe(true);
		const kept = readCheckpoints(file).map((text) => readCheckpoint(text)?.size);
		expect(kept).toEqual([3, undefined, 7]);
	});

	it('are made anew only where the newest is too old for whoever asks', async () => {
		const { checkpoints, time, file, happen } = setUp();
		await Promise.all([checkpoints.make(60_000), checkpoints.make(60_000)]);
		await happen(1);
		expect((await checkpoints.make(60_000)).size).toBe(0);
		time.nowMs += 60_000;
		expect((await checkpoints.make(60_000)).size).toBe(1);
		expect(readCheckpoints(file)).toHaveLength(2);
	});

	it('are made by the clock, every hour', async () => {
		const { checkpoints, acts, file } = setUp();
		checkpoints.start();
		acts.get(CHECKPOINT_EVERY_MS)?.();
		await checkpoints.make(60_000);
		expect(readCheckpoints(file)).toHaveLength(1);
	});

	it('end when a row is gone that the tree has not seen, and whoever runs the server hears of it', async () => {
		const missing = async () => ({ type: 'row-missing' as const, number: 5 });
		const { checkpoints, acts, failures, file } = setUp({ foldAudit: missing });
		await expect(checkpoints.make()).rejects.toThrow(AuditRowMissing);
		checkpoints.start();
		acts.get(CHECKPOINT_EVERY_MS)?.();
		await expect(checkpoints.make()).rejects.toThrow(AuditRowMissing);
		expect(failures).toHaveLength(1);
		expect(readCheckpoints(file)).toEqual([]);
	});
});
