import { readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EntryId } from '#lib/domain/ids.ts';
import { newDataDir, startServer, withStorage, type RunningServer } from './start-server.ts';
import {
	createTestDevice,
	createTestKey,
	postEnrol,
	postSignIn,
	type TestDevice
} from './test-device.ts';
import { signInAnswerSchema } from '#lib/protocol/api.ts';
import { bytesToBase64url } from '#lib/protocol/certificate.ts';

const PEOPLE = 400;
const SHUTDOWN_MS_MAX = 20_000;
/** An idle server uses next to nothing in a second; one that talks to itself uses half of it. */
const BUSY_TICKS_MAX = 25;
let dataDir: string;
let server: RunningServer | undefined;

beforeEach(() => {
	dataDir = newDataDir();
});
afterEach(async () => {
	await server?.kill();
	rmSync(dataDir, { recursive: true });
});

/** Codes of one start that were typed: each serves once. */
const typed = new Set<string>();

/** Brings a tablet to a station and signs in the way somebody does who has only read the terminal. */
async function signInAsPrinted(from: RunningServer, role: string): Promise<TestDevice> {
	const lines = from.output().split('\n');
	const at = lines.findIndex((one) => one.endsWith(`, ${role}`));
	const [, login = '', password = ''] = /^\s+(\S+)\s+(\S+)/.exec(lines[at] ?? '') ?? [];
	const codes = lines.slice(0, at).findLast((one) => one.includes('tablet codes')) ?? '';
	const code = codes.match(/[0-9A-Z]{4}-[0-9A-Z]{4}/g)?.find((one) => !typed.has(one)) ?? '';
	typed.add(code);
	const [deviceKey, personKey] = [await createTestKey(), await createTestKey()];
	const enrolled = await postEnrol(from.url, code, deviceKey);
	expect(enrolled.status).toBe(200);
	const response = await postSignIn(from.url, {
		login,
		password,
		personKey: bytesToBase64url(personKey.publicKey),
		deviceKey: bytesToBase64url(deviceKey.publicKey)
	});
	const answer = signInAnswerSchema.parse(await response.json());
	return createTestDevice(from.url, answer, deviceKey, personKey);
}

async function booksIn(from: RunningServer): Promise<{ books: number; entries: EntryId[] }> {
	const pulled = await (await signInAsPrinted(from, 'hospital-agent')).pullAll();
	expect(new Set(pulled.arrivals).size).toBe(pulled.arrivals.length);
	const books = new Set(pulled.entries.values()).size;
	return { books, entries: pulled.arrivals.toSorted() };
}

describe('the first start', () => {
	it('makes the demo once; people sign in with what the terminal printed', async () => {
		server = await startServer({ dataDir, people: PEOPLE });
		expect(server.output()).toContain(`Preparing the demo: ${PEOPLE} of ${PEOPLE} people`);
		const first = await booksIn(server);
		expect(first.books).toBe(PEOPLE);
		const names = await (await fetch(`${server.url}/api/catalogues/facilities/2000-01-01`)).text();
		expect(names).toContain('Bệnh viện khu vực Mường Vạt');
		const nurse = await signInAsPrinted(server, 'nurse');
		const ofStation = new Set((await nurse.pullAll()).entries.values()).size;
		expect(ofStation).toBeGreaterThan(PEOPLE / 10);
		expect(ofStation).toBeLessThan(PEOPLE);

		const before = performance.now();
		expect(await server.stop('SIGINT')).toBe(0);
		expect(performance.now() - before).toBeLessThan(SHUTDOWN_MS_MAX);
		server = await startServer({ dataDir, people: PEOPLE });
		expect(server.output()).not.toContain('Preparing');
		expect(await booksIn(server)).toEqual(first);
	});

	it('goes on where it was killed, and nothing is there twice', async () => {
		const killed = startServer({
			dataDir,
			people: PEOPLE,
			onOutput: (output, kill) => {
				if (output.includes('Preparing')) kill();
			}
		});
		await expect(killed).rejects.toThrow('the server ended');
		const half = await withStorage(dataDir, async (storage) => (await storage.readState()).head);
		expect(half).toBeGreaterThan(0);
		server = await startServer({ dataDir, people: PEOPLE });
		expect((await booksIn(server)).books).toBe(PEOPLE);
	});
});

describe('a first start that somebody stops', () => {
	it('ends cleanly with Ctrl-C, and the next start makes the rest', async () => {
		let isStopped = false;
		const stopped = startServer({
			dataDir,
			people: PEOPLE,
			onOutput: (output, kill) => {
				if (isStopped || !output.includes('Preparing')) return;
				isStopped = true;
				kill('SIGINT');
			}
		});
		await expect(stopped).rejects.toThrow(/ended with 0:\n(?:Preparing [^\n]+\n)+$/);
		const half = await withStorage(dataDir, async (storage) => (await storage.readState()).head);
		server = await startServer({ dataDir, people: PEOPLE });
		const whole = await booksIn(server);
		expect(whole.books).toBe(PEOPLE);
		expect(whole.entries.length).toBeGreaterThan(half);
	});
});

describe('a start that cannot be', () => {
	it('says in one line that the port is taken, before it prepares anything', async () => {
		const other = createServer();
		await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
		const address = other.address();
		const port = typeof address === 'object' && address !== null ? address.port : 0;
		await expect(startServer({ dataDir, env: { PORT: String(port) } })).rejects.toThrow(
			new RegExp(`ended with 1:\nPort ${port} is taken\\. .*\n$`)
		);
		await new Promise((resolve) => other.close(resolve));
	});

	it('says in one line that another server runs on this data, and what a wrong setting is', async () => {
		server = await startServer({ dataDir });
		await expect(startServer({ dataDir })).rejects.toThrow(/ended with 1:\n[^\n]+\n$/);
		await expect(startServer({ dataDir, env: { PORT: 'x' } })).rejects.toThrow(
			'PORT is not a whole number.'
		);
		await expect(startServer({ dataDir, env: { TLS_CERT: '/none' } })).rejects.toThrow(
			'TLS needs both'
		);
	});

	it('outlives its terminal, and still ends cleanly when asked', async () => {
		server = await startServer({ dataDir });
		server.hangUp();
		for (let request = 0; request < 5; request++)
			expect((await fetch(`${server.url}/api/health`)).status).toBe(200);
		// What a start leaves to do takes seconds on a busy machine; a loop that never ends is in each of them.
		const { pid } = server;
		await expect.poll(() => ticksInASecond(pid), { timeout: 60_000 }).toBeLessThan(BUSY_TICKS_MAX);
		expect(await server.stop('SIGINT')).toBe(0);
	});
});

async function ticksInASecond(pid: number): Promise<number> {
	const before = cpuTicksOf(pid);
	await new Promise((resolve) => setTimeout(resolve, 1_000));
	return cpuTicksOf(pid) - before;
}

/** Hundredths of a second of processor time, from /proc. */
function cpuTicksOf(pid: number): number {
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
	return Number(fields[11]) + Number(fields[12]);
}
