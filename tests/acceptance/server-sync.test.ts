import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idToBytes } from '#lib/domain/ids.ts';
import { digestOf, digestToBytes } from '#lib/entry/digest.ts';
import { entryIdOf } from '#lib/entry/entry.ts';
import {
	databaseFile,
	newDataDir,
	NURSE_A,
	NURSE_B,
	seedStaff,
	startServer,
	STATION_B,
	withStorage,
	type RunningServer
} from './start-server.ts';
import {
	acksOf,
	createTestDevice,
	endOf,
	newBook,
	signInDevice,
	type TestDevice
} from './test-device.ts';

const dataDir = newDataDir();
let server: RunningServer;
let first: TestDevice;
let second: TestDevice;

beforeAll(async () => {
	await seedStaff(dataDir);
	server = await startServer({ dataDir });
	first = await signInDevice(server.url, NURSE_A);
	second = await signInDevice(server.url, NURSE_A);
});
afterAll(async () => {
	await server.kill();
	rmSync(dataDir, { recursive: true });
});

describe('two tablets and a real server', () => {
	it('numbers the devices of a facility', () => {
		expect([first.answer.device.number, second.answer.device.number]).toEqual([1, 2]);
	});

	it('carries what one tablet pushed to the other, once, and does not echo it', async () => {
		const book = newBook();
		const push = [
			await first.facts(book, { name: 'Nguyễn Văn An', sex: 'male' }),
			await first.note(book)
		];
		const frames = await first.sync({ push });
		expect(acksOf(frames).map(({ ack }) => ack)).toEqual(['accepted', 'accepted']);
		const echoed = frames.flatMap((frame) => (frame.frame === 'page' ? frame.rows : []));
		expect(echoed).toEqual([]);
		const pulled = await second.pullAll();
		const ids = push.map(({ entry }) => entryIdOf(entry));
		expect(pulled.arrivals).toEqual(ids);
		expect(pulled.end.digest).toEqual(digestToBytes(digestOf(ids)));
	});

	it('answers a repeated push with duplicates and stores it once', async () => {
		const book = newBook();
		const push = [await first.note(book), await first.note(book)];
		const again = [...push, ...push];
		expect(acksOf(await first.sync({ push })).map(({ ack }) => ack)).toEqual([
			'accepted',
			'accepted'
		]);
		expect(acksOf(await first.sync({ push: again })).map(({ ack }) => ack)).toEqual(
			Array(4).fill('duplicate')
		);
		const { arrivals } = await second.pullAll();
		expect(new Set(arrivals).size).toBe(arrivals.length);
	});

	it('needs under 64 bytes each way when nothing changed', async () => {
		const { token } = await first.pullAll();
		const idle = await first.syncMeasured({ ...(token && { token }) });
		expect(idle.frames.map(({ frame }) => frame)).toEqual(['end']);
		expect(idle.bytesUp).toBeLessThan(64);
		expect(idle.bytesDown).toBeLessThan(64);
	});

	it('keeps one station from what the other one wrote', async () => {
		const book = newBook();
		const push = [await first.note(book)];
		await first.sync({ push });
		const other = await signInDevice(server.url, NURSE_B);
		expect((await other.pullAll()).arrivals).toEqual([]);
		const asked = [{ book: idToBytes(book), n: 0, digest: new Uint8Array(16) }];
		const frames = await other.sync({ books: asked });
		expect(frames.some((frame) => frame.frame === 'page' && frame.rows.length > 0)).toBe(false);
	});

	it('sends an address to the station of its commune', async () => {
		const book = newBook();
		const push = [
			await first.facts(book, { name: 'Trần Thị Bé', address: { commune: STATION_B.commune } })
		];
		await first.sync({ push });
		const other = await signInDevice(server.url, NURSE_B);
		expect([...(await other.pullAll()).entries.values()]).toContain(book);
	});

	it('has everything after a restart', async () => {
		const before = await second.pullAll();
		expect(await server.stop('SIGINT')).toBe(0);
		server = await startServer({ dataDir });
		first = await signInDevice(server.url, NURSE_A, first.deviceKey);
		expect(first.answer.device.number).toBe(1);
		const after = await first.pullAll();
		expect(after.entries).toEqual(before.entries);
		expect(after.end.digest).toEqual(before.end.digest);
	});
});

/** Back up, enrol a device and let it push, then go back to the backup. */
async function restoredAfterEnrolment() {
	const book = newBook();
	const kept = await first.note(book, 'trước khi sao lưu');
	await reconnected(first).sync({ push: [kept] });
	await server.stop();
	const backup = `${databaseFile(dataDir)}.backup`;
	rmSync(backup, { force: true });
	await withStorage(dataDir, (storage) => storage.backup(backup));
	server = await startServer({ dataDir });
	const late = await signInDevice(server.url, NURSE_A);
	const lost = await late.note(book, 'sau khi sao lưu');
	await late.sync({ push: [lost] });
	const { token } = await late.pullAll();
	await server.stop();
	for (const suffix of ['-wal', '-shm']) rmSync(databaseFile(dataDir) + suffix, { force: true });
	copyFileSync(backup, databaseFile(dataDir));
	return { late, kept, lost, token };
}

describe('a server restored from an older backup', () => {
	it('knows who was enrolled since: any tablet brings what they wrote, numbers are not reused', async () => {
		const { late, lost, token } = await restoredAfterEnrolment();
		server = await startServer({ dataDir });
		const other = reconnected(first);
		expect(acksOf(await other.sync({ push: [lost] })).map(({ ack }) => ack)).toEqual(['accepted']);
		expect(acksOf(await reconnected(late).sync({ push: [lost] }))).toMatchObject([
			{ ack: 'duplicate' }
		]);
		const frames = await reconnected(late).sync({ ...(token && { token }) });
		expect(endOf(frames).epoch).toHaveLength(6);
		const next = await signInDevice(server.url, NURSE_A);
		expect(next.answer.device.number).toBeGreaterThan(late.answer.device.number);
	});

	it('takes a new epoch, says so, and learns its devices from themselves where the log is lost', async () => {
		const { late, kept, lost, token } = await restoredAfterEnrolment();
		rmSync(join(dataDir, 'certificates.log'));
		server = await startServer({ dataDir });
		const restored = reconnected(late);
		const frames = await restored.sync({ ...(token && { token }) });
		expect(endOf(frames).epoch).toHaveLength(6);
		const pages = frames.filter((frame) => frame.frame === 'page');
		for (const page of pages) expect(page.epoch).toEqual(endOf(frames).epoch);
		const without = acksOf(await restored.sync({ push: [lost] }));
		expect(without).toMatchObject([{ ack: 'later', code: 'unknown-author' }]);
		const certificates = [certificateOf(late)];
		const acks = acksOf(await restored.sync({ push: [kept, lost], certificates }));
		expect(acks.map(({ ack }) => ack)).toEqual(['duplicate', 'accepted']);
		const { entries } = await restored.pullAll();
		expect(entries.has(entryIdOf(lost.entry))).toBe(true);
	});
});

function reconnected(device: TestDevice): TestDevice {
	return createTestDevice(server.url, device.answer, device.deviceKey, device.personKey);
}

function certificateOf({ answer }: TestDevice) {
	const toBytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'));
	const { bytes, signature } = answer.certificate;
	return { bytes: toBytes(bytes), signature: toBytes(signature) };
}
