/** A tablet that never sees a network: what waits goes as a file to whoever runs the server. */
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clinicalTimeOf, type ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import { decodeOutboxFile, encodeOutboxFile } from '#lib/protocol/outbox-file.ts';
import { bookOf, openTablet, signIn } from './open-tablet.ts';
import {
	newDataDir,
	NURSE_A,
	seedStaff,
	startServer,
	withStorage,
	type RunningServer
} from './start-server.ts';

const CHILD = {
	name: 'Bàn Văn Minh',
	birthDate: '2025-05-14' as ClinicalTime,
	sex: 'male'
} as const;
const dataDir = newDataDir();
let server: RunningServer;

beforeAll(async () => {
	await seedStaff(dataDir);
	server = await startServer({ dataDir });
}, 60_000);
afterAll(async () => {
	await server.kill();
	rmSync(dataDir, { recursive: true });
});

function importFile(bytes: Uint8Array | string): { says: string; isDone: boolean } {
	const file = join(dataDir, 'waiting.ssk');
	writeFileSync(file, bytes);
	const run = spawnSync(process.execPath, ['sync-server/jobs/import-outbox.ts', file], {
		env: { ...process.env, DATA_DIR: dataDir },
		encoding: 'utf8'
	});
	return { says: run.stdout + run.stderr, isDone: run.status === 0 };
}

/** One child known to the server; a visit of it waits on a tablet that loses its network for good. */
async function exported() {
	const tablet = openTablet(() => server.url);
	await signIn(tablet.api, NURSE_A);
	const book = bookOf(await tablet.api.registerPerson({ facts: CHILD, issueTemporaryCode: false }));
	await tablet.api.syncNow();
	tablet.network.isPlugged = false;
	const occurred = clinicalTimeOf(Date.now());
	bookOf(await tablet.api.recordVisit({ book, visit: { reason: 'Sốt' }, occurred }));
	const file = await tablet.api.exportOutbox();
	if (file === undefined) throw new Error('nothing waits');
	return { ...tablet, book, file };
}

const entriesOf = (book: Awaited<ReturnType<typeof exported>>['book']) =>
	withStorage(dataDir, async (storage) => (await storage.readBook(book)).length);

describe('what waits, as a file', () => {
	it('is taken by the server once, says nothing of anybody, and its author finds it acknowledged', async () => {
		const { api, network, book, file } = await exported();
		expect(file.count).toBe(1);
		expect(Buffer.from(file.bytes).includes(Buffer.from('Sốt'))).toBe(false);
		expect(importFile(file.bytes)).toMatchObject({ isDone: false });
		expect(importFile(file.bytes).says).toContain('The server runs');
		await server.stop();
		expect(await entriesOf(book)).toBe(1);
		for (const time of ['first', 'second'])
			expect(importFile(file.bytes), time).toMatchObject({
				isDone: true,
				says: expect.stringContaining('1 of 1 entries') as string
			});
		expect(await entriesOf(book)).toBe(2);
		server = await startServer({ dataDir });
		network.isPlugged = true;
		await api.syncNow();
		expect(await api.listOutbox()).toEqual([]);
		expect(await api.exportOutbox()).toBeUndefined();
	});

	it('is refused with a sentence where it is cut, altered or of a tablet nobody knows', async () => {
		const { file, book } = await exported();
		await server.stop();
		const content = decodeOutboxFile(file.bytes);
		if (content === undefined) throw new Error('our own file cannot be read');
		expect(importFile(file.bytes.subarray(0, -5)).says).toContain('not a whole file');
		expect(importFile('{}').says).toContain('not a whole file');
		const stranger = encodeOutboxFile({
			...content,
			device: book as unknown as typeof content.device
		});
		expect(importFile(stranger).says).toContain('does not know the tablet');
		const parcels = content.parcels.map((parcel) => parcel.with(120, (parcel[120] ?? 0) ^ 1));
		const altered = importFile(encodeOutboxFile({ ...content, parcels }));
		expect(altered).toMatchObject({ isDone: false });
		expect(altered.says).toContain('1 were sealed to another');
		expect(await entriesOf(book)).toBe(1);
		server = await startServer({ dataDir });
	});
});
