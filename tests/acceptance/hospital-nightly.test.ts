/** The hospital's night as its operator runs it: a process, an inbox, a server that may die. */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Facility } from '#lib/protocol/api.ts';
import { lookupsOfQuestion } from '#lib/domain/people/lookups.ts';
import { readEntry } from '#lib/entry/entry.ts';
import {
	newDataDir,
	NURSE_A,
	putStaff,
	startServer,
	STATION_A,
	TEST_PASSWORD,
	withStorage,
	type RunningServer,
	type TestStaff
} from './start-server.ts';
import { newCodeFor } from './enrolment-codes.ts';
import { newBook, signInDevice } from './test-device.ts';

const ROOT = join(import.meta.dirname, '../..');
const HOSPITAL: Facility = {
	code: '01100',
	name: 'Bệnh viện Đa khoa khu vực',
	kind: 'regional-hospital',
	commune: '00001',
	shortCode: 'BV'
};
const AGENT: TestStaff = {
	login: 'agent.bv',
	name: 'Máy của bệnh viện',
	role: 'hospital-agent',
	facility: HOSPITAL.code
};
const NUMBER = '001199000001';

const dataDir = newDataDir();
let server: RunningServer;
let hospitals = 0;

beforeAll(async () => {
	await withStorage(dataDir, async (storage) => {
		await putStaff(storage, [NURSE_A]);
		await storage.putFacility(HOSPITAL, [STATION_A.code]);
		await putStaff(storage, [AGENT]);
	});
	server = await startServer({ dataDir });
});
afterAll(async () => {
	await server.kill();
	rmSync(dataDir, { recursive: true });
});

function startAgent(...words: string[]) {
	return spawn(process.execPath, ['sync-server/hospital/main.ts', ...words], {
		cwd: ROOT,
		stdio: ['ignore', 'pipe', 'pipe']
	});
}

async function newHospital(url = server.url) {
	const folder = join(dataDir, `hospital-${++hospitals}`);
	mkdirSync(join(folder, 'inbox'), { recursive: true });
	const config = join(folder, 'hospital.json');
	const enrolmentCode = await newCodeFor(server.url, AGENT.login);
	const who = { login: AGENT.login, password: TEST_PASSWORD, enrolmentCode };
	const settings = { server: url, ...who, dataDir: 'replica' };
	writeFileSync(config, JSON.stringify({ ...settings, inbox: 'inbox', receipts: 'receipts' }));
	const start = () => startAgent('nightly', '--config', config);
	return {
		folder,
		put: (name: string, lines: unknown[]) => {
			const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
			writeFileSync(join(folder, 'inbox', name), text.join('\n') + '\n');
		},
		files: (sub: string) => readdirSync(join(folder, 'inbox', sub)),
		start,
		run: () => ended(start()),
		receipt: () => {
			const newest = readdirSync(join(folder, 'receipts')).sort().at(-1) ?? '';
			return JSON.parse(readFileSync(join(folder, 'receipts', newest), 'utf8')) as Receipt;
		}
	};
}

interface Receipt {
	outcome: string;
	reason?: string;
	lines: {
		read: number;
		taken: number;
		takenBefore: number;
		undecided: number;
		refused: { file: string; lineNumber: number; source?: string; code: string; path?: string }[];
	};
	sent: { acknowledged: number; refused: unknown[]; waiting: number };
	replica: { books: number; digest: string; matchesServer: boolean };
}

async function ended(
	child: ReturnType<typeof spawn>
): Promise<{ code: number | null; signal: NodeJS.Signals | null; output: string }> {
	let output = '';
	child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
	child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
	return new Promise((resolve) => {
		child.once('close', (code, signal) => resolve({ code, signal, output }));
	});
}

/** Resolves as soon as it says so. */
function says(child: ReturnType<typeof spawn>, words: string): Promise<void> {
	let output = '';
	return new Promise((resolve) => {
		child.stdout?.on('data', (chunk: Buffer) => {
			output += chunk.toString();
			if (output.includes(words)) resolve();
		});
	});
}

/** SIGKILL at the moment it says that it has come so far, however fast the machine is. */
function killWhen(child: ReturnType<typeof spawn>, words: string): void {
	let output = '';
	child.stdout?.on('data', (chunk: Buffer) => {
		output += chunk.toString();
		if (output.includes(words)) child.kill('SIGKILL');
	});
}

function newPerson(source: string, number: string) {
	return {
		source,
		person: { new: true },
		kind: 'facts',
		occurred: '2026-11-23',
		body: {
			name: 'Hoàng Văn Thử',
			birthDate: '1980-02-01',
			'identifier.personal': { value: number, source: 'card' }
		}
	};
}

function visit(source: string, number: string, reason = 'Ho, sốt 3 ngày') {
	return {
		source,
		person: { identifier: { kind: 'personal', value: number } },
		kind: 'visit',
		occurred: '2026-11-23T09:30',
		body: { reason, measurements: { temperature_dC: 382 } }
	};
}

describe('the hospital’s night', () => {
	it('brings what a station wrote, and takes a visit of the inbox to the station', async () => {
		const nurse = await signInDevice(server.url, NURSE_A);
		const book = newBook();
		const facts = await nurse.facts(book, {
			name: 'Nguyễn Thị Ánh',
			'identifier.personal': { value: NUMBER, source: 'card' }
		});
		await nurse.sync({ push: [facts] });
		const hospital = await newHospital();
		hospital.put('day.ndjson', [visit('HIS-1', NUMBER)]);

		const { code, output } = await hospital.run();

		expect(output).toContain('complete');
		expect(code).toBe(0);
		expect(hospital.receipt()).toMatchObject({
			outcome: 'complete',
			lines: { read: 1, taken: 1, refused: [] },
			sent: { acknowledged: 1, waiting: 0 },
			replica: { matchesServer: true },
			accessLog: expect.stringMatching(/^so-suc-khoe\/access-log\//) as string
		});
		const pulled = await nurse.pullAll();
		expect([...pulled.entries.values()].filter((other) => other === book)).toHaveLength(2);
	});

	it('takes a line once, refuses the same key with another line, and lists wrong lines one by one', async () => {
		const hospital = await newHospital();
		const number = '001199000002';
		const lines = [newPerson('HIS-10', number), visit('HIS-11', number)];
		hospital.put('a.ndjson', [
			...lines,
			'not json at all',
			visit('HIS-12', '001199999999'),
			{ ...visit('HIS-13', number), body: { reason: '', measurements: { temperature_dC: 9_999 } } },
			'{"source":"HIS-14","__proto__":{}}',
			{ ...visit('HIS-15', number), occurred: '2026-02-30' },
			{ ...visit('HIS-16', number), occurred: '2190-01-01' }
		]);
		expect((await hospital.run()).code).toBe(2);
		const first = hospital.receipt();
		expect(first.lines).toMatchObject({ read: 8, taken: 2, takenBefore: 0 });
		expect(first.lines.refused.map(({ lineNumber, code }) => [lineNumber, code])).toEqual([
			[3, 'not-json'],
			[4, 'person-unknown'],
			[5, 'too_small'],
			[6, 'forbidden-key'],
			[7, 'no-such-date'],
			[8, 'in-the-future']
		]);
		expect(JSON.stringify(first)).not.toContain('001199999999');
		expect(hospital.files('done')).toEqual(['a.ndjson']);
		expect(hospital.files('refused')).toEqual(['a.ndjson']);

		hospital.put('b.ndjson', [...lines, visit('HIS-11', number, 'Lý do khác')]);
		expect((await hospital.run()).code).toBe(2);
		expect(hospital.receipt().lines).toMatchObject({ read: 3, taken: 0, takenBefore: 2 });
		expect(hospital.receipt().lines.refused[0]?.code).toBe('source-used-before');
	});

	it('goes on after being killed, and sends nothing twice', async () => {
		const hospital = await newHospital();
		const count = 300;
		const people = Array.from({ length: count }, (_, at) =>
			newPerson(`KILL-${at}`, String(1_199_500_000 + at).padStart(12, '0'))
		);
		hospital.put('night.ndjson', people);
		// Before the first line, among the lines, and among lines of which some were taken before.
		for (const words of ['received ', 'night.ndjson: 100 lines', 'night.ndjson: 200 lines']) {
			const child = hospital.start();
			killWhen(child, words);
			expect((await ended(child)).signal).toBe('SIGKILL');
		}
		expect((await hospital.run()).code).toBe(0);
		const { taken, takenBefore } = hospital.receipt().lines;
		expect(taken + takenBefore).toBe(count);
		expect(takenBefore).toBeGreaterThanOrEqual(200);
		const names = await withStorageOf(server, async (storage) => {
			const books = await Promise.all(
				people.map(({ body }) =>
					storage.findBooks(
						lookupsOfQuestion({ identifier: body['identifier.personal'].value }),
						10
					)
				)
			);
			const entries = await Promise.all(books.flat().map((book) => storage.readBook(book)));
			return entries.flat().filter(({ bytes }) => readEntry(bytes).ok).length;
		});
		expect(names).toBe(count);
	});

	it('decides nothing about a person while the server is away, and takes the line when it is back', async () => {
		const hospital = await newHospital();
		expect((await hospital.run()).code).toBe(0);
		const nurse = await signInDevice(server.url, NURSE_A);
		const number = '001199000003';
		const facts = await nurse.facts(newBook(), {
			name: 'Lò Thị Mới',
			'identifier.personal': { value: number, source: 'card' }
		});
		await nurse.sync({ push: [facts] });
		const port = new URL(server.url).port;
		await server.stop();
		hospital.put('day.ndjson', [visit('AWAY-1', number)]);
		expect((await hospital.run()).code).toBe(3);
		expect(hospital.receipt()).toMatchObject({
			outcome: 'server-unreachable',
			lines: { undecided: 1, refused: [] }
		});

		server = await startServer({ dataDir, env: { PORT: port } });
		expect((await hospital.run()).code).toBe(0);
		expect(hospital.receipt().lines).toMatchObject({ taken: 1, refused: [] });
		expect(hospital.files('done')).toEqual(['day.ndjson']);
	});

	it('lets one run at a time, and nobody else read what it keeps', async () => {
		const hospital = await newHospital();
		const people = Array.from({ length: 200 }, (_, at) =>
			newPerson(`ONE-${at}`, String(1_199_600_000 + at).padStart(12, '0'))
		);
		hospital.put('night.ndjson', people);
		const first = hospital.start();
		const firstEnded = ended(first);
		await says(first, 'night.ndjson: 100 lines');
		const second = await hospital.run();
		const replica = join(hospital.folder, 'replica');
		const modes = readdirSync(replica).map((name) => [
			name,
			statSync(join(replica, name)).mode & 0o777
		]);

		expect(second).toMatchObject({
			code: 1,
			output: 'Another run holds the replica; this one ends.\n'
		});
		expect(Object.fromEntries(modes)).toMatchObject({
			'lines.sqlite': 0o600,
			'replica.sqlite': 0o600,
			'replica.sqlite-wal': 0o600
		});
		expect(modes.filter(([, mode]) => mode !== 0o600)).toEqual([]);
		expect((await firstEnded).code).toBe(0);
		expect(hospital.receipt().lines.taken).toBe(people.length);
	});

	it('says in one line what is wrong with how it was called or set up', async () => {
		for (const words of [['nightly'], ['nightly', '--no-such-option'], ['nightly', '--config']])
			expect(await ended(startAgent(...words))).toMatchObject({
				code: 1,
				output: 'usage: npm run hospital -- nightly --config FILE\n'
			});
		const hospital = await newHospital();
		writeFileSync(join(hospital.folder, 'receipts'), 'in the way of the folder');
		hospital.put('day.ndjson', [newPerson('SET-1', '001199000004')]);
		const { code, output } = await hospital.run();
		expect(code).toBe(1);
		expect(output).toMatch(/^The system refused: EEXIST[^\n]*receipts[^\n]*\n$/);
		// Nothing was begun.
		expect(hospital.files('.')).toEqual(['day.ndjson']);
	});

	it('ends with its own code when the server cannot be reached', async () => {
		const away = await newHospital('http://127.0.0.1:9');
		expect((await away.run()).code).toBe(3);
		expect(away.receipt()).toMatchObject({ outcome: 'server-unreachable' });
	});
});

/** Reads the store beside the running server: SQLite allows readers. */
async function withStorageOf<T>(
	running: RunningServer,
	work: Parameters<typeof withStorage<T>>[1]
): Promise<T> {
	await running.stop();
	const result = await withStorage(dataDir, work);
	server = await startServer({ dataDir });
	return result;
}
