/** What an idle tablet costs the server: a kept-alive connection after a finished round. */
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { openBenchDevice, pullToHead } from '../device.ts';
import { atMost, type BenchRow } from '../row.ts';
import { withServer } from '../store.ts';
import { Agent, request } from 'node:http';
import { CONTENT_TYPE_REQUEST } from '#lib/protocol/limits.ts';
import { encodeRequest } from '#lib/protocol/wire.ts';

const TABLETS = 1_000;

export const memoryRow: BenchRow = {
	name: 'memory',
	measure: () =>
		withServer(async ({ url, pid }) => {
			const device = await openBenchDevice(url, 'tham');
			const { token } = await pullToHead(device);
			const body = encodeRequest({ protocol: 1, ...(token && { token }) });
			const ask = (agent: Agent) => askOnce(url, agent, device.device.token, body);
			const warm = Array.from({ length: 200 }, () => new Agent({ keepAlive: true }));
			await Promise.all(warm.map(ask));
			await wait(2_000);
			const before = residentBytes(pid);
			const agents = Array.from({ length: TABLETS }, () => new Agent({ keepAlive: true }));
			for (let at = 0; at < TABLETS; at += 100)
				await Promise.all(agents.slice(at, at + 100).map(ask));
			await wait(2_000);
			const perTablet = (residentBytes(pid) - before) / TABLETS / 1000;
			for (const agent of [...warm, ...agents]) agent.destroy();
			device.close();
			return [
				atMost(
					'server memory per idle tablet',
					perTablet,
					16,
					'kB',
					`${TABLETS} kept-alive connections, resident set`
				)
			];
		})
};

async function askOnce(url: string, agent: Agent, token: string, body: Uint8Array): Promise<void> {
	return new Promise((resolve, reject) => {
		const outgoing = request(`${url}/api/sync`, {
			method: 'POST',
			agent,
			headers: { 'content-type': CONTENT_TYPE_REQUEST, authorization: `Bearer ${token}` }
		});
		outgoing.on('response', (response) => response.resume().on('end', resolve));
		outgoing.on('error', reject);
		outgoing.end(body);
	});
}

function residentBytes(pid: number): number {
	const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
	return Number(kilobytes) * 1024;
}
