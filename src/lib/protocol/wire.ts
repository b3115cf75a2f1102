/** Messages to bytes and back. Bytes from outside become types here and nowhere else. */
import { sha256 } from '@noble/hashes/sha2.js';
import {
	decodeCanonical,
	decodeCanonicalViews,
	encodeCanonical,
	NotCanonical,
	type CanonicalValue
} from '#lib/entry/canonical.ts';
import { FRAME_BYTES_MAX } from './limits.ts';
import { frameSchema, syncRequestSchema, type Frame, type SyncRequest } from './messages.ts';

export interface DecodeFailure {
	type: 'not-canonical' | 'unknown-protocol' | 'schema';
	code: string;
	path: string;
}
export type Decoded<T> = { ok: true; value: T } | { ok: false; failure: DecodeFailure };

const LENGTH_BYTES = 4;

export function encodeRequest(request: SyncRequest): Uint8Array {
	return encodeCanonical(present(request));
}

export function decodeRequest(bytes: Uint8Array): Decoded<SyncRequest> {
	let value: CanonicalValue;
	try {
		value = decodeCanonical(bytes);
	} catch (error) {
		if (error instanceof NotCanonical)
			return { ok: false, failure: { type: 'not-canonical', code: error.code, path: '' } };
		throw error;
	}
	const parsed = syncRequestSchema.safeParse(value);
	if (parsed.success) return { ok: true, value: parsed.data };
	const { issues } = parsed.error;
	// A later protocol may fail in many fields: its number is the reason.
	const ofProtocol = issues.find(({ path }) => path[0] === 'protocol');
	const issue = ofProtocol ?? issues[0];
	const type = ofProtocol === undefined ? 'schema' : 'unknown-protocol';
	const path = issue?.path.join('.') ?? '';
	return { ok: false, failure: { type, code: issue?.code ?? 'invalid', path } };
}

/** A frame with its length in front. */
export function encodeFrame(frame: Frame): Uint8Array {
	const body = encodeCanonical(present(frame));
	const framed = new Uint8Array(LENGTH_BYTES + body.length);
	new DataView(framed.buffer).setUint32(0, body.length);
	framed.set(body, LENGTH_BYTES);
	return framed;
}

/** The answer is not what the protocol allows: cut, altered, or a captive portal's page. */
export class BadAnswer extends Error {
	readonly code: string;
	constructor(code: string) {
		super(`bad answer: ${code}`);
		this.code = code;
	}
}

/** Splits a stream into frames as they arrive. Throws `BadAnswer`; a cut stream throws after the last
 * whole frame, so what came before it may be kept. Chunks are joined only once a whole frame is there:
 * however finely an answer is chopped, each of its bytes is copied a few times at most. */
export async function* readFrames(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Frame> {
	let parts: Uint8Array[] = [];
	let waitingBytes = 0;
	let neededBytes = LENGTH_BYTES;
	for await (const chunk of chunks) {
		parts.push(chunk);
		waitingBytes += chunk.length;
		if (waitingBytes < neededBytes) continue;
		const waiting = joined(parts, waitingBytes);
		let at = 0;
		neededBytes = frameBytes(waiting, at);
		while (waitingBytes - at >= neededBytes) {
			yield decodeFrame(waiting.subarray(at + LENGTH_BYTES, at + neededBytes));
			at += neededBytes;
			neededBytes = frameBytes(waiting, at);
		}
		parts = [waiting.slice(at)];
		waitingBytes -= at;
	}
	if (waitingBytes > 0) throw new BadAnswer('cut-short');
}

/** Bytes of the frame that begins at `at`, its length included; without a whole length, just those. */
function frameBytes(waiting: Uint8Array, at: number): number {
	if (waiting.length - at < LENGTH_BYTES) return LENGTH_BYTES;
	const view = new DataView(waiting.buffer, waiting.byteOffset + at, LENGTH_BYTES);
	const length = view.getUint32(0);
	if (length > FRAME_BYTES_MAX) throw new BadAnswer('frame-too-large');
	return LENGTH_BYTES + length;
}

/** `bytes` are the caller's no more: what is in the frame are views of them. */
function decodeFrame(bytes: Uint8Array): Frame {
	let value: CanonicalValue;
	try {
		value = decodeCanonicalViews(bytes);
	} catch (error) {
		if (error instanceof NotCanonical) throw new BadAnswer(error.code);
		throw error;
	}
	const parsed = frameSchema.safeParse(value);
	if (!parsed.success) throw new BadAnswer('schema');
	return parsed.data;
}

/** What `ids` of a page must be: SHA-256 over the 16-byte ids of its entries, in order. */
export function pageIdsDigest(entryIds: Iterable<Uint8Array>): Uint8Array {
	const hash = sha256.create();
	for (const id of entryIds) hash.update(id);
	return hash.digest();
}

/** Optional fields that are undefined are absent on the wire. */
function present(value: unknown): CanonicalValue {
	if (Array.isArray(value)) return value.map(present);
	if (value instanceof Uint8Array || typeof value !== 'object' || value === null)
		return value as CanonicalValue;
	const fields = Object.entries(value).filter(([, field]) => field !== undefined);
	return Object.fromEntries(fields.map(([key, field]) => [key, present(field)]));
}

function joined(parts: Uint8Array[], length: number): Uint8Array {
	const [first] = parts;
	if (parts.length === 1 && first !== undefined) return first;
	const bytes = new Uint8Array(length);
	let at = 0;
	for (const part of parts) {
		bytes.set(part, at);
		at += part.length;
	}
	return bytes;
}
