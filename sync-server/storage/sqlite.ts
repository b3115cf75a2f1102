/**
 * The embedded storage: node:sqlite in two worker threads, one that writes (group commit, fsync before
 * every answer) and one that reads. The main thread never waits for the disk.
 *
 * Refuses to start when another process runs the same store, when the database cannot be made durable,
 * and when its shape is newer than this software. A database older than the high-water file beside it
 * takes a new epoch.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { AppendBatch, AppendResult, ServerStorage } from './storage.ts';
import type { PasskeyResult } from './passkeys.ts';
import type { AccountResult, EnrolmentResult } from './registry.ts';
import { EPOCH_BYTES, StorageFailure } from './storage.ts';
import { createArena } from './arena.ts';
import { highWaterFileOf, lockFileOf } from './sqlite/files.ts';
import type { Fault } from './sqlite/group-commit.ts';
import { takeLock } from './sqlite/lock.ts';
import type { WorkerSettings } from './sqlite/messages.ts';
import { READ_METHODS, type ReadMethod } from './sqlite/reader.ts';
import { startThread, type Thread } from './sqlite/thread.ts';

export interface SqliteStorageOptions {
	/** The database file; its directory is made when it is not there. */
	file: string;
	/** Server time, milliseconds. */
	clock: () => number;
	random: (count: number) => Uint8Array;
	/** For tests: called on the main thread at named points while the writer waits. It may kill the
	 * process, or throw: before the commit the calls of that commit fail, after it the storage ends. */
	fault?: Fault;
	/** The storage is gone for good, unasked: whoever runs it must end and be started again. */
	onLost?: (failure: StorageFailure) => void;
	busyTimeoutMs?: number;
	/** The file may not grow beyond this many pages of 4 KiB. */
	pagesMax?: number;
}

const BUSY_TIMEOUT_MS = 5_000;

/**
 * Opens or creates the store. Rejects with a plain sentence when it must not be used; see the head of
 * this file.
 */
export async function openSqliteStorage(options: SqliteStorageOptions): Promise<ServerStorage> {
	const { file } = options;
	mkdirSync(dirname(file), { recursive: true });
	const release = takeLock(lockFileOf(file));
	if (release === undefined)
		throw new StorageFailure('busy', 'Another server runs on this data directory.');
	try {
		assertNotLost(file);
		const settings = settingsOf(options);
		const [writer, reader] = await startBoth(settings, options);
		return createStorage({ writer, reader, options, settings, release });
	} catch (error) {
		release();
		throw error;
	}
}

async function startBoth(
	settings: Omit<WorkerSettings, 'role'>,
	{ fault, onLost }: SqliteStorageOptions
) {
	const lost = onLost === undefined ? {} : { onLost };
	const faults = fault === undefined ? {} : { fault };
	const reading = startThread({ ...settings, role: 'reader' }, lost);
	try {
		return [
			await startThread({ ...settings, role: 'writer' }, { ...lost, ...faults }),
			await reading
		] as const;
	} catch (error) {
		await (await reading).close();
		throw error;
	}
}

/** An empty store beside a high-water mark would look like a server that never had any data. */
function assertNotLost(file: string): void {
	const mark = highWaterFileOf(file);
	if (existsSync(file) || !existsSync(mark)) return;
	throw new StorageFailure(
		'corrupt',
		`The database ${file} is missing, but ${mark} says there was one. Restore a backup, or remove that file to begin empty.`
	);
}

function settingsOf(options: SqliteStorageOptions): Omit<WorkerSettings, 'role'> {
	return {
		file: options.file,
		busyTimeoutMs: options.busyTimeoutMs ?? BUSY_TIMEOUT_MS,
		epochWhenNeeded: options.random(EPOCH_BYTES),
		nowMs: options.clock(),
		...(options.pagesMax === undefined ? {} : { pagesMax: options.pagesMax })
	};
}

interface StorageParts {
	writer: Thread;
	reader: Thread;
	options: SqliteStorageOptions;
	settings: Omit<WorkerSettings, 'role'>;
	release: () => void;
}

type Calls = Pick<ServerStorage, ReadMethod>;

function createStorage(parts: StorageParts): ServerStorage {
	const { writer, reader, options, settings, release } = parts;
	const write = async (method: string, ...parameters: unknown[]): Promise<void> => {
		await writer.call(method, parameters);
	};
	const reads = Object.fromEntries(
		READ_METHODS.map((method) => [
			method,
			(...parameters: unknown[]) => reader.call(method, parameters)
		])
	) as unknown as Calls;
	return {
		...reads,
		append: (batch) => append(writer, batch),
		putQuarantine: (rows) =>
			writer.call('putQuarantine', [rows]) as ReturnType<ServerStorage['putQuarantine']>,
		review: (request) => writer.call('review', [request]) as ReturnType<ServerStorage['review']>,
		audit: (row) => write('audit', row),
		foldAudit: (request) =>
			writer.call('foldAudit', [request]) as ReturnType<ServerStorage['foldAudit']>,
		beginMembership: (...parameters) => write('beginMembership', ...parameters),
		endMembership: (...parameters) => write('endMembership', ...parameters),
		endOverdue: (...parameters) => writer.call('endOverdue', parameters) as Promise<number>,
		openInEmergency: (request) =>
			writer.call('openInEmergency', [request]) as ReturnType<ServerStorage['openInEmergency']>,
		reviewEmergency: (request) =>
			writer.call('reviewEmergency', [request]) as ReturnType<ServerStorage['reviewEmergency']>,
		recordReads: (report) => write('recordReads', report),
		noteFeedRead: (...parameters) => write('noteFeedRead', ...parameters),
		noteCitizenRead: (...parameters) => write('noteCitizenRead', ...parameters),
		putFacility: (facility, duties) => write('putFacility', facility, duties, options.clock()),
		...createRegistryCalls(writer),
		advanceJournal: (device, tip) => write('advanceJournal', device, tip),
		nextDeviceNumber: (facility) => writer.call('nextDeviceNumber', [facility]) as Promise<number>,
		putPersonKey: (key) => write('putPersonKey', key),
		putCatalogue: (edition) =>
			writer.call('putCatalogue', [edition]) as ReturnType<ServerStorage['putCatalogue']>,
		confirm: (commit) => write('confirm', commit),
		checkWritable: () => write('checkWritable'),
		async backup(file) {
			const copier = await startThread({ ...settings, role: 'copier' });
			try {
				return (await copier.call('backup', [file])) as { commit: number };
			} finally {
				await copier.close();
			}
		},
		async close() {
			await Promise.all([writer.close(), reader.close()]);
			release();
		}
	};
}

type RegistryCalls = Pick<
	ServerStorage,
	| 'putAccount'
	| 'putPassword'
	| 'endAccount'
	| 'putDevice'
	| 'changeDevice'
	| 'putDeviceReport'
	| 'putEnrolmentCode'
	| 'enrolDevice'
	| 'putPasskey'
	| 'usePasskey'
	| 'removePasskeys'
>;

/** Accounts, passkeys and devices. */
function createRegistryCalls(writer: Thread): RegistryCalls {
	const call = (method: keyof RegistryCalls, parameters: unknown[]) =>
		writer.call(method, parameters);
	return {
		putAccount: (...parameters) => call('putAccount', parameters) as Promise<AccountResult>,
		putPassword: (...parameters) => call('putPassword', parameters) as Promise<boolean>,
		endAccount: (end) => call('endAccount', [end]) as Promise<boolean>,
		putDevice: (device) => call('putDevice', [device]) as Promise<void>,
		changeDevice: (request) => call('changeDevice', [request]) as Promise<boolean>,
		putDeviceReport: (...parameters) => call('putDeviceReport', parameters) as Promise<void>,
		putEnrolmentCode: (...parameters) => call('putEnrolmentCode', parameters) as Promise<void>,
		enrolDevice: (request) => call('enrolDevice', [request]) as Promise<EnrolmentResult>,
		putPasskey: (...parameters) => call('putPasskey', parameters) as Promise<PasskeyResult>,
		usePasskey: (use) => call('usePasskey', [use]) as Promise<boolean>,
		removePasskeys: (removal) => call('removePasskeys', [removal]) as Promise<number>
	};
}

/** The bytes go over in one buffer of their own, so that the caller's stay usable. */
function append(writer: Thread, batch: AppendBatch): Promise<AppendResult[]> {
	if (batch.entries.length === 0) return Promise.resolve([]);
	const arena = createArena(
		batch.entries.reduce((sum, { bytes, signature }) => sum + bytes.length + signature.length, 0)
	);
	const entries = batch.entries.map((entry) => ({
		...entry,
		bytes: arena.keep(entry.bytes),
		signature: arena.keep(entry.signature)
	}));
	return writer.call('append', [{ ...batch, entries }], arena.take()) as Promise<AppendResult[]>;
}
