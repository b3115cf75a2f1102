/**
 * Power cuts. The server process is killed at every named point of its store, and at random moments
 * under load; then it starts again. What it acknowledged is there, nothing is there twice, and what was
 * sent again is answered as the duplicate it is.
 */
import { rmSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import type { EntryId } from '#lib/domain/ids.ts';
import { digestOf, digestToBytes } from '#lib/entry/digest.ts';
import { entryIdOf } from '#lib/entry/entry.ts';
import type { PushedEntry } from '#lib/protocol/messages.ts';
import { FAULT_POINTS, type FaultPoint } from '../../sync-server/storage/sqlite/group-commit.ts';
import { commitsNamed } from '../../sync-server/storage/kill-material.ts';
import {
	newDataDir,
	NURSE_A,
	seedStaff,
	startServer,
	withStorage,
	type RunningServer
} from './start-server.ts';
import { acksOf, createTestDevice, newBook, signInDevice, type TestDevice } from './test-device.ts';

const RANDOM_KILLS = 6;
const WRITERS = 3;
let dataDir: string;
let server: RunningServer;

afterEach(async () => {
	await server.kill();
	rmSync(dataDir, { recursive: true });
});

/** What each point means for a push that was under way. */
const AFTER_RESTART: Record<FaultPoint, 'accepted' | 'duplicate'> = {
	before_begin: 'accepted',
	after_append: 'accepted',
	before_commit: 'accepted',
	after_commit: 'duplicate',
	before_ack: 'duplicate'
};

function onServer(device: TestDevice): TestDevice {
	return createTestDevice(server.url, device.answer, device.deviceKey, device.personKey);
}

async function notes(device: TestDevice, count: number): Promise<PushedEntry[]> {
	const book = newBook();
	return Promise.all(Array.from({ length: count }, () => device.note(book)));
}

/** Ends the server: every entry of its store has one audit row of its admission. */
async function expectEachAuditedOnce(): Promise<void> {
	await server.stop();
	await withStorage(dataDir, async (storage) => {
		const { head } = await storage.readState();
		const pushes = await storage.listAudit({ action: 'push', limit: Number.MAX_SAFE_INTEGER });
		expect(commitsNamed(pushes)).toEqual(Array.from({ length: head }, (_, at) => at + 1));
	});
}

async function expectExactly(device: TestDevice, ids: EntryId[]): Promise<void> {
	const pulled = await device.pullAll();
	expect(pulled.arrivals.toSorted()).toEqual(ids.toSorted());
	expect(pulled.end.digest).toEqual(digestToBytes(digestOf(ids)));
}

describe('a server killed in the middle of a push', () => {
	for (const point of FAULT_POINTS)
		it(`at ${point} loses nothing and doubles nothing`, async () => {
			dataDir = newDataDir();
			await seedStaff(dataDir);
			server = await startServer({ dataDir });
			const signedIn = await signInDevice(server.url, NURSE_A);
			const before = await notes(signedIn, 2);
			await signedIn.sync({ push: before });
			await server.stop();

			server = await startServer({ dataDir, env: { CRASH_AT: point } });
			const push = await notes(signedIn, 30);
			await expect(onServer(signedIn).sync({ push })).rejects.toThrow();
			await server.ended();

			server = await startServer({ dataDir });
			const device = onServer(signedIn);
			const acks = acksOf(await device.sync({ push }));
			expect(acks.map(({ ack }) => ack)).toEqual(Array(30).fill(AFTER_RESTART[point]));
			const again = acksOf(await device.sync({ push: [...before, ...push] }));
			expect(new Set(again.map(({ ack }) => ack))).toEqual(new Set(['duplicate']));
			await expectExactly(
				device,
				[...before, ...push].map(({ entry }) => entryIdOf(entry))
			);
			await expectEachAuditedOnce();
		});
});

describe('a server killed at any moment under load', () => {
	it(`keeps every acknowledged entry, once, over ${RANDOM_KILLS} kills`, async () => {
		dataDir = newDataDir();
		await seedStaff(dataDir);
		server = await startServer({ dataDir });
		const signedIn = await signInDevice(server.url, NURSE_A);
		const outbox: PushedEntry[][] = [];
		const acknowledged = new Set<EntryId>();
		for (let kill = 0; kill < RANDOM_KILLS; kill++) {
			const device = onServer(signedIn);
			const writers = Array.from({ length: WRITERS }, () => write(device, outbox, acknowledged));
			const timer = setTimeout(() => process.kill(server.pid, 'SIGKILL'), 30 + kill * 60);
			await Promise.all(writers);
			clearTimeout(timer);
			await server.ended();
			server = await startServer({ dataDir });
			const pulled = await onServer(signedIn).pullAll();
			expect(new Set(pulled.arrivals).size).toBe(pulled.arrivals.length);
			for (const id of acknowledged) expect(pulled.entries.has(id)).toBe(true);
		}
		const device = onServer(signedIn);
		for (const push of outbox) await device.sync({ push, credit: 0 });
		await expectExactly(
			device,
			outbox.flat().map(({ entry }) => entryIdOf(entry))
		);
		expect(acknowledged.size).toBeGreaterThan(0);
		await expectEachAuditedOnce();
	});
});

/** Pushes until the server is gone; notes what was acknowledged. */
async function write(
	device: TestDevice,
	outbox: PushedEntry[][],
	acknowledged: Set<EntryId>
): Promise<void> {
	for (;;) {
		const push = await notes(device, 5);
		outbox.push(push);
		try {
			const acks = acksOf(await device.sync({ push, credit: 0 }));
			for (const [at, { entry }] of push.entries())
				if (acks[at]?.ack === 'accepted') acknowledged.add(entryIdOf(entry));
		} catch {
			return;
		}
	}
}
