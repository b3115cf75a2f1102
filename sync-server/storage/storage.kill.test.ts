/**
 * SIGKILL at every named point and at random times, under load, again and again on one store: nothing
 * acknowledged is missing, nothing is doubled, and the file is sound. KILLS=1000 for more.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { commitsNamed, KILL_FACILITY, killEntries } from './kill-material.ts';
import { AT_MS, batchOf, createSeededRandom } from './port-suite-material.ts';
import { openSqliteStorage } from './sqlite.ts';
import { checkStore } from './sqlite/check-file.ts';
import { FAULT_POINTS } from './sqlite/group-commit.ts';
import type { ServerStorage } from './storage.ts';

const RANDOM_KILLS = Number(process.env['KILLS'] ?? 30);
const RANDOM_KILL_AFTER_MS_MAX = 100;
/** Then a new store: checking a store whole takes longer the more it holds. */
const KILLS_PER_STORE = 10;
const SECONDS_PER_KILL = 10;
const CHILD = fileURLToPath(new URL('./kill-child.ts', import.meta.url));

const directory = mkdtempSync(join(tmpdir(), 'server-killed-'));
afterAll(() => {
	rmSync(directory, { recursive: true, force: true });
});

for (const point of FAULT_POINTS)
	it(
		`loses and doubles nothing when killed at ${point}`,
		async () => {
			const file = join(directory, point, 'store.sqlite');
			for (const passage of [1, 7, 40]) {
				const run = `${point}-${passage}`;
				const environment = { CRASH_AT: point, CRASH_AFTER: `${passage}` };
				await verify(file, run, await runUntilKilled(file, run, environment));
			}
		},
		3 * SECONDS_PER_KILL * 1_000
	);

it(
	`loses and doubles nothing in ${RANDOM_KILLS} kills at random times`,
	async () => {
		const random = createSeededRandom(Date.now());
		let acknowledged = 0;
		for (let kill = 1; kill <= RANDOM_KILLS; kill++) {
			const file = join(directory, `${Math.ceil(kill / KILLS_PER_STORE)}`, 'store.sqlite');
			const afterMs = Math.floor(random() * RANDOM_KILL_AFTER_MS_MAX);
			const lines = await runUntilKilled(file, `${kill}`, {}, afterMs);
			acknowledged += await verify(file, `${kill}`, lines);
		}
		expect(acknowledged).toBeGreaterThan(RANDOM_KILLS);
	},
	RANDOM_KILLS * SECONDS_PER_KILL * 1_000
);

/** The lines the child wrote before it was killed; by itself, or by us some time after it was ready. */
async function runUntilKilled(
	file: string,
	run: string,
	environment: Record<string, string>,
	killAfterMs?: number
): Promise<string[]> {
	const linesFile = join(directory, `lines-${run}`);
	const child = spawn(process.execPath, [CHILD], {
		env: { ...process.env, ...environment, STORE: file, LINES: linesFile, RUN: run },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	let complaint = '';
	child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
	child.stdout.once('data', () => {
		if (killAfterMs !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfterMs);
	});
	const signal = await new Promise((resolve) => child.on('close', (_, name) => resolve(name)));
	expect({ signal, complaint }).toEqual({ signal: 'SIGKILL', complaint: '' });
	return readFileSync(linesFile, 'utf8').split('\n');
}

/** Opens what the kill left and holds it against what the child said. Answers how many acks there were. */
async function verify(file: string, run: string, lines: string[]): Promise<number> {
	const sent = lines.filter((line) => line.startsWith('sent ')).length;
	const acks = new Map(
		lines
			.map((line) => line.split(' '))
			.filter(([word]) => word === 'ack')
			.map(([, push, commits]) => [Number(push), (commits ?? '').split(',').map(Number)])
	);
	const storage = await openSqliteStorage({
		file,
		clock: () => AT_MS,
		random: (count) => new Uint8Array(randomBytes(count))
	});
	try {
		for (let push = 1; push <= sent; push++) await sendAgain(storage, run, push, acks.get(push));
		await expectEachOnce(storage, run, sent);
	} finally {
		await storage.close();
	}
	expect(checkStore(file)).toMatchObject({ type: 'sound' });
	return acks.size;
}

async function sendAgain(
	storage: ServerStorage,
	run: string,
	push: number,
	commits: number[] | undefined
): Promise<void> {
	const results = await storage.append(batchOf(killEntries(run, push)));
	if (commits === undefined) {
		for (const result of results) expect(result.type).not.toBe('refused');
		return;
	}
	expect(results).toEqual(commits.map((commit) => ({ type: 'duplicate', commit })));
}

/** The rows of the pushes name every commit number of the log, each once. */
async function expectEachAuditedOnce(storage: ServerStorage): Promise<void> {
	const { head } = await storage.readState();
	const pushes = await storage.listAudit({ action: 'push', limit: Number.MAX_SAFE_INTEGER });
	expect(commitsNamed(pushes)).toEqual(Array.from({ length: head }, (_, at) => at + 1));
}

async function expectEachOnce(storage: ServerStorage, run: string, sent: number): Promise<void> {
	const entries = Array.from({ length: sent }, (_, index) => killEntries(run, index + 1)).flat();
	const wanted = new Set(entries.map(({ id }) => id));
	const stored: string[] = [];
	for (const book of new Set(entries.map((entry) => entry.book)))
		stored.push(...(await storage.readBook(book)).map(({ id }) => id));
	expect(stored.toSorted()).toEqual([...wanted].toSorted());

	const { head } = await storage.readFeedState(KILL_FACILITY);
	const rows = await storage.readFeed(KILL_FACILITY, 0, { rowsMax: head, bytesMax: Infinity });
	const delivered = rows.flatMap((row) => (row.type === 'entry' ? [row.entry.commit] : []));
	expect(rows).toHaveLength(head);
	await expectEachAuditedOnce(storage);
	expect(new Set(delivered).size).toBe(delivered.length);
}
