/** A disk that loses bits: what can be sent is sent, what a tablet still holds is taken back. */
import { closeSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { entryIdOf } from '#lib/entry/entry.ts';
import type { PushedEntry } from '#lib/protocol/messages.ts';
import {
	databaseFile,
	newDataDir,
	NURSE_A,
	seedStaff,
	startServer,
	type RunningServer
} from './start-server.ts';
import { acksOf, createTestDevice, newBook, signInDevice, type TestDevice } from './test-device.ts';

let dataDir: string;
let server: RunningServer;
let push: PushedEntry[];
let device: TestDevice;

beforeEach(async () => {
	dataDir = newDataDir();
	await seedStaff(dataDir);
	server = await startServer({ dataDir });
	const signedIn = await signInDevice(server.url, NURSE_A);
	push = await Promise.all(['a', 'b', 'c'].map((text) => signedIn.note(newBook(), text)));
	await signedIn.sync({ push });
	await server.stop();
	device = signedIn;
});
afterEach(async () => {
	await server.kill();
	rmSync(dataDir, { recursive: true });
});

async function startAgain(): Promise<void> {
	server = await startServer({ dataDir });
	device = createTestDevice(server.url, device.answer, device.deviceKey, device.personKey);
}

function flipBit(column: 'id' | 'bytes', commit: number): void {
	const database = new DatabaseSync(databaseFile(dataDir));
	const select = database.prepare(`SELECT ${column} AS blob FROM entries WHERE commit_number = ?`);
	const bytes = new Uint8Array(select.get(commit)?.['blob'] as Uint8Array);
	bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
	database.prepare(`UPDATE entries SET ${column} = ? WHERE commit_number = ?`).run(bytes, commit);
	database.close();
}

async function health(): Promise<unknown> {
	return (await fetch(`${server.url}/api/health`)).json();
}

describe('a bit that flipped in a stored entry', () => {
	for (const column of ['id', 'bytes'] as const)
		it(`of its ${column} stops no tablet, is told without its content, and is mended by a device that has it`, async () => {
			flipBit(column, 2);
			await startAgain();
			const ids = push.map(({ entry }) => entryIdOf(entry));
			const pulled = await device.pullAll();
			expect(pulled.arrivals.toSorted()).toEqual([ids[0], ids[2]].toSorted());
			expect(await health()).toMatchObject({ status: 'ok', damagedEntries: 1 });
			expect(server.output().match(/DAMAGED entry commit=2/g)).toHaveLength(1);

			expect(acksOf(await device.sync({ push })).map(({ ack }) => ack)).toEqual(
				Array(3).fill('duplicate')
			);
			expect((await device.pullAll()).arrivals.toSorted()).toEqual(ids.toSorted());
			expect(await health()).toMatchObject({ damagedEntries: 0 });
		});
});

describe('a store whose pages are damaged', () => {
	it('is not opened: the start says so in one line and names what to do', async () => {
		const file = databaseFile(dataDir);
		const handle = openSync(file, 'r+');
		for (let at = 3 * 4096; at < statSync(file).size; at += 4096)
			writeSync(handle, Buffer.alloc(64, 0x5a), 0, 64, at);
		closeSync(handle);
		await expect(startServer({ dataDir })).rejects.toThrow(
			/ended with 1:\nThe database [^\n]+ is damaged [^\n]+npm run restore[^\n]+\n$/
		);
	});
});
