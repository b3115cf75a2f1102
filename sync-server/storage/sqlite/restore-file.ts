/**
 * Puts a backup in the place of the store. The backup is checked before anything is touched; the store
 * it replaces is kept beside, under a dated name; there is no moment without a database; and the
 * restored one is another life of the log: it has its new epoch before it has its name.
 */
import { copyFileSync, existsSync, linkSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { syncFile, writeBackup } from './backup-file.ts';
import { checkStore, type StoreContents } from './check-file.ts';
import { openForWriting } from './database.ts';
import { currentHighWater, syncDirectory, takeNewEpoch, writeHighWater } from './epochs.ts';
import { highWaterFileOf, lockFileOf } from './files.ts';
import { takeLock } from './lock.ts';

export interface Restore {
	storeFile: string;
	backupFile: string;
	nowMs: number;
	/** Six random bytes. */
	epoch: Uint8Array;
}

export type RestoreResult =
	| { type: 'restored'; contents: StoreContents; epoch: string; keptAs?: string }
	| { type: 'server-runs' }
	| { type: 'unsound'; problems: string[] };

const BUSY_TIMEOUT_MS = 1_000;

/** Throws when the disk does not let it: then the store is as it was. */
export function restoreStore(restore: Restore): RestoreResult {
	mkdirSync(dirname(restore.storeFile), { recursive: true });
	const release = takeLock(lockFileOf(restore.storeFile));
	if (release === undefined) return { type: 'server-runs' };
	try {
		const check = checkStore(restore.backupFile);
		if (check.type === 'unsound') return check;
		const prepared = prepareCopy(restore);
		const keptAs = keepOldStore(restore);
		renameSync(prepared, restore.storeFile);
		syncDirectory(dirname(restore.storeFile));
		const epoch = noteHighWater(restore.storeFile);
		return {
			type: 'restored',
			contents: check.contents,
			epoch,
			...(keptAs === undefined ? {} : { keptAs })
		};
	} finally {
		release();
	}
}

/** The backup as it will be the store: in the current shape, with its new epoch, on disk. */
function prepareCopy({ storeFile, backupFile, epoch, nowMs }: Restore): string {
	const prepared = `${storeFile}.restoring`;
	removeDatabase(prepared);
	try {
		writeBackup(backupFile, prepared);
		const database = openForWriting(prepared, { busyTimeoutMs: BUSY_TIMEOUT_MS });
		try {
			takeNewEpoch(database, { epoch, nowMs });
		} finally {
			database.close();
		}
		syncFile(prepared);
		return prepared;
	} catch (error) {
		removeDatabase(prepared);
		throw error;
	}
}

/** The name under which the replaced store is kept; undefined when there was none. */
function keepOldStore({ storeFile, nowMs }: Restore): string | undefined {
	if (!existsSync(storeFile)) return undefined;
	const stamp = new Date(nowMs).toISOString().replace(/[-:]|\.\d+/g, '');
	const keptAs = freeName(`${storeFile}.replaced-${stamp}`);
	foldWriteAheadLog(storeFile);
	// A log that could not be folded belongs to the old database; the new one must never meet it.
	if (existsSync(`${storeFile}-wal`)) renameSync(`${storeFile}-wal`, `${keptAs}-wal`);
	rmSync(`${storeFile}-shm`, { force: true });
	try {
		linkSync(storeFile, keptAs);
	} catch {
		copyFileSync(storeFile, keptAs);
	}
	return keptAs;
}

/** After this the database file alone holds everything; a damaged one is kept as it is. */
function foldWriteAheadLog(storeFile: string): void {
	try {
		const database = new DatabaseSync(storeFile, { timeout: BUSY_TIMEOUT_MS });
		try {
			database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
		} finally {
			database.close();
		}
	} catch {
		return;
	}
}

function noteHighWater(storeFile: string): string {
	const database = openForWriting(storeFile, { busyTimeoutMs: BUSY_TIMEOUT_MS });
	try {
		const highWater = currentHighWater(database);
		writeHighWater(highWaterFileOf(storeFile), highWater);
		return highWater.epoch;
	} finally {
		database.close();
	}
}

function freeName(wanted: string): string {
	let name = wanted;
	for (let n = 2; existsSync(name); n++) name = `${wanted}-${n}`;
	return name;
}

function removeDatabase(file: string): void {
	for (const suffix of ['', '-wal', '-shm', '-journal'])
		rmSync(`${file}${suffix}`, { force: true });
}
