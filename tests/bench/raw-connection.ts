/**
 * A kept-alive connection that sends prepared requests and keeps the answers as bytes: the load generator
 * shares the cores with the server, so it does as little as possible while the clock runs.
 */
import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { CONTENT_TYPE_REQUEST, SYNC_PATH } from '#lib/protocol/limits.ts';
import type { Frame, SyncRequest } from '#lib/protocol/messages.ts';
import { encodeRequest } from '#lib/protocol/wire.ts';
import { framesOf } from '../acceptance/test-device.ts';

const GZIP_BYTES_MIN = 256;
const HEAD_END = '\r\n\r\n';
const LAST_CHUNK = '\r\n0\r\n\r\n';

export interface RawConnection {
	/** Sends one prepared request; resolves with the whole answer, head and body. */
	send(request: Uint8Array): Promise<Buffer>;
	close(): void;
}

/** The bytes of `POST /api/sync`, packed as a tablet packs them. */
export function preparedRequest(
	url: string,
	token: string,
	request: Omit<SyncRequest, 'protocol'>
): Uint8Array {
	const plain = encodeRequest({ protocol: 1, ...request });
	const isPacked = plain.length >= GZIP_BYTES_MIN;
	const body = isPacked ? gzipSync(plain) : plain;
	const head = [
		`POST ${SYNC_PATH} HTTP/1.1`,
		`host: ${new URL(url).host}`,
		`content-type: ${CONTENT_TYPE_REQUEST}`,
		`content-length: ${body.length}`,
		`authorization: Bearer ${token}`,
		...(isPacked ? ['content-encoding: gzip'] : [])
	].join('\r\n');
	return Buffer.concat([Buffer.from(head + HEAD_END, 'latin1'), body]);
}

export async function openRawConnection(url: string): Promise<RawConnection> {
	const { hostname, port } = new URL(url);
	const socket = connect({ host: hostname, port: Number(port), noDelay: true });
	await new Promise((resolve, reject) => {
		socket.once('connect', resolve);
		socket.once('error', reject);
	});
	return { send: sender(socket), close: () => socket.destroy() };
}

function sender(socket: Socket): RawConnection['send'] {
	let chunks: Buffer[] = [];
	let answered: PromiseWithResolvers<Buffer> | undefined;
	socket.on('data', (chunk: Buffer) => {
		chunks.push(chunk);
		const answer = chunks.length === 1 ? chunk : Buffer.concat(chunks);
		if (!isWhole(answer)) return;
		chunks = [];
		answered?.resolve(answer);
	});
	socket.on('close', () => answered?.reject(new Error('the server closed the connection')));
	return (request) => {
		answered = Promise.withResolvers<Buffer>();
		socket.write(request);
		return answered.promise;
	};
}

function isWhole(answer: Buffer): boolean {
	const headEnd = answer.indexOf(HEAD_END);
	if (headEnd < 0) return false;
	const length = /content-length: (\d+)/i.exec(answer.toString('latin1', 0, headEnd))?.[1];
	if (length === undefined)
		return answer.toString('latin1', answer.length - LAST_CHUNK.length) === LAST_CHUNK;
	return answer.length >= headEnd + HEAD_END.length + Number(length);
}

/** The frames of a kept answer. Throws unless it is a plain 200. */
export async function framesOfAnswer(answer: Buffer): Promise<Frame[]> {
	const headEnd = answer.indexOf(HEAD_END);
	const head = answer.toString('latin1', 0, headEnd);
	if (!head.startsWith('HTTP/1.1 200 ')) throw new Error(head.split('\r\n')[0]);
	const body = answer.subarray(headEnd + HEAD_END.length);
	return framesOf(/transfer-encoding: chunked/i.test(head) ? joinedChunks(body) : body);
}

function joinedChunks(body: Buffer): Buffer {
	const parts: Buffer[] = [];
	let at = 0;
	for (;;) {
		const lineEnd = body.indexOf('\r\n', at);
		const length = parseInt(body.toString('latin1', at, lineEnd), 16);
		if (!(length > 0)) return Buffer.concat(parts);
		parts.push(body.subarray(lineEnd + 2, lineEnd + 2 + length));
		at = lineEnd + 2 + length + 2;
	}
}
