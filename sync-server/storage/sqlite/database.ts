/**
 * Opens the database file and makes sure it is what durability needs: a SQLite without the known WAL
 * defects, WAL, and `synchronous=FULL`, read back. Refuses to start otherwise.
 */
import { DatabaseSync } from 'node:sqlite';
import { MIGRATIONS } from '../migrations/migrations.ts';
import { StorageFailure } from '../storage.ts';
import { integerAt, prepareQuery, textAt } from './columns.ts';
import { failureMessageOf } from './failure.ts';

/** Earlier ones can lose or damage committed pages of a WAL under rare timing. */
export const SQLITE_VERSION_MIN = '3.51.3';
const SYNCHRONOUS_FULL = 2;
const CACHE_KIBIBYTES = 32 * 1024;
/** Pages in the WAL before a commit also copies them into the database: fewer, longer pauses. */
const WAL_PAGES_BEFORE_CHECKPOINT = 4_000;

export interface DatabaseLimits {
	/** How long a statement waits for another process. */
	busyTimeoutMs: number;
	/** The file may not grow beyond; for hosts with a quota and for tests of a full disk. */
	pagesMax?: number;
}

/** The one connection that writes. Throws with a plain sentence when the store must not be used. */
export function openForWriting(file: string, limits: DatabaseLimits): DatabaseSync {
	assertVersion();
	const database = new DatabaseSync(file, { timeout: limits.busyTimeoutMs });
	makeDurable(database);
	database.exec(`PRAGMA cache_size = -${CACHE_KIBIBYTES}`);
	if (limits.pagesMax !== undefined) database.exec(`PRAGMA max_page_count = ${limits.pagesMax}`);
	migrate(database);
	return database;
}

/** As `openForWriting`, and throws with a plain sentence when the pages of the file do not fit together:
 * what is written into it then may be lost. Reads the whole file; a wrong byte of an entry it cannot see. */
export function openWhole(file: string, limits: DatabaseLimits): DatabaseSync {
	try {
		const database = openForWriting(file, limits);
		const [row] = prepareQuery(database, 'PRAGMA quick_check(1)').all();
		const told = row === undefined ? '' : textAt(row, 0);
		if (told === 'ok') return database;
		throw new StorageFailure('corrupt', told.split('\n').at(-1) ?? '');
	} catch (error) {
		const { code, message } = failureMessageOf(error);
		if (code !== 'corrupt') throw error;
		const sentence = `The database ${file} is damaged (${message}). Restore a backup: npm run restore -- FILE`;
		throw new StorageFailure('corrupt', sentence);
	}
}

/** A connection that only reads; it sees what was committed when its transaction began. */
export function openForReading(file: string, limits: DatabaseLimits): DatabaseSync {
	const database = new DatabaseSync(file, { timeout: limits.busyTimeoutMs });
	database.exec(`PRAGMA query_only = 1; PRAGMA cache_size = -${CACHE_KIBIBYTES}`);
	return database;
}

/** Number of the newest migration this file has seen; 0 for an empty file. */
export function schemaVersion(database: DatabaseSync): number {
	return pragmaNumber(database, 'user_version');
}

function makeDurable(database: DatabaseSync): void {
	const mode = prepareQuery(database, 'PRAGMA journal_mode = WAL').get();
	if (mode === undefined || textAt(mode, 0) !== 'wal')
		throw new Error('The database cannot use a write-ahead log on this file system.');
	database.exec(`PRAGMA synchronous = FULL;
		PRAGMA wal_autocheckpoint = ${WAL_PAGES_BEFORE_CHECKPOINT}`);
	if (pragmaNumber(database, 'synchronous') !== SYNCHRONOUS_FULL)
		throw new Error('The database does not wait for the disk (synchronous is not FULL).');
}

function assertVersion(): void {
	const actual = process.versions.sqlite ?? '0';
	if (compareVersions(actual, SQLITE_VERSION_MIN) < 0)
		throw new Error(`SQLite ${actual} is too old; ${SQLITE_VERSION_MIN} or newer is needed.`);
}

/** Negative when `a` is older than `b`. */
export function compareVersions(a: string, b: string): number {
	const left = a.split('.').map(Number);
	const right = b.split('.').map(Number);
	for (let i = 0; i < 3; i++) {
		const difference = (left[i] ?? 0) - (right[i] ?? 0);
		if (difference !== 0) return difference;
	}
	return 0;
}

/** Each migration in a transaction of its own with its number: stopped in between, it goes on there. */
function migrate(database: DatabaseSync): void {
	const version = schemaVersion(database);
	if (version > MIGRATIONS.length)
		throw new Error(
			`The database has shape ${version}; this software knows ${MIGRATIONS.length}. Use the newer software.`
		);
	for (const [index, sql] of MIGRATIONS.entries()) {
		if (index < version) continue;
		database.exec(`BEGIN IMMEDIATE; ${sql} PRAGMA user_version = ${index + 1}; COMMIT`);
	}
}

function pragmaNumber(database: DatabaseSync, name: string): number {
	const row = prepareQuery(database, `PRAGMA ${name}`).get();
	return row === undefined ? 0 : integerAt(row, 0);
}
