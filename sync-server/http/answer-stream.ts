/**
 * Frames to the client as they come: packed with what it accepts, flushed after every frame, and no
 * faster than it reads. A small answer goes whole and unpacked: packing would make it longer.
 */
import { once } from 'node:events';
import { Readable, type Transform } from 'node:stream';
import { constants, createBrotliCompress, createGzip, createZstdCompress } from 'node:zlib';
import type { FastifyReply } from 'fastify';
import { CONTENT_TYPE_ANSWER } from '#lib/protocol/limits.ts';
import type { Frame } from '#lib/protocol/messages.ts';
import { encodeFrame } from '#lib/protocol/wire.ts';

/** Answers up to this size are sent as they are. */
const SMALL_ANSWER_BYTES = 512;
const BROTLI_QUALITY = 4;

type Encoding = 'zstd' | 'br' | 'gzip' | 'identity';

/** Sends the frames. Throws what they throw before the first byte; later failures cut the answer. */
export async function sendFrames(
	reply: FastifyReply,
	acceptEncoding: string | undefined,
	frames: AsyncGenerator<Frame>,
	onFailure: (error: unknown) => void
): Promise<FastifyReply> {
	const start = await readStart(frames);
	reply.type(CONTENT_TYPE_ANSWER).header('cache-control', 'no-store');
	reply.header('vary', 'accept-encoding');
	if (start.isWhole) return reply.send(Buffer.concat(start.frames));
	const encoding = chooseEncoding(acceptEncoding);
	if (encoding === 'identity') return reply.send(Readable.from(encoded(start.frames, frames)));
	const packed = createPacker(encoding);
	reply.header('content-encoding', encoding);
	pump(packed, encoded(start.frames, frames), flushKind(encoding)).catch((error: unknown) => {
		onFailure(error);
		packed.stream.destroy();
	});
	return reply.send(packed.stream);
}

/** The first frames, until they are known to be more than a small answer. */
async function readStart(
	frames: AsyncGenerator<Frame>
): Promise<{ frames: Uint8Array[]; isWhole: boolean }> {
	const start: Uint8Array[] = [];
	let bytes = 0;
	while (bytes < SMALL_ANSWER_BYTES) {
		const next = await frames.next();
		if (next.done === true) return { frames: start, isWhole: true };
		const frame = encodeFrame(next.value);
		start.push(frame);
		bytes += frame.length;
	}
	return { frames: start, isWhole: false };
}

async function* encoded(
	start: Uint8Array[],
	frames: AsyncGenerator<Frame>
): AsyncGenerator<Uint8Array> {
	try {
		yield* start;
		for await (const frame of frames) yield encodeFrame(frame);
	} finally {
		await frames.return(undefined);
	}
}

interface Packer {
	stream: Transform & { flush(kind: number): void };
}

async function pump(
	{ stream }: Packer,
	frames: AsyncGenerator<Uint8Array>,
	flush: number
): Promise<void> {
	for await (const frame of frames) {
		if (stream.destroyed) return;
		const hasRoom = stream.write(frame);
		stream.flush(flush);
		if (!hasRoom) await drained(stream);
	}
	stream.end();
}

/** Room again, or nobody left to write for. */
async function drained(stream: Transform): Promise<void> {
	if (stream.destroyed) return;
	const stop = new AbortController();
	try {
		await Promise.race([
			once(stream, 'drain', { signal: stop.signal }),
			once(stream, 'close', { signal: stop.signal })
		]);
	} finally {
		stop.abort();
	}
}

function createPacker(encoding: Exclude<Encoding, 'identity'>): Packer {
	if (encoding === 'zstd') return { stream: createZstdCompress() };
	if (encoding === 'gzip') return { stream: createGzip() };
	const params = { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY };
	return { stream: createBrotliCompress({ params }) };
}

function flushKind(encoding: Exclude<Encoding, 'identity'>): number {
	if (encoding === 'zstd') return constants.ZSTD_e_flush;
	return encoding === 'br' ? constants.BROTLI_OPERATION_FLUSH : constants.Z_SYNC_FLUSH;
}

/** The best of what an Accept-Encoding header names; a weight of 0 means no. */
export function chooseEncoding(acceptEncoding: string | undefined): Encoding {
	const accepted = new Set<string>();
	for (const part of (acceptEncoding ?? '').toLowerCase().split(',')) {
		const [name = '', ...parameters] = part.split(';').map((word) => word.trim());
		const isRefused = parameters.some((parameter) => /^q=0(?:\.0{0,3})?$/.test(parameter));
		if (!isRefused) accepted.add(name);
	}
	const order = ['zstd', 'br', 'gzip'] as const;
	return order.find((encoding) => accepted.has(encoding)) ?? 'identity';
}
