/** Backup, check, confirmation, restore, and an older database put in place by hand. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { AT_MS, batchOf, bookId, entryOf } from './port-suite-material.ts';
import { openSqliteStorage } from './sqlite.ts';
import { checkStore } from './sqlite/check-file.ts';
import { confirmBackup } from './sqlite/confirm-file.ts';
import { highWaterFileOf, STORE_FILE_NAME } from './sqlite/files.ts';
import { restoreStore, type RestoreResult } from './sqlite/restore-file.ts';
import type { AppendEntry, ServerStorage } from './storage.ts';

vi.setConfig({ testTimeout: 30_000 });
const directory = mkdtempSync(join(tmpdir(), 'server-restored-'));
afterAll(() => {
	rmSync(directory, { recursive: true, force: true });
});

let stores = 0;
const newFile = () => join(directory, `${++stores}`, STORE_FILE_NAME);
const open = (file: string) =>
	openSqliteStorage({
		file,
		clock: () => AT_MS,
		random: (count) => new Uint8Array(randomBytes(count))
	});
const entries = (from: number, to: number): AppendEntry[] =>
	Array.from({ length: to - from + 1 }, (_, n) =>
		entryOf(bookId((from + n) % 4), from + n, { facility: 'S0001' })
	);
const restore = (storeFile: string, backupFile: string): RestoreResult =>
	restoreStore({ storeFile, backupFile, nowMs: AT_MS, epoch: new Uint8Array(randomBytes(6)) });

async function epochsOf(storage: ServerStorage): Promise<number[]> {
	return (await storage.readState()).epochs.map(({ commit }) => commit);
}

describe('a backup', () => {
	it('holds what was acknowledged before it, while the server goes on writing', async () => {
		const file = newFile();
		const storage = await open(file);
		await storage.append(batchOf(entries(1, 50)));
		const writing = Promise.all(
			Array.from({ length: 30 }, (_, n) => storage.append(batchOf(entries(51 + n, 51 + n))))
		);
		const backup = `${file}.backup`;
		const { commit } = await storage.backup(backup);
		await writing;
		expect(commit).toBeGreaterThanOrEqual(50);
		const check = checkStore(backup);
		expect(check).toMatchObject({ type: 'sound', contents: { commit, entries: commit } });
		await expect(storage.backup(backup)).rejects.toThrow(RangeError);
		expect(readdirSync(dirname(file)).filter((name) => name.includes('partial'))).toEqual([]);
		await storage.close();
	});
});

describe('the check of a store', () => {
	const damages: Record<string, string> = {
		'an altered entry': "UPDATE entries SET bytes = x'00' WHERE commit_number = 3",
		'a missing entry': 'DELETE FROM entries WHERE commit_number = 3',
		'a missing last entry': 'DELETE FROM entries WHERE commit_number = 8',
		'a missing index row': 'DELETE FROM entry_clients WHERE commit_number = 3',
		'a wrong book': 'UPDATE books SET n = n + 1 WHERE number = 1',
		'a gap in a feed': 'DELETE FROM feed WHERE feed = 1 AND seq = 2',
		'a wrong feed digest': "UPDATE feeds SET digest = x'00000000000000000000000000000001'",
		'no epoch': 'DELETE FROM epochs',
		'more confirmed than there is': 'UPDATE store SET confirmed = 9'
	};
	const sound = newFile();
	beforeAll(async () => {
		const storage = await open(sound);
		await storage.append(batchOf(entries(1, 8)));
		await storage.close();
	});
	for (const [damage, sql] of Object.entries(damages))
		it(`finds ${damage}`, () => {
			expect(checkStore(sound).type).toBe('sound');
			const file = `${sound}.${damage.replaceAll(' ', '-')}`;
			copyFileSync(sound, file);
			const database = new DatabaseSync(file);
			database.exec(sql);
			database.close();
			expect(checkStore(file).type).toBe('unsound');
		});

	it('finds a file that is no store', () => {
		expect(checkStore(fileURLToPath(import.meta.url)).type).toBe('unsound');
		expect(checkStore(join(directory, 'nothing-here')).type).toBe('unsound');
	});
});

describe('the confirmation of a backup', () => {
	it('tells a running server up to which commit tablets may let go, and never goes back', async () => {
		const file = newFile();
		const storage = await open(file);
		await storage.append(batchOf(entries(1, 10)));
		await storage.backup(`${file}.first`);
		await storage.append(batchOf(entries(11, 20)));
		await storage.backup(`${file}.second`);
		expect(confirmBackup(file, `${file}.second`)).toEqual({ type: 'confirmed', commit: 20 });
		expect(confirmBackup(file, `${file}.first`).type).toBe('confirmed-before');
		expect((await storage.readState()).confirmed).toBe(20);
		await storage.close();
	});

	it('is refused for another store, and for the end of a life that was cut off', async () => {
		const [file, other] = [newFile(), newFile()];
		const storage = await open(file);
		await storage.append(batchOf(entries(1, 10)));
		await storage.backup(`${file}.early`);
		await storage.append(batchOf(entries(11, 20)));
		await storage.backup(`${file}.late`);
		await storage.close();
		const stranger = await open(other);
		await stranger.append(batchOf(entries(1, 10)));
		await stranger.close();
		expect(confirmBackup(other, `${file}.early`).type).toBe('not-this-store');
		restore(file, `${file}.early`);
		expect(confirmBackup(file, `${file}.late`).type).toBe('not-this-store');
		expect(confirmBackup(file, `${file}.early`)).toEqual({ type: 'confirmed', commit: 10 });
	});
});

describe('a cloned server', () => {
	it('cannot confirm what only its twin has', async () => {
		const [file, twin] = [newFile(), newFile()];
		const storage = await open(file);
		await storage.append(batchOf(entries(1, 10)));
		await storage.backup(join(directory, 'twin'));
		mkdirSync(dirname(twin));
		copyFileSync(join(directory, 'twin'), twin);
		const other = await open(twin);
		await other.append(batchOf(entries(101, 110)));
		await other.backup(`${twin}.backup`);
		await other.close();
		await storage.append(batchOf(entries(11, 20)));
		await storage.close();
		expect(confirmBackup(file, `${twin}.backup`).type).toBe('not-this-store');
	});
});

describe('a restore', () => {
	it('puts the backup in place under a new epoch and keeps the store before', async () => {
		const file = newFile();
		const storage = await open(file);
		await storage.append(batchOf(entries(1, 10)));
		await storage.backup(`${file}.backup`);
		const later = await storage.append(batchOf(entries(11, 20)));
		expect(later).toHaveLength(10);
		await storage.close();
		const result = restore(file, `${file}.backup`);
		expect(result).toMatchObject({ type: 'restored', contents: { commit: 10 } });

		const restored = await open(file);
		expect(await epochsOf(restored)).toEqual([0, 10]);
		const again = await restored.append(batchOf(entries(5, 12)));
		expect(again.map(({ type }) => type)).toEqual([
			...Array<string>(6).fill('duplicate'),
			...Array<string>(2).fill('accepted')
		]);
		await restored.close();
		const kept = result.type === 'restored' ? (result.keptAs ?? '') : '';
		expect(kept).toMatch(/store\.sqlite\.replaced-20\d{6}T\d{6}Z$/);
		expect(checkStore(kept)).toMatchObject({ type: 'sound', contents: { commit: 20 } });
		expect(existsSync(`${file}.restoring`)).toBe(false);
	});

	it('is refused while the server runs and for a damaged backup; the store stays as it was', async () => {
		const file = newFile();
		const storage = await open(file);
		await storage.append(batchOf(entries(1, 10)));
		await storage.backup(`${file}.backup`);
		expect(restore(file, `${file}.backup`)).toEqual({ type: 'server-runs' });
		const before = await storage.readState();
		await storage.close();
		const database = new DatabaseSync(`${file}.backup`);
		database.exec("UPDATE entries SET bytes = x'00' WHERE commit_number = 3");
		database.close();
		expect(restore(file, `${file}.backup`).type).toBe('unsound');
		const after = await open(file);
		expect(await after.readState()).toEqual(before);
		await after.close();
	});

	it('works over a store that cannot be opened any more, and into an empty directory', async () => {
		const file = newFile();
		const storage = await open(file);
		await storage.append(batchOf(entries(1, 10)));
		const backup = join(directory, 'for-damaged');
		await storage.backup(backup);
		await storage.close();
		copyFileSync(fileURLToPath(import.meta.url), file);
		await expect(open(file)).rejects.toThrow();
		expect(restore(file, backup).type).toBe('restored');
		const empty = newFile();
		expect(restore(empty, backup)).toMatchObject({ type: 'restored' });
		for (const restored of [await open(file), await open(empty)]) {
			expect((await restored.readState()).head).toBe(10);
			await restored.close();
		}
	});
});

describe('an older database put in place by hand', () => {
	it('takes a new epoch by itself, once', async () => {
		const file = newFile();
		const first = await open(file);
		await first.append(batchOf(entries(1, 10)));
		await first.close();
		copyFileSync(file, `${file}.old`);
		const second = await open(file);
		expect(await epochsOf(second)).toEqual([0]);
		await second.append(batchOf(entries(11, 20)));
		await second.close();
		copyFileSync(`${file}.old`, file);
		const third = await open(file);
		expect(await epochsOf(third)).toEqual([0, 10]);
		await third.close();
		const fourth = await open(file);
		expect(await epochsOf(fourth)).toEqual([0, 10]);
		await fourth.close();
		copyFileSync(`${file}.old`, file);
		const fifth = await open(file);
		expect(await epochsOf(fifth)).toEqual([0, 10]);
		await fifth.close();
	});

	it('does not start empty where a store was', async () => {
		const file = newFile();
		await (await open(file)).close();
		rmSync(file);
		await expect(open(file)).rejects.toThrow('is missing');
		rmSync(highWaterFileOf(file));
		await (await open(file)).close();
	});
});

describe('the commands', () => {
	const job = async (name: string, dataDirectory: string, ...parameters: string[]) => {
		const script = fileURLToPath(new URL(`../jobs/${name}.ts`, import.meta.url));
		const env = { ...process.env, DATA_DIR: dataDirectory };
		return new Promise<{ status: number; said: string }>((resolve) => {
			execFile(process.execPath, [script, ...parameters], { env }, (error, stdout, stderr) => {
				const status = typeof error?.code === 'number' ? error.code : 0;
				resolve({ status, said: stdout + stderr });
			});
		});
	};

	it('back up a running server, confirm, and restore once it is stopped', async () => {
		const file = newFile();
		const data = dirname(file);
		const backup = join(directory, 'by-command');
		const storage = await open(file);
		await storage.append(batchOf(entries(1, 10)));
		const made = await job('backup', data, backup);
		expect(made.said).toMatch(/10 entries in 4 books.*\ncommit 10\ndigest [0-9a-f]{32}\n/s);
		expect(made.status).toBe(0);
		const confirmed = await job('backup', data, '--confirm', backup);
		expect(confirmed.said).toContain('Confirmed up to commit 10.');
		expect((await storage.readState()).confirmed).toBe(10);
		expect(await job('restore', data, backup)).toMatchObject({ status: 1 });
		await storage.close();
		const restored = await job('restore', data, backup);
		expect(restored.said).toMatch(/commit 10\n.*new epoch [0-9a-f]{12}\n.*is kept as/s);
		expect(restored.status).toBe(0);
	});

	it('say in words what is wrong and do nothing', async () => {
		const file = newFile();
		await (await open(file)).close();
		const data = dirname(file);
		const nowhere = join(directory, 'nowhere');
		const said = await Promise.all([
			job('backup', data),
			job('backup', nowhere, join(directory, 'x')),
			job('backup', data, join(nowhere, 'x')),
			job('backup', data, file),
			job('backup', data, '--confirm', nowhere),
			job('restore', data),
			job('restore', data, nowhere),
			job('restore', data, file)
		]);
		expect(said.map(({ status }) => status)).toEqual(said.map(() => 1));
		expect(said.map((answer) => answer.said.split('\n')[0])).toEqual([
			'Usage:',
			expect.stringContaining('There is no store at'),
			expect.stringContaining('There is no directory'),
			expect.stringContaining('is already there'),
			expect.stringContaining('There is no file'),
			'Usage:',
			expect.stringContaining('There is no file'),
			expect.stringContaining('This file is the store itself')
		]);
	}, 20_000);
});
