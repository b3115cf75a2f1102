/** What an idle tablet costs the server: a kept-alive connection after a finished round. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { bytesToId, type DeviceId } from '#lib/domain/ids.ts';
import { certificateToText } from '#lib/protocol/certificate.ts';
import { CONTENT_TYPE_REQUEST } from '#lib/protocol/limits.ts';
import { encodeRequest } from '#lib/protocol/wire.ts';
import { ISSUING_KEY_FILE } from '../../../sync-server/auth/files.ts';
import { issuingKeyOfPem } from '../../../sync-server/auth/issuing-key.ts';
import { openBenchDevice, pullToHead } from '../device.ts';
import { atMost, type BenchRow } from '../row.ts';
import { withServer } from '../store.ts';

const TABLETS = 1_000;
/** Before anything is counted: a server that has just started grows with any work, whoever asks for it. */
const WARM_TABLETS = 2_000;
const WARM_ROUNDS = 3;
const AT_ONCE = 100;

export const memoryRow: BenchRow = {
	name: 'memory',
	measure: () =>
		withServer(async ({ url, pid }, dataDir) => {
			const device = await openBenchDevice(url, 'tham');
			const { token } = await pullToHead(device);
			const body = encodeRequest({ protocol: 1, ...(token && { token }) });
			const enrol = tabletsOf(dataDir, device.device.answer.facility.code);
			const ask = (tablet: Tablet) => askOnce(url, tablet, body);
			const warm = Array.from({ length: WARM_TABLETS }, enrol);
			for (let round = 0; round < WARM_ROUNDS; round++) {
				await askAll(ask, warm);
				for (const { agent } of warm) agent.destroy();
			}
			await wait(2_000);
			const before = residentBytes(pid);
			const tablets = Array.from({ length: TABLETS }, enrol);
			await askAll(ask, tablets);
			await wait(2_000);
			const perTablet = (residentBytes(pid) - before) / TABLETS / 1000;
			for (const { agent } of tablets) agent.destroy();
			device.close();
			const note = `${TABLETS} devices with a kept-alive connection each, resident set; before that ${WARM_TABLETS} others came and went ${WARM_ROUNDS} times`;
			return [atMost('server memory per idle tablet', perTablet, 16, 'kB', note)];
		})
};

interface Tablet {
	agent: Agent;
	token: string;
}

/** Tablets with tokens of their own, as the server would have signed them. */
function tabletsOf(dataDir: string, facility: string): () => Tablet {
	const issuingKey = issuingKeyOfPem(readFileSync(join(dataDir, ISSUING_KEY_FILE), 'utf8'));
	let number = 1;
	return () => {
		const publicKey = new Uint8Array(65);
		publicKey.set([4, ...randomBytes(64)]);
		const device = bytesToId<DeviceId>(randomBytes(16));
		number = (number % 999) + 1;
		const certificate = issuingKey.issue({
			subject: 'device',
			device,
			number,
			facility,
			publicKey,
			fromMs: Date.now()
		});
		return { agent: new Agent({ keepAlive: true }), token: certificateToText(certificate) };
	};
}

async function askAll(ask: (tablet: Tablet) => Promise<void>, tablets: Tablet[]): Promise<void> {
	for (let at = 0; at < tablets.length; at += AT_ONCE)
		await Promise.all(tablets.slice(at, at + AT_ONCE).map(ask));
}

async function askOnce(url: string, { agent, token }: Tablet, body: Uint8Array): Promise<void> {
	return new Promise((resolve, reject) => {
		const outgoing = request(`${url}/api/sync`, {
			method: 'POST',
			agent,
			headers: { 'content-type': CONTENT_TYPE_REQUEST, authorization: `Bearer ${token}` }
		});
		outgoing.on('response', (response) => {
			if (response.statusCode === 200) response.resume().on('end', resolve);
			else reject(new Error(`a tablet was answered ${String(response.statusCode)}`));
		});
		outgoing.on('error', reject);
		outgoing.end(body);
	});
}

function residentBytes(pid: number): number {
	const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
	return Number(kilobytes) * 1024;
}
