/** A device of the bench: the app's real protocol over plain HTTP, with every byte on the wire counted. */
import { Agent, request as httpRequest } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { createGunzip, gzipSync } from 'node:zlib';
import { signInAnswerSchema } from '#lib/protocol/api.ts';
import { bytesToBase64url } from '#lib/protocol/certificate.ts';
import { CONTENT_TYPE_REQUEST } from '#lib/protocol/limits.ts';
import type { Frame, SyncRequest } from '#lib/protocol/messages.ts';
import { encodeRequest } from '#lib/protocol/wire.ts';
import { demoStaff } from '../../sync-server/jobs/demo/stations.ts';
import {
	createTestDevice,
	createTestKey,
	enrolDevice,
	framesOf,
	postSignIn,
	type TestDevice
} from '../acceptance/test-device.ts';

const GZIP_BYTES_MIN = 256;

export interface Exchange {
	frames: Frame[];
	/** Bodies as they travel, packed. */
	bytesUp: number;
	bytesDown: number;
	/** Request line, status line and all headers, both ways. */
	headerBytes: number;
	ms: number;
}

export interface BenchDevice {
	device: TestDevice;
	exchange(request: Omit<SyncRequest, 'protocol'>): Promise<Exchange>;
	close(): void;
}

/** Signs one of the demo's staff in on a new device. */
export async function openBenchDevice(url: string, login: string): Promise<BenchDevice> {
	const staff = demoStaff('bench').find((member) => member.login === login);
	if (staff === undefined) throw new Error(`the demo has no ${login}`);
	const deviceKey = await enrolDevice(url, login);
	const personKey = await createTestKey();
	const response = await postSignIn(url, {
		login,
		password: staff.password,
		personKey: bytesToBase64url(personKey.publicKey),
		deviceKey: bytesToBase64url(deviceKey.publicKey)
	});
	if (response.status !== 200) throw new Error(`sign-in: ${await response.text()}`);
	const answer = signInAnswerSchema.parse(await response.json());
	const device = createTestDevice(url, answer, deviceKey, personKey);
	const agent = new Agent({ keepAlive: true, maxSockets: 1 });
	return {
		device,
		exchange: (request) =>
			exchange(url, agent, device.token, encodeRequest({ protocol: 1, ...request })),
		close: () => agent.destroy()
	};
}

async function exchange(
	url: string,
	agent: Agent,
	token: string,
	body: Uint8Array
): Promise<Exchange> {
	const isPacked = body.length >= GZIP_BYTES_MIN;
	const sent = isPacked ? gzipSync(body) : body;
	const startedMs = performance.now();
	return new Promise((resolve, reject) => {
		const outgoing = httpRequest(`${url}/api/sync`, {
			method: 'POST',
			agent,
			headers: {
				'content-type': CONTENT_TYPE_REQUEST,
				'content-length': sent.length,
				'accept-encoding': 'gzip',
				authorization: `Bearer ${token}`,
				...(isPacked ? { 'content-encoding': 'gzip' } : {})
			}
		});
		outgoing.on('error', reject);
		outgoing.on('response', (response) => {
			let bytesDown = 0;
			response.on('data', (chunk: Buffer) => (bytesDown += chunk.length));
			const isGzip = response.headers['content-encoding'] === 'gzip';
			const plain = isGzip ? response.pipe(createGunzip()) : response;
			buffer(plain)
				.then(framesOf)
				.then((frames) => {
					const received = response.rawHeaders.reduce((sum, part) => sum + part.length + 2, 17);
					const headerBytes = outgoing
						.getRawHeaderNames()
						.reduce(
							(sum, name) => sum + name.length + String(outgoing.getHeader(name)).length + 4,
							received + 25
						);
					const ms = performance.now() - startedMs;
					resolve({ frames, bytesUp: sent.length, bytesDown, headerBytes, ms });
				}, reject);
		});
		outgoing.end(sent);
	});
}

/** Asks until nothing more waits; every exchange it took, and the token at the head. */
export async function pullToHead(
	device: BenchDevice,
	first: Omit<SyncRequest, 'protocol'> = {}
): Promise<{ exchanges: Exchange[]; token: Uint8Array | undefined; books: Set<string> }> {
	const exchanges: Exchange[] = [];
	const books = new Set<string>();
	let { token } = first;
	for (let request = first; ; request = token === undefined ? {} : { token }) {
		const done = await device.exchange(request);
		exchanges.push(done);
		for (const frame of done.frames) {
			if (frame.frame !== 'page') continue;
			token = frame.token ?? token;
			for (const row of frame.rows)
				if ('book' in row) books.add(Buffer.from(row.book).toString('base64url'));
		}
		const end = done.frames.at(-1);
		if (end?.frame !== 'end') throw new Error('an answer without its end');
		if (end.more !== true) return { exchanges, token, books };
	}
}
