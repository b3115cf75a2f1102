/** S-20: whoever holds an older checkpoint finds whatever was done to the access log behind it. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { CHECKPOINTS_FILE } from '../auth/files.ts';
import { openLogKey, readLogKeys } from '../auth/log-key.ts';
import { writeBackup } from '../storage/sqlite/backup-file.ts';
import { storeFileIn } from '../storage/sqlite/files.ts';
import { restoreStore } from '../storage/sqlite/restore-file.ts';
import { openSqliteStorage } from '../storage/sqlite.ts';
import { AT_MS, batchOf, bookId, deviceId, entryOf } from '../storage/port-suite-material.ts';
import type { ServerStorage } from '../storage/storage.ts';
import { readCheckpoints } from './checkpoint-file.ts';
import { createCheckpoints, type Checkpoints } from './checkpoints.ts';
import { verifyAccessLog, type Verification } from './audit-verify.ts';

vi.setConfig({ testTimeout: 60_000 });
const directory = mkdtempSync(join(tmpdir(), 'audit-verify-'));
const template = join(directory, 'template');
const folders: string[] = [];
const here = { at: AT_MS, device: deviceId(1), facility: 'S0001' };
/** What somebody outside kept after ten rows. */
let oldCheckpoint = '';

async function withLog<T>(
	dataDir: string,
	act: (storage: ServerStorage, checkpoints: Checkpoints) => Promise<T>
): Promise<T> {
	const storage = await openSqliteStorage({
		file: storeFileIn(dataDir),
		clock: () => AT_MS,
		random: (count) => new Uint8Array(randomBytes(count))
	});
	const checkpoints = createCheckpoints({
		storage,
		key: openLogKey(dataDir),
		file: join(dataDir, CHECKPOINTS_FILE),
		clock: { nowMs: () => AT_MS },
		randomBytes,
		every: () => undefined,
		onFailure: (error) => {
			throw error;
		}
	});
	try {
		return await act(storage, checkpoints);
	} finally {
		await storage.close();
	}
}

/** Five times: an entry is pushed, and its book is opened by name. */
async function happen(storage: ServerStorage, from: number): Promise<void> {
	for (let n = from; n < from + 5; n++) {
		await storage.append(batchOf([entryOf(bookId(n), n, { facility: 'S0001' })], 'small', here));
		await storage.audit({ ...here, action: 'open', book: bookId(n), detail: `reason=${n}` });
	}
}

beforeAll(async () => {
	await withLog(template, async (storage, checkpoints) => {
		await happen(storage, 0);
		oldCheckpoint = (await checkpoints.make()).text;
		await happen(storage, 5);
		const detail = 'feed snapshot to=10';
		await storage.audit({ ...here, action: 'deliver', detail });
		await checkpoints.make();
	});
});
afterEach(() => {
	for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});
afterAll(() => {
	rmSync(directory, { recursive: true });
});

/** The same data directory once more, to be done something to. */
function newCopy(from = template): string {
	const dataDir = mkdtempSync(join(directory, 'copy-'));
	folders.push(dataDir);
	for (const name of [
		'store.sqlite',
		'high-water',
		'access-log-key.pem',
		'access-log-keys',
		CHECKPOINTS_FILE
	])
		copyFileSync(join(from, name), join(dataDir, name));
	return dataDir;
}

function tamper(dataDir: string, sql: string): void {
	const database = new DatabaseSync(storeFileIn(dataDir));
	database.exec(sql);
	database.close();
}

/** As somebody would who also has the software: everything that follows from the rows is made again. */
async function foldAnew(dataDir: string): Promise<void> {
	tamper(dataDir, 'DELETE FROM audit_tree; DELETE FROM audit_salts; DELETE FROM audit_books');
	await withLog(dataDir, async (storage) => {
		const seed = randomBytes(32);
		expect(await storage.foldAudit({ rowsMax: 1_000, seed })).toMatchObject({ isComplete: true });
	});
}

function verify(dataDir: string, brought: string[] = []): Promise<Verification> {
	return verifyAccessLog({
		storeFile: storeFileIn(dataDir),
		keys: readLogKeys(dataDir),
		kept: readCheckpoints(join(dataDir, CHECKPOINTS_FILE)),
		brought
	});
}

/** Rows 4 (an opening) and 6 lie before the older checkpoint. */
const TAMPERING: [how: string, sql: string, told: RegExp][] = [
	['altered', `UPDATE audit SET detail = 'reason=9' WHERE number = 4`, /Row 4 was altered/],
	['given to another', `UPDATE audit SET facility = 'S0002' WHERE number = 4`, /Row 4 was altered/],
	['backdated', `UPDATE audit SET at_ms = at_ms - 1 WHERE number = 4`, /Row 4 was altered/],
	['removed', `DELETE FROM audit WHERE number = 4`, /Row 4 was removed/],
	[
		'removed, with the others moved up',
		`DELETE FROM audit WHERE number = 4; UPDATE audit SET number = -(number - 1) WHERE number > 4;
		UPDATE audit SET number = -number WHERE number < 0`,
		/Row 4 was altered/
	],
	[
		'inserted',
		`UPDATE audit SET number = -(number + 1) WHERE number >= 4; UPDATE audit SET number = -number WHERE number < 0;
		INSERT INTO audit (number, at_ms, action, detail) VALUES (4, 1, 'find', 'hits=0')`,
		/Row 4 was altered/
	],
	[
		'moved',
		`UPDATE audit SET number = -4 WHERE number = 4; UPDATE audit SET number = 4 WHERE number = 6;
		UPDATE audit SET number = 6 WHERE number = -4`,
		/Row 4 was altered.*Row 6 was altered/s
	]
];

describe('the access log against its checkpoints', () => {
	it('holds where nobody did anything, also with the checkpoint that somebody else kept', async () => {
		const found = await verify(template, [oldCheckpoint]);
		expect(found).toMatchObject({ isWhole: true, size: 21, waiting: 0, agreeing: 3, problems: [] });
	});

	for (const [how, sql, told] of TAMPERING) {
		it(`finds a row ${how}`, async () => {
			const dataDir = newCopy();
			tamper(dataDir, sql);
			const found = await verify(dataDir);
			expect(found.isWhole).toBe(false);
			expect(found.problems.join('\n')).toMatch(told);
		});

		it(`finds a row ${how} although the tree and the checkpoints were made again after it`, async () => {
			const dataDir = newCopy();
			tamper(dataDir, sql);
			if (how === 'removed')
				tamper(dataDir, 'UPDATE audit SET number = number - 1 WHERE number > 4');
			await foldAnew(dataDir);
			rmSync(join(dataDir, CHECKPOINTS_FILE));
			await withLog(dataDir, (_storage, checkpoints) => checkpoints.make());
			// Inside, everything agrees; only whoever kept a checkpoint knows.
			expect(await verify(dataDir)).toMatchObject({ isWhole: true });
			const found = await verify(dataDir, [oldCheckpoint]);
			expect(found.isWhole).toBe(false);
			expect(found.problems.join('\n')).toMatch(/a row from 1 to 10 was/);
		});
	}

	it('says between which checkpoints to look', async () => {
		const dataDir = newCopy();
		tamper(dataDir, `UPDATE audit SET detail = 'x' WHERE number = 14`);
		await foldAnew(dataDir);
		// New salts make all leaves new, so the rows are put back under their old ones.
		const found = await verify(dataDir, [oldCheckpoint]);
		expect(found.problems.join('\n')).toMatch(/a row from 1 to 10/);
		const other = newCopy();
		tamper(other, `UPDATE audit SET detail = 'x' WHERE number = 14; DELETE FROM audit_tree`);
		await withLog(other, (storage) => storage.foldAudit({ rowsMax: 99, seed: randomBytes(32) }));
		expect((await verify(other, [oldCheckpoint])).problems.join('\n')).toMatch(
			/a row from 11 to 21 was/
		);
	});

	it('finds the newest rows taken away, by whoever has a checkpoint of them', async () => {
		const dataDir = newCopy();
		tamper(dataDir, 'DELETE FROM audit WHERE number > 8');
		await foldAnew(dataDir);
		expect((await verify(dataDir)).problems.join('\n')).toMatch(/Rows were removed: .* covers 21/);
	});

	it('finds salts, hashes and notes of books that were touched', async () => {
		for (const [sql, told] of [
			[`UPDATE audit_salts SET salt = zeroblob(32)`, /Row 1 was altered/],
			[`UPDATE audit_tree SET hash = zeroblob(32) WHERE level = 2`, /hashes kept of the tree/],
			[`DELETE FROM audit_books WHERE audit = 21`, /10 notes of which book/]
		] as const) {
			const dataDir = newCopy();
			tamper(dataDir, sql);
			expect((await verify(dataDir)).problems.join('\n')).toMatch(told);
		}
	});

	it('finds that two people were shown different histories, as soon as one sees the other’s checkpoint', async () => {
		const [one, two] = [newCopy(), newCopy()];
		const shown: string[] = [];
		for (const [index, dataDir] of [one, two].entries())
			await withLog(dataDir, async (storage, checkpoints) => {
				await storage.audit({
					...here,
					action: 'open',
					book: bookId(1),
					detail: `reason=${index}`
				});
				shown.push((await checkpoints.make()).text);
			});
		const [, ofTwo = ''] = shown;
		expect(await verify(one)).toMatchObject({ isWhole: true });
		expect(await verify(two)).toMatchObject({ isWhole: true });
		expect((await verify(one, [ofTwo])).isWhole).toBe(false);
	});

	it('does not take what is no checkpoint of this log', async () => {
		const foreign = openLogKey(mkdtempSync(join(directory, 'foreign-')));
		const body = `${oldCheckpoint.split('\n\n')[0] ?? ''}\n`;
		const told = async (text: string) => (await verify(template, [text])).problems.join('\n');
		expect(await told(foreign.sign(body))).toMatch(/not signed by a key of this log/);
		expect(await told(oldCheckpoint.replace('\n10\n', '\n9\n'))).toMatch(/not signed by a key/);
		expect(await told('hello')).toMatch(/is no checkpoint/);
		const key = openLogKey(template);
		expect(
			await told(key.sign(body.replaceAll(/(?<=\/|epoch )[0-9a-f]{12}/g, 'abcabcabcabc')))
		).toMatch(/a life of the store that this one does not know/);
	});
});

describe('a restore from an older backup', () => {
	it('is told as one, and what went on before it is still held against the checkpoints', async () => {
		const dataDir = newCopy();
		const backup = join(dataDir, 'backup');
		writeBackup(storeFileIn(dataDir), backup);
		const lost = await withLog(dataDir, async (storage, checkpoints) => {
			await happen(storage, 20);
			return (await checkpoints.make()).text;
		});
		const storeFile = storeFileIn(dataDir);
		restoreStore({ storeFile, backupFile: backup, nowMs: AT_MS, epoch: randomBytes(6) });
		await withLog(dataDir, async (storage, checkpoints) => {
			await happen(storage, 30);
			await checkpoints.make();
		});
		const found = await verify(dataDir, [oldCheckpoint, lost]);
		expect(found).toMatchObject({ isWhole: true, size: 31, agreeing: 4 });
		expect(found.notes.join('\n')).toMatch(/Restored from an older backup .* after row 21/);
		expect(found.notes.join('\n')).toMatch(
			/2 checkpoints cover rows that were lost with it, up to 31/
		);

		tamper(dataDir, `UPDATE audit SET detail = 'x' WHERE number = 4`);
		expect((await verify(dataDir)).isWhole).toBe(false);
	});
});

describe('npm run audit', () => {
	const run = (dataDir: string, ...parameters: string[]) => {
		try {
			const stdout = execFileSync(process.execPath, ['sync-server/jobs/audit.ts', ...parameters], {
				cwd: join(import.meta.dirname, '../..'),
				env: { ...process.env, DATA_DIR: dataDir },
				encoding: 'utf8'
			});
			return { code: 0, last: stdout.trimEnd().split('\n').at(-1) ?? '', stdout };
		} catch (error) {
			const { status, stdout } = error as { status: number; stdout: string };
			return { code: status, last: stdout.trimEnd().split('\n').at(-1) ?? '', stdout };
		}
	};

	it('ends with one plain line and an exit code', () => {
		const dataDir = newCopy();
		const file = join(dataDir, 'kept.txt');
		writeFileSync(file, oldCheckpoint);
		const whole = run(dataDir, 'verify', '--checkpoint', file);
		expect(whole.last).toMatch(/^The access log holds: 21 rows agree with 3 checkpoints/);
		expect(whole.code).toBe(0);
		writeFileSync(file, JSON.stringify({ lines: 3, accessLog: oldCheckpoint }, undefined, '\t'));
		expect(run(dataDir, 'verify', '--checkpoint', file).last).toContain('agree with 3 checkpoints');
		tamper(dataDir, `UPDATE audit SET detail = 'x' WHERE number = 4`);
		const broken = run(dataDir, 'verify');
		expect([broken.code, broken.last]).toEqual([1, 'THE ACCESS LOG DOES NOT HOLD: see above.']);
		expect(run(dataDir, 'verify', '--checkpoint').code).toBe(2);
		expect(run(dataDir).code).toBe(2);
	});

	it('prints the newest checkpoint, and adds a key', () => {
		const dataDir = newCopy();
		expect(run(dataDir, 'checkpoint').stdout).toBe(
			readCheckpoints(join(dataDir, CHECKPOINTS_FILE)).at(-1)
		);
		expect(run(dataDir, 'new-key').code).toBe(0);
		expect(readLogKeys(dataDir)).toHaveLength(2);
		expect(run(dataDir, 'verify').code).toBe(0);
		const empty = join(dataDir, 'empty');
		mkdirSync(empty);
		expect(run(empty, 'checkpoint').code).toBe(2);
	});
});
