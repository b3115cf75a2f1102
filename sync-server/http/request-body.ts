/**
 * The body of `POST /api/sync`, within limits: bytes as they arrive, bytes after unpacking, and time.
 * A bomb is stopped while it unpacks; a body that is cut, slow or too large is a value, not an error.
 */
import type { IncomingMessage } from 'node:http';
import { gunzip, gunzipSync } from 'node:zlib';
import type { ProblemType } from '#lib/protocol/api.ts';

export interface BodyLimits {
	/** Both packed and unpacked. */
	bytesMax: number;
	timeoutMs: number;
}

/** Unpacking this much here takes less time than waking another thread for it. */
const UNPACKED_HERE = { packedBytesMax: 16 * 1024, bytesMax: 128 * 1024 };

export type Body = { ok: true; bytes: Uint8Array } | { ok: false; problem: ProblemType };

export async function readBody(request: IncomingMessage, limits: BodyLimits): Promise<Body> {
	const encoding = request.headers['content-encoding'] ?? 'identity';
	if (encoding !== 'identity' && encoding !== 'gzip')
		return { ok: false, problem: '/problems/wrong-content-encoding' };
	const packed = await collect(request, limits);
	if (!packed.ok || encoding === 'identity') return packed;
	return unpack(packed.bytes, limits.bytesMax);
}

/** Reads without ever destroying the request: it carries the answer too. */
async function collect(request: IncomingMessage, limits: BodyLimits): Promise<Body> {
	const chunks: Buffer[] = [];
	let length = 0;
	return new Promise((resolve) => {
		const finish = (body: Body) => {
			clearTimeout(timer);
			request.pause();
			resolve(body);
		};
		const fail = (problem: ProblemType) => finish({ ok: false, problem });
		const timer = setTimeout(() => fail('/problems/too-slow'), limits.timeoutMs);
		request.on('data', (chunk: Buffer) => {
			length += chunk.length;
			if (length > limits.bytesMax) fail('/problems/too-large');
			else chunks.push(chunk);
		});
		request.once('end', () => finish({ ok: true, bytes: Buffer.concat(chunks) }));
		request.once('error', () => fail('/problems/bad-request'));
		request.once('close', () => fail('/problems/bad-request'));
	});
}

async function unpack(packed: Uint8Array, bytesMax: number): Promise<Body> {
	return unpackSmall(packed, bytesMax) ?? unpackElsewhere(packed, bytesMax);
}

/** Undefined: it is too large for this thread, or broken in a way that the other way tells better. */
function unpackSmall(packed: Uint8Array, bytesMax: number): Body | undefined {
	if (packed.length > UNPACKED_HERE.packedBytesMax) return undefined;
	const maxOutputLength = Math.min(bytesMax, UNPACKED_HERE.bytesMax);
	try {
		return { ok: true, bytes: gunzipSync(packed, { maxOutputLength }) };
	} catch {
		return undefined;
	}
}

async function unpackElsewhere(packed: Uint8Array, bytesMax: number): Promise<Body> {
	return new Promise((resolve) => {
		gunzip(packed, { maxOutputLength: bytesMax }, (error, bytes) => {
			if (error === null) resolve({ ok: true, bytes });
			else if ('code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
				resolve({ ok: false, problem: '/problems/too-large' });
			else resolve({ ok: false, problem: '/problems/bad-request' });
		});
	});
}
