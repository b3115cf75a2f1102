import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeCanonical, type CanonicalValue } from '#lib/entry/canonical.ts';
import { FRAME_BYTES_MAX, PUSH_ENTRIES_MAX } from './limits.ts';
import type { Frame, SyncRequest } from './messages.ts';
import {
	BadAnswer,
	decodeRequest,
	encodeFrame,
	encodeRequest,
	pageIdsDigest,
	readFrames
} from './wire.ts';

const bytes = (length: number, fill = 7) => new Uint8Array(length).fill(fill);
const pushed = { entry: bytes(300), signature: bytes(64) };
const whole: SyncRequest = {
	protocol: 1,
	token: bytes(32),
	push: [pushed],
	journal: { n: 12, link: bytes(32), signature: bytes(64) },
	certificates: [{ bytes: bytes(200), signature: bytes(64) }],
	credit: 8,
	books: [{ book: bytes(16), n: 3, digest: bytes(16) }]
};
const frames: Frame[] = [
	{
		frame: 'acks',
		acks: [
			{ ack: 'accepted', commit: 5, flags: ['clock'] },
			{ ack: 'duplicate', commit: 4 },
			{ ack: 'refused', code: 'schema', path: 'body.reason' },
			{ ack: 'later', code: 'busy', seconds: 30 }
		]
	},
	{
		frame: 'page',
		rows: [
			{
				book: bytes(16),
				entries: [bytes(300), bytes(400)],
				recent: [{ at: 1, commit: 9, signature: bytes(64) }]
			},
			{ leave: bytes(16, 8) }
		],
		ids: bytes(32),
		token: bytes(13),
		booksLeft: 40
	},
	{ frame: 'end', now: 1_795_000_000_000, digest: bytes(16), confirmed: 3 }
];
const answer = Buffer.concat(frames.map(encodeFrame));

async function* stream(...chunks: Uint8Array[]): AsyncGenerator<Uint8Array> {
	for (const chunk of chunks) yield await Promise.resolve(chunk);
}

/** The frames that came through, and what ended them. */
async function read(...chunks: Uint8Array[]): Promise<{ frames: Frame[]; code?: string }> {
	const got: Frame[] = [];
	try {
		for await (const frame of readFrames(stream(...chunks))) got.push(frame);
	} catch (error) {
		if (error instanceof BadAnswer) return { frames: got, code: error.code };
		throw error;
	}
	return { frames: got };
}

function framed(value: CanonicalValue): Uint8Array {
	const body = encodeCanonical(value);
	const length = Buffer.alloc(4);
	length.writeUInt32BE(body.length);
	return Buffer.concat([length, body]);
}

describe('a request', () => {
	it('comes back as it was sent', () => {
		expect(decodeRequest(encodeRequest(whole))).toEqual({ ok: true, value: whole });
	});

	it('that asks whether anything changed is smaller than 64 bytes', () => {
		expect(encodeRequest({ protocol: 1, token: bytes(32), credit: 64 }).length).toBeLessThan(64);
	});

	it('leaves out what is undefined', () => {
		const request = { protocol: 1, token: undefined } as unknown as SyncRequest;
		expect(encodeRequest(request)).toEqual(encodeRequest({ protocol: 1 }));
	});

	it.each<[string, Record<string, unknown>, string]>([
		['a token of 33 bytes', { token: bytes(33) }, 'token'],
		['an empty token', { token: bytes(0) }, 'token'],
		['a token that is text', { token: 'x' }, 'token'],
		['an empty push', { push: [] }, 'push'],
		['a push of 501', { push: Array.from({ length: PUSH_ENTRIES_MAX + 1 }, () => pushed) }, 'push'],
		['an entry over 64 kB', { push: [{ ...pushed, entry: bytes(65_537) }] }, 'push.0.entry'],
		['an empty entry', { push: [{ ...pushed, entry: bytes(0) }] }, 'push.0.entry'],
		[
			'a signature of 63 bytes',
			{ push: [{ ...pushed, signature: bytes(63) }] },
			'push.0.signature'
		],
		['a field too many in a push', { push: [{ ...pushed, flag: 1 }] }, 'push.0'],
		[
			'a link of 31 bytes',
			{ journal: { n: 1, link: bytes(31), signature: bytes(64) } },
			'journal.link'
		],
		[
			'a journal number below 0',
			{ journal: { n: -1, link: bytes(32), signature: bytes(64) } },
			'journal.n'
		],
		['credit 65', { credit: 65 }, 'credit'],
		['no books', { books: [] }, 'books'],
		[
			'a book of 15 bytes',
			{ books: [{ book: bytes(15), n: 0, digest: bytes(16) }] },
			'books.0.book'
		],
		[
			'65 certificates',
			{
				certificates: Array.from({ length: 65 }, () => ({ bytes: bytes(1), signature: bytes(64) }))
			},
			'certificates'
		],
		['a field too many', { urgency: 1 }, '']
	])('with %s is refused at its field', (_name, change, path) => {
		const request = encodeCanonical({ protocol: 1, ...change });
		expect(decodeRequest(request)).toMatchObject({ ok: false, failure: { type: 'schema', path } });
	});

	it.each([0, 2, '1', true])(
		'of protocol %j is refused for that, whatever else it says',
		(protocol) => {
			const request = encodeCanonical({ protocol, later: [1, 2], token: 'x' });
			expect(decodeRequest(request)).toMatchObject({
				ok: false,
				failure: { type: 'unknown-protocol' }
			});
		}
	);

	it('of another protocol is still canonical: the encoding comes before the number', () => {
		const request = Uint8Array.of(...encodeCanonical({ protocol: 2 }), 0xf6);
		expect(decodeRequest(request)).toMatchObject({ failure: { type: 'not-canonical' } });
	});

	it('that is not canonical says in which way', () => {
		const trailing = new Uint8Array([...encodeRequest({ protocol: 1 }), 0]);
		const failure = { type: 'not-canonical', code: 'trailing-bytes', path: '' };
		expect(decodeRequest(trailing)).toEqual({ ok: false, failure });
		expect(decodeRequest(new Uint8Array(0))).toMatchObject({
			ok: false,
			failure: { code: 'cut-short' }
		});
	});

	it('made of any bytes is refused as a value', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 100 }), (any) => {
				expect(decodeRequest(any).ok).toBe(false);
			}),
			{ numRuns: 2_000 }
		);
	});
});

describe('an answer', () => {
	it('comes through frame by frame, split at any byte', async () => {
		for (let at = 0; at <= answer.length; at++)
			expect(await read(answer.subarray(0, at), answer.subarray(at))).toEqual({ frames });
	});

	it('comes through byte by byte and all at once', async () => {
		expect(await read(...[...answer].map((byte) => Uint8Array.of(byte)))).toEqual({ frames });
		expect(await read(answer)).toEqual({ frames });
	});

	it('comes through in any pieces', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(fc.nat(answer.length), { maxLength: 8 }), async (cuts) => {
				const at = [0, ...cuts.toSorted((a, b) => a - b), answer.length];
				const pieces = at.slice(1).map((end, index) => answer.subarray(at[index], end));
				expect(await read(...pieces)).toEqual({ frames });
			}),
			{ numRuns: 200 }
		);
	});

	it('cut anywhere gives every whole frame before the cut, and then says so', async () => {
		const ends = frames.reduce<number[]>(
			(list, frame) => [...list, (list.at(-1) ?? 0) + encodeFrame(frame).length],
			[]
		);
		for (let length = 0; length < answer.length; length++) {
			const before = ends.filter((end) => end <= length).length;
			const isBetween = length === 0 || ends.includes(length);
			expect(await read(answer.subarray(0, length))).toEqual({
				frames: frames.slice(0, before),
				...(isBetween ? {} : { code: 'cut-short' })
			});
		}
	});

	it('does not hold a frame back until the next one comes', async () => {
		const first = encodeFrame(frames[0] ?? { frame: 'end', now: 0 });
		async function* stalled(): AsyncGenerator<Uint8Array> {
			yield first;
			await new Promise(() => undefined);
		}
		const next = await readFrames(stalled()).next();
		expect(next.value).toEqual(frames[0]);
	});

	it('with an oversized frame is given up at its length, before anything is kept', async () => {
		const length = Buffer.alloc(4);
		length.writeUInt32BE(FRAME_BYTES_MAX + 1);
		expect(await read(length)).toEqual({ frames: [], code: 'frame-too-large' });
		const after = Buffer.concat([encodeFrame({ frame: 'end', now: 1 }), length]);
		expect((await read(after)).frames).toHaveLength(1);
	});

	it('takes a large frame in small pieces in time in proportion', async () => {
		const large = encodeFrame({
			frame: 'page',
			rows: [{ book: bytes(16), entries: Array.from({ length: 30 }, () => bytes(64 * 1024)) }],
			ids: bytes(32)
		});
		const pieces = Array.from({ length: Math.ceil(large.length / 64) }, (_, n) =>
			large.subarray(n * 64, n * 64 + 64)
		);
		const startMs = performance.now();
		expect((await read(...pieces)).frames).toHaveLength(1);
		expect(performance.now() - startMs).toBeLessThan(2_000);
	});

	it.each<[string, Uint8Array, string]>([
		[
			'a page of a captive portal',
			new TextEncoder().encode('<html><body>Sign in</body></html>'),
			'frame-too-large'
		],
		['no canonical CBOR', Uint8Array.of(0, 0, 0, 1, 0xf6), 'null-or-simple'],
		['an empty frame', Uint8Array.of(0, 0, 0, 0), 'cut-short'],
		['an unknown frame', framed({ frame: 'news' }), 'schema'],
		['a frame without its kind', framed({ now: 1 }), 'schema'],
		['a field too many', framed({ frame: 'end', now: 1, extra: 1 }), 'schema'],
		['an unknown ack', framed({ frame: 'acks', acks: [{ ack: 'maybe' }] }), 'schema'],
		[
			'an accepted one without commit',
			framed({ frame: 'acks', acks: [{ ack: 'accepted' }] }),
			'schema'
		],
		[
			'a row of two kinds',
			framed({
				frame: 'page',
				rows: [{ leave: bytes(16), book: bytes(16), entries: [] }],
				ids: bytes(32)
			}),
			'schema'
		],
		['more: false', framed({ frame: 'end', now: 1, more: false }), 'schema']
	])('that is %s is refused', async (_name, chunk, code) => {
		expect(await read(chunk)).toEqual({ frames: [], code });
	});

	it('may bring a refusal code of a later version', async () => {
		const acks: Frame = { frame: 'acks', acks: [{ ack: 'refused', code: 'brand-new' }] };
		expect(await read(encodeFrame(acks))).toEqual({ frames: [acks] });
	});

	it('to an idle question is smaller than 64 bytes', () => {
		const idle = encodeFrame({ frame: 'end', now: 1_795_000_000_000, digest: bytes(16) });
		expect(idle.length).toBeLessThan(64);
	});
});

describe('the digest of a page', () => {
	it('is SHA-256 over the ids, in order', () => {
		const ids = [bytes(16, 1), bytes(16, 2)];
		const expected = createHash('sha256').update(Buffer.concat(ids)).digest();
		expect(Buffer.from(pageIdsDigest(ids))).toEqual(expected);
		expect(pageIdsDigest(ids.toReversed())).not.toEqual(pageIdsDigest(ids));
		expect(Buffer.from(pageIdsDigest([]))).toEqual(createHash('sha256').digest());
	});
});
