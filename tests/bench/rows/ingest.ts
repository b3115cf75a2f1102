/**
 * How fast the server takes entries, validated, signed and fsynced, and how long an acknowledgement takes.
 * Entries are signed before; the load generator shares the machine, its CPU is stated.
 */
import { readFileSync } from 'node:fs';
import type { Frame, PushedEntry } from '#lib/protocol/messages.ts';
import type { RunningServer } from '../../acceptance/start-server.ts';
import { openBenchDevice, type BenchDevice } from '../device.ts';
import {
	framesOfAnswer,
	openRawConnection,
	preparedRequest,
	type RawConnection
} from '../raw-connection.ts';
import { atLeast, atMost, percentile, type BenchRow, type Figure } from '../row.ts';
import { withServer } from '../store.ts';
import { newBooks, signVisits } from '../visits.ts';

const BULK_ENTRIES = 40_000;
const SINGLE_ENTRIES = 12_000;
/** Before the clock runs: a server that has just started is still compiling. */
const WARM_ENTRIES = 4_000;
const ENTRIES_PER_BOOK = 6;
const DEVICES = 50;
/** Lasts longer than the singles beside it. */
const BULK_BESIDE_SINGLES = 30_000;
const SINGLES_PER_DEVICE = 20;
const CLOCK_TICKS_PER_S = 100;
const LOGINS = ['tham', 'van', 'minh', 'my', 'ghen', 'quang'];

export const ingestRow: BenchRow = {
	name: 'ingest',
	measure: () =>
		withServer(async (server) => {
			const devices = await openDevices(server.url, DEVICES);
			await load(server, devices, 20, WARM_ENTRIES, 0);
			const figures = [
				await load(server, devices.slice(0, 8), 500, BULK_ENTRIES, 10_000),
				await load(server, devices, 20, BULK_ENTRIES, 10_000),
				await load(server, devices, 1, SINGLE_ENTRIES, 3_000)
			];
			for (const device of devices) device.close();
			return figures;
		})
};

export const ackRow: BenchRow = {
	name: 'ack',
	measure: () =>
		withServer(async ({ url }) => {
			const devices = await openDevices(url, DEVICES + 1);
			const [bulk, ...single] = devices;
			if (bulk === undefined) throw new Error('no device');
			const bulkPushes = chunk(await prepare(bulk, BULK_BESIDE_SINGLES), 500);
			const singles = await Promise.all(
				single.map((device) => prepare(device, SINGLES_PER_DEVICE))
			);
			let isBulkRunning = true;
			const running = pushAll(bulk, bulkPushes).finally(() => (isBulkRunning = false));
			const times = await Promise.all(
				single.map((device, at) => pushSlowly(device, singles[at] ?? [], () => isBulkRunning))
			);
			await running;
			for (const device of devices) device.close();
			const all = times.flat();
			const note = `${DEVICES} devices, a push each ~250 ms, each counted only while a bulk push was under way; ${all.length} acknowledgements`;
			return [
				atMost('acknowledgement p50', percentile(all, 0.5), 15, 'ms', note),
				atMost('acknowledgement p99', percentile(all, 0.99), 100, 'ms')
			];
		})
};

async function openDevices(url: string, count: number): Promise<BenchDevice[]> {
	const devices: BenchDevice[] = [];
	for (let at = 0; at < count; at++)
		devices.push(await openBenchDevice(url, LOGINS[at % LOGINS.length] ?? 'tham'));
	return devices;
}

async function prepare(device: BenchDevice, count: number): Promise<PushedEntry[]> {
	const books = newBooks(Math.ceil(count / ENTRIES_PER_BOOK));
	return signVisits(
		device,
		Array.from({ length: count }, (_, at) => books[at % books.length] ?? ('' as never))
	);
}

async function load(
	{ url, pid }: RunningServer,
	devices: BenchDevice[],
	perPush: number,
	total: number,
	goal: number
): Promise<Figure> {
	const share = Math.floor(total / devices.length);
	const senders = await Promise.all(
		devices.map(async (device) => {
			const pushes = chunk(await prepare(device, share), perPush);
			const { token } = device.device;
			const requests = pushes.map((push) => preparedRequest(url, token, { push, credit: 0 }));
			return { requests, connection: await openRawConnection(url) };
		})
	);
	const cpuBefore = [ownCpuSeconds(), cpuSecondsOf(pid)] as const;
	const startedMs = performance.now();
	const answers = await Promise.all(senders.map(sendAll));
	const seconds = (performance.now() - startedMs) / 1000;
	const own = ownCpuSeconds() - cpuBefore[0];
	const servers = cpuSecondsOf(pid) - cpuBefore[1];
	for (const { connection } of senders) connection.close();
	for (const answer of answers.flat()) assertAccepted(await framesOfAnswer(answer));
	const count = share * devices.length;
	const note = `${devices.length} in flight, ${count} entries; CPU: server ${servers.toFixed(1)} s, load generator ${own.toFixed(1)} s of ${(2 * seconds).toFixed(1)} s`;
	return atLeast(
		`durable ingest in pushes of ${perPush}`,
		count / seconds,
		goal,
		'entries/s',
		note
	);
}

interface Sender {
	requests: Uint8Array[];
	connection: RawConnection;
}

async function sendAll({ requests, connection }: Sender): Promise<Buffer[]> {
	const answers: Buffer[] = [];
	for (const request of requests) answers.push(await connection.send(request));
	return answers;
}

async function pushAll(device: BenchDevice, pushes: PushedEntry[][]): Promise<void> {
	for (const push of pushes) await pushOnce(device, push);
}

async function pushOnce(device: BenchDevice, push: PushedEntry[]): Promise<number> {
	const { frames, ms } = await device.exchange({ push, credit: 0 });
	assertAccepted(frames);
	return ms;
}

function assertAccepted([acks]: Frame[]): void {
	if (acks?.frame !== 'acks' || acks.acks.some(({ ack }) => ack !== 'accepted'))
		throw new Error('an entry of the load was not accepted');
}

/** How long each acknowledgement took that was asked for and came while `counts`. */
async function pushSlowly(
	device: BenchDevice,
	entries: PushedEntry[],
	counts: () => boolean
): Promise<number[]> {
	const times: number[] = [];
	for (const entry of entries) {
		await new Promise((resolve) => setTimeout(resolve, 200 + Math.random() * 100));
		const ms = await pushOnce(device, [entry]);
		if (counts()) times.push(ms);
	}
	return times;
}

function chunk<T>(items: T[], size: number): T[][] {
	return Array.from({ length: Math.ceil(items.length / size) }, (_, at) =>
		items.slice(at * size, (at + 1) * size)
	);
}

function ownCpuSeconds(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1e6;
}

/** User and system time of a process, from /proc (Linux). */
function cpuSecondsOf(pid: number): number {
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
	return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS_PER_S;
}
