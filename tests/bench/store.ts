/**
 * The store of the bench: 10,000 people of the demo, made once and copied for each row. Its backup is
 * confirmed, as in a running province: settled entries travel without signatures.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
	cpSync,
	existsSync,
	globSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer, type RunningServer } from '../acceptance/start-server.ts';

export const PEOPLE = 10_000;
/** Vite says to the whole process of the bench that it is production, where a server does not open the demo. */
const OF_TESTS = { NODE_ENV: 'test' };
/** What decides what the store looks like: a store made by other sources is not used. */
const SOURCES = ['sync-server/jobs/demo', 'sync-server/storage', 'src/lib/domain', 'src/lib/entry'];
const FOLDER = join(tmpdir(), `so-suc-khoe-bench-${PEOPLE}-${fingerprint()}`);

export interface BenchServer {
	server: RunningServer;
	dataDir: string;
	/** Ends it and removes its copy of the store. */
	close(): Promise<void>;
}

/** Runs `work` on a server with a copy of the store. */
export async function withServer<T>(
	work: (server: RunningServer, dataDir: string) => Promise<T>,
	env: Record<string, string> = {}
): Promise<T> {
	const bench = await openServer(env);
	try {
		return await work(bench.server, bench.dataDir);
	} finally {
		await bench.close();
	}
}

/** A server with a copy of the store, until it is closed. */
export async function openServer(env: Record<string, string> = {}): Promise<BenchServer> {
	await prepareStore();
	const dataDir = mkdtempSync(join(tmpdir(), 'so-suc-khoe-bench-run-'));
	cpSync(FOLDER, dataDir, { recursive: true });
	const server = await startServer({ dataDir, env: { ...OF_TESTS, ...env } });
	return {
		server,
		dataDir,
		close: async () => {
			await server.kill();
			rmSync(dataDir, { recursive: true, force: true });
		}
	};
}

function fingerprint(): string {
	const hash = createHash('sha256');
	const files = SOURCES.flatMap((folder) => globSync(`${folder}/**/*.ts`)).sort();
	for (const file of files) hash.update(file).update(readFileSync(file));
	return hash.digest('hex').slice(0, 12);
}

async function prepareStore(): Promise<void> {
	if (existsSync(join(FOLDER, 'ready'))) return;
	rmSync(FOLDER, { recursive: true, force: true });
	mkdirSync(FOLDER, { recursive: true });
	process.stderr.write(`making a store of ${PEOPLE.toLocaleString('en')} people, once ...\n`);
	const server = await startServer({ dataDir: FOLDER, people: PEOPLE, env: OF_TESTS });
	confirmBackup(FOLDER);
	await server.stop();
	mkdirSync(join(FOLDER, 'ready'));
}

/** The backup of the night, of a running server, and its confirmation. */
export function confirmBackup(dataDir: string): void {
	const backup = `${dataDir}.backup`;
	rmSync(backup, { force: true });
	run(dataDir, 'backup.ts', backup);
	run(dataDir, 'backup.ts', '--confirm', backup);
	rmSync(backup, { force: true });
}

function run(dataDir: string, job: string, ...parameters: string[]): void {
	execFileSync(process.execPath, [join('sync-server/jobs', job), ...parameters], {
		env: { ...process.env, DATA_DIR: dataDir },
		stdio: 'ignore'
	});
}
