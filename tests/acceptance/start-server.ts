/**
 * A real server for tests: the process that `npm start` runs, on a data directory of its own, or the
 * same parts in this process without HTTP. Staff are written into the store before it starts.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bytesToId, type PersonId } from '#lib/domain/ids.ts';
import type { Role } from '#lib/domain/book/envelope.ts';
import type { Facility } from '#lib/protocol/api.ts';
import { createIssuingKeyPem, issuingKeyOfPem } from '../../sync-server/auth/issuing-key.ts';
import { hashPassword } from '../../sync-server/auth/password-hash.ts';
import { storeFileIn } from '../../sync-server/storage/sqlite/files.ts';
import { openSqliteStorage } from '../../sync-server/storage/sqlite.ts';
import type { Account, ServerStorage } from '../../sync-server/storage/storage.ts';
import { createSyncService } from '../../sync-server/sync/sync-service.ts';
import { createVerifier } from '../../sync-server/sync/verify-signature.ts';

import { noteStore } from './enrolment-codes.ts';

const ROOT = join(import.meta.dirname, '../..');
const OWN_NODE = join(ROOT, 'node_modules/.bin/node');
const START_TIMEOUT_MS = 120_000;

export const STATION_A: Facility = {
	code: '01001',
	name: 'Trạm Y tế A',
	kind: 'commune-station',
	commune: '00001',
	shortCode: 'SA'
};
export const STATION_B: Facility = {
	code: '01002',
	name: 'Trạm Y tế B',
	kind: 'commune-station',
	commune: '00002',
	shortCode: 'SB'
};
/** Of everybody's account. */
export const TEST_PASSWORD = 'mật khẩu của trạm';
/** What people choose on a tablet. */
export const TEST_PIN = '246810';

export interface RunningServer {
	url: string;
	pid: number;
	/** Everything it has written to the terminal. */
	output(): string;
	/** Asks it to end, as Ctrl-C does; answers its exit code. */
	stop(signal?: 'SIGINT' | 'SIGTERM'): Promise<number | null>;
	/** SIGKILL. */
	kill(): Promise<void>;
	/** The terminal goes away: nobody reads what the server says any more. */
	hangUp(): void;
	/** Resolves when the process has ended by itself. */
	ended(): Promise<number | null>;
}

export function newDataDir(): string {
	return mkdtempSync(join(tmpdir(), 'so-suc-khoe-test-'));
}

/** Spawns the server and waits until it says where it is. */
export async function startServer(options: {
	dataDir: string;
	people?: number;
	env?: Record<string, string>;
	/** Further options of the command line. */
	args?: string[];
	/** Called with everything written so far, whenever there is more. */
	onOutput?: (output: string, kill: (signal?: NodeJS.Signals) => void) => void;
}): Promise<RunningServer> {
	const node = existsSync(OWN_NODE) ? OWN_NODE : process.execPath;
	const people = String(options.people ?? 0);
	const args = ['sync-server/main.ts', '--people', people, ...(options.args ?? [])];
	const child = spawn(node, args, {
		cwd: ROOT,
		env: {
			...process.env,
			PORT: '0',
			HOST: '127.0.0.1',
			DATA_DIR: options.dataDir,
			...options.env
		},
		stdio: ['ignore', 'pipe', 'pipe']
	});
	let output = '';
	const collect = (chunk: Buffer) => {
		output += chunk.toString();
		options.onOutput?.(output, (signal = 'SIGKILL') => child.kill(signal));
	};
	child.stdout.on('data', collect);
	child.stderr.on('data', collect);
	const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
	const url = await readUrl(child, () => output, exit);
	noteStore(url, storeFileIn(options.dataDir));
	return {
		url,
		pid: child.pid ?? 0,
		output: () => output,
		stop: async (signal = 'SIGTERM') => {
			child.kill(signal);
			return exit;
		},
		kill: async () => {
			child.kill('SIGKILL');
			await exit;
		},
		hangUp: () => {
			child.stdout.destroy();
			child.stderr.destroy();
		},
		ended: () => exit
	};
}

async function readUrl(
	child: ChildProcess,
	output: () => string,
	exit: Promise<number | null>
): Promise<string> {
	return new Promise((resolve, reject) => {
		const timer = setTimeout(() => {
			child.kill('SIGKILL');
			reject(new Error(`the server did not start:\n${output()}`));
		}, START_TIMEOUT_MS);
		child.stdout?.on('data', () => {
			const url = /ready: (https?:\/\/[^\s]+)/.exec(output())?.[1];
			// The last line it says: staff stand above it.
			if (url === undefined || !output().includes('Ctrl-C')) return;
			clearTimeout(timer);
			resolve(url.replace('localhost', '127.0.0.1'));
		});
		void exit.then((code) => {
			clearTimeout(timer);
			reject(new Error(`the server ended with ${String(code)}:\n${output()}`));
		});
	});
}

export interface TestStaff {
	login: string;
	name: string;
	role: Role;
	facility: string;
}

export const NURSE_A: TestStaff = {
	login: 'lan.a',
	name: 'Nguyễn Thị Lan',
	role: 'nurse',
	facility: STATION_A.code
};
export const NURSE_B: TestStaff = {
	login: 'hoa.b',
	name: 'Trần Thị Hoa',
	role: 'nurse',
	facility: STATION_B.code
};
export const AUDITOR_A: TestStaff = {
	login: 'kiem.a',
	name: 'Lê Văn Kiểm',
	role: 'auditor',
	facility: STATION_A.code
};

/** Opens the store of a data directory while no server runs on it. */
export async function withStorage<T>(
	dataDir: string,
	work: (storage: ServerStorage) => Promise<T>
): Promise<T> {
	const storage = await openStorage(dataDir);
	try {
		return await work(storage);
	} finally {
		await storage.close();
	}
}

export function databaseFile(dataDir: string): string {
	return storeFileIn(dataDir);
}

async function openStorage(dataDir: string): Promise<ServerStorage> {
	const file = databaseFile(dataDir);
	return openSqliteStorage({ file, clock: () => Date.now(), random: randomBytes });
}

/** Two stations and their staff, all with `TEST_PASSWORD`. */
export async function seedStaff(
	dataDir: string,
	staff: TestStaff[] = [NURSE_A, NURSE_B, AUDITOR_A]
): Promise<Account[]> {
	return withStorage(dataDir, (storage) => putStaff(storage, staff));
}

export async function putStaff(storage: ServerStorage, staff: TestStaff[]): Promise<Account[]> {
	await storage.putFacility(STATION_A, []);
	await storage.putFacility(STATION_B, []);
	const passwordHash = await hashPassword(TEST_PASSWORD, randomBytes);
	const accounts = staff.map((one) => ({ ...one, person: newPerson(), passwordHash }));
	for (const account of accounts) await storage.putAccount(account);
	return accounts;
}

function newPerson(): PersonId {
	return bytesToId<PersonId>(randomBytes(16));
}

/** The sync service on real SQLite in this process, without HTTP. */
export async function startInProcess(dataDir: string, clock = { nowMs: () => Date.now() }) {
	const storage = await openStorage(dataDir);
	const issuingKey = issuingKeyOfPem(createIssuingKeyPem());
	const verify = createVerifier();
	const deps = { storage, verify, clock, issuingKey: issuingKey.publicKey };
	return { storage, issuingKey, verify, clock, sync: createSyncService(deps) };
}
