import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { PROBLEM_TYPES } from '#lib/protocol/api.ts';
import { CONTENT_TYPE_ANSWER, CONTENT_TYPE_REQUEST } from '#lib/protocol/limits.ts';
import type { Timer } from './timer.ts';
import {
	ConnectionLost,
	createFetchTransport,
	FIRST_ANSWER_MS_MAX,
	SILENCE_MS_MAX,
	type Exchange
} from './transport.ts';

interface Bench {
	send(bytes?: Uint8Array): Promise<Exchange>;
	calls: RequestInit[];
	/** Lets the timer that is set run off. */
	runTimer(): void;
	timersMs: number[];
	isTimerSet(): boolean;
}

/** Answers each request as told; `signal` is the request's. */
function createBench(answer: (signal: AbortSignal) => Promise<Response>): Bench {
	const calls: RequestInit[] = [];
	const timersMs: number[] = [];
	let running: (() => void) | undefined;
	const timer: Timer = {
		after: (ms, run) => {
			timersMs.push(ms);
			running = run;
			return () => (running = running === run ? undefined : running);
		}
	};
	const transport = createFetchTransport({
		url: '/api/sync',
		timer,
		headers: () => ({ authorization: 'Bearer token' }),
		fetch: async (_, init = {}) => {
			calls.push(init);
			if (!(init.signal instanceof AbortSignal)) throw new Error('no signal');
			return answer(init.signal);
		}
	});
	return {
		send: (bytes = Uint8Array.of(1)) => transport(bytes),
		calls,
		timersMs,
		runTimer: () => running?.(),
		isTimerSet: () => running !== undefined
	};
}

function answering(body: BodyInit | null, init: ResponseInit & { type?: string } = {}): Bench {
	const headers = new Headers(init.headers);
	headers.set('content-type', init.type ?? CONTENT_TYPE_ANSWER);
	return createBench(async () => new Response(body, { ...init, headers }));
}

function problem(type: string, status: number, rest: object = {}): Bench {
	const body = JSON.stringify({ type, title: 'x', status, ...rest });
	return answering(body, { status, type: 'application/problem+json; charset=utf-8' });
}

/** A body whose chunks the test sends; cut when the request is aborted. */
function streaming(): Bench & { push(chunk: Uint8Array): void; close(): void; isCut(): boolean } {
	let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
	let isCut = false;
	const bench = createBench(async (signal) => {
		signal.addEventListener('abort', () => {
			isCut = true;
			controller?.error(new DOMException('', 'AbortError'));
		});
		const stream = new ReadableStream<Uint8Array>({ start: (begun) => void (controller = begun) });
		return new Response(stream, { headers: { 'content-type': CONTENT_TYPE_ANSWER } });
	});
	return {
		...bench,
		push: (chunk) => controller?.enqueue(chunk),
		close: () => controller?.close(),
		isCut: () => isCut
	};
}

async function chunksOf(exchange: Exchange): Promise<AsyncIterator<Uint8Array>> {
	if (exchange.type !== 'answer') throw new Error(exchange.type);
	return exchange.chunks[Symbol.asyncIterator]();
}

async function settle(): Promise<void> {
	for (let tick = 0; tick < 20; tick++) await Promise.resolve();
}

describe('the request', () => {
	it('is posted with its type and the token, and never follows a redirect', async () => {
		const bench = answering('x');
		await bench.send();
		expect(bench.calls[0]).toMatchObject({
			method: 'POST',
			redirect: 'manual',
			cache: 'no-store',
			body: Uint8Array.of(1),
			headers: {
				authorization: 'Bearer token',
				accept: CONTENT_TYPE_ANSWER,
				'content-type': CONTENT_TYPE_REQUEST
			}
		});
		expect(bench.calls[0]?.headers).not.toHaveProperty('content-encoding');
	});

	it('is packed when that saves anything', async () => {
		const bench = answering('x');
		const bytes = new Uint8Array(5_000).fill(7);
		await bench.send(bytes);
		expect(bench.calls[0]?.headers).toMatchObject({ 'content-encoding': 'gzip' });
		const body = bench.calls[0]?.body;
		if (!(body instanceof Uint8Array)) throw new Error('no bytes');
		expect(body.length).toBeLessThan(200);
		expect(new Uint8Array(gunzipSync(body))).toEqual(bytes);
	});
});

describe('what is not an answer', () => {
	it('is unreachable when there is no network', async () => {
		const bench = createBench(async () => Promise.reject(new TypeError('Failed to fetch')));
		expect(await bench.send()).toEqual({ type: 'unreachable' });
		expect(bench.isTimerSet()).toBe(false);
	});

	it.each([
		['a captive portal that says 200', 200, 'text/html'],
		['a captive portal that speaks of our type wrongly', 200, 'application/octet-stream'],
		['an answer with a status of its own', 203, CONTENT_TYPE_ANSWER],
		['a network that wants a sign-in', 511, 'text/html'],
		['a proxy that forbids', 403, 'text/html']
	])('is somebody else: %s', async (_, status, type) => {
		expect(await answering('<html>sign in</html>', { status, type }).send()).toEqual({
			type: 'foreign-answer'
		});
	});

	it('is somebody else when redirected', async () => {
		const bench = answering(null, { status: 302, headers: { location: 'http://portal/' } });
		expect(await bench.send()).toEqual({ type: 'foreign-answer' });
	});

	it('is a failed server behind a proxy', async () => {
		const bench = answering('<html>', { status: 502, type: 'text/html' });
		expect(await bench.send()).toEqual({ type: 'server-failed' });
	});

	it.each([
		['/problems/token-wrong', 401, { type: 'signed-out' }],
		['/problems/unknown-protocol', 400, { type: 'update-needed' }],
		['/problems/schema', 422, { type: 'request-refused', problem: '/problems/schema' }],
		['/problems/internal', 500, { type: 'server-failed' }],
		['/problems/of-a-later-version', 400, { type: 'server-failed' }]
	])('is the problem %s', async (type, status, failure) => {
		expect(await problem(type, status).send()).toEqual(failure);
	});

	it('is a failure whatever problem the server names', async () => {
		for (const type of PROBLEM_TYPES)
			expect((await problem(type, 400).send()).type).not.toBe('answer');
	});

	it('says how long to wait, by problem or by header', async () => {
		const busy = '/problems/busy';
		expect(await problem(busy, 503, { retryAfter: 7 }).send()).toEqual({
			type: 'asked-to-wait',
			seconds: 7
		});
		const tooMany = problem('/problems/too-many-attempts', 429, { retryAfter: 3 });
		expect(await tooMany.send()).toEqual({ type: 'asked-to-wait', seconds: 3 });
		const body = JSON.stringify({ type: busy, title: 'x', status: 503 });
		const byHeader = answering(body, {
			status: 503,
			type: 'application/problem+json',
			headers: { 'retry-after': '11' }
		});
		expect(await byHeader.send()).toEqual({ type: 'asked-to-wait', seconds: 11 });
		expect(await problem(busy, 503).send()).toEqual({ type: 'asked-to-wait', seconds: 30 });
	});

	it.each([
		['is not JSON', 'nonsense'],
		['is no problem document', '[]'],
		['is far too long', JSON.stringify({ type: 'x'.repeat(20_000), title: '', status: 400 })]
	])('is somebody else when the problem document %s', async (_, body) => {
		const bench = answering(body, { status: 400, type: 'application/problem+json' });
		expect(await bench.send()).toEqual({ type: 'foreign-answer' });
	});
});

describe('the answer', () => {
	it('arrives chunk by chunk', async () => {
		const bench = streaming();
		const chunks = await chunksOf(await bench.send());
		bench.push(Uint8Array.of(1));
		expect(await chunks.next()).toEqual({ done: false, value: Uint8Array.of(1) });
		bench.push(Uint8Array.of(2));
		bench.close();
		expect(await chunks.next()).toEqual({ done: false, value: Uint8Array.of(2) });
		expect((await chunks.next()).done).toBe(true);
		expect(bench.isTimerSet()).toBe(false);
		expect(bench.isCut()).toBe(false);
	});

	it('is given up when it does not begin', async () => {
		const bench = createBench(
			(signal) =>
				new Promise((_, reject) => {
					signal.addEventListener('abort', () => {
						reject(new DOMException('', 'AbortError'));
					});
				})
		);
		const exchange = bench.send();
		await settle();
		expect(bench.timersMs).toEqual([FIRST_ANSWER_MS_MAX]);
		bench.runTimer();
		expect(await exchange).toEqual({ type: 'unreachable' });
	});

	it('is given up when it falls silent', async () => {
		const bench = streaming();
		const chunks = await chunksOf(await bench.send());
		const next = chunks.next();
		await settle();
		expect(bench.timersMs.at(-1)).toBe(SILENCE_MS_MAX);
		bench.runTimer();
		await expect(next).rejects.toBeInstanceOf(ConnectionLost);
	});

	it('may take its time on our side: writing to disk is not silence', async () => {
		const bench = streaming();
		const chunks = await chunksOf(await bench.send());
		bench.push(Uint8Array.of(1));
		await chunks.next();
		expect(bench.isTimerSet()).toBe(false);
	});

	it('is broken off when nobody wants the rest', async () => {
		const bench = streaming();
		const chunks = await chunksOf(await bench.send());
		bench.push(Uint8Array.of(1));
		await chunks.next();
		await chunks.return?.();
		expect(bench.isCut()).toBe(true);
	});
});
