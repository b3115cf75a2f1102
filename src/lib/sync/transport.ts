/**
 * One request and its streamed answer. The engine knows only `Transport`; the browser, the hospital
 * agent and tests against a real server use `createFetchTransport`, the simulation passes its own.
 * What is not an answer of our server - a captive portal, a proxy's page - is never parsed.
 */
import { problemSchema, PROBLEM_TYPES, type Problem, type ProblemType } from '#lib/protocol/api.ts';
import { CONTENT_TYPE_ANSWER, CONTENT_TYPE_REQUEST } from '#lib/protocol/limits.ts';
import type { Timer } from './timer.ts';

export type TransportFailure =
	/** No answer, or silence. */
	| { type: 'unreachable' }
	/** Somebody else answered: the sign-in page of a network, a proxy. */
	| { type: 'foreign-answer' }
	/** The device's or person's token is missing, expired or unknown. */
	| { type: 'signed-out' }
	| { type: 'asked-to-wait'; seconds: number }
	/** The server speaks a protocol that this version of the app does not. */
	| { type: 'update-needed' }
	/** The request as a whole was not understood; nothing of it was judged. */
	| { type: 'request-refused'; problem: string }
	| { type: 'server-failed' };

/** `chunks` throws `ConnectionLost` when the answer is cut off or falls silent. */
export type Exchange = { type: 'answer'; chunks: AsyncIterable<Uint8Array> } | TransportFailure;
export type Transport = (request: Uint8Array) => Promise<Exchange>;

export class ConnectionLost extends Error {
	constructor() {
		super('connection lost');
		this.name = 'ConnectionLost';
	}
}

export interface FetchTransportDeps {
	url: string;
	fetch: typeof fetch;
	timer: Timer;
	/** Authorization and the like; asked for each request. */
	headers: () => Record<string, string>;
}

/** Uploading 1 MiB over a poor line takes its time, and there is no sign of life while it does. */
export const FIRST_ANSWER_MS_MAX = 90_000;
export const SILENCE_MS_MAX = 30_000;
/** Below this gzip only adds bytes. */
const GZIP_BYTES_MIN = 256;
const PROBLEM_BYTES_MAX = 16 * 1024;
const WAIT_S_UNSTATED = 30;

export function createFetchTransport(deps: FetchTransportDeps): Transport {
	return async (request) => {
		const silence = createSilenceGuard(deps.timer);
		try {
			silence.allow(FIRST_ANSWER_MS_MAX);
			const response = await send(deps, request, silence.signal);
			if (isAnswer(response)) return { type: 'answer', chunks: readChunks(response, silence) };
			silence.allow(SILENCE_MS_MAX);
			const failure = await failureOf(response);
			silence.stop();
			return failure;
		} catch (error) {
			silence.stop();
			if (isOwnMistake(error)) throw error;
			return { type: 'unreachable' };
		}
	};
}

async function send(
	{ url, fetch, headers }: FetchTransportDeps,
	request: Uint8Array,
	signal: AbortSignal
): Promise<Response> {
	const isLarge = request.length >= GZIP_BYTES_MIN;
	const body = isLarge ? await gzip(request) : request;
	return fetch(url, {
		method: 'POST',
		body: body as Uint8Array<ArrayBuffer>,
		headers: {
			...headers(),
			accept: CONTENT_TYPE_ANSWER,
			'content-type': CONTENT_TYPE_REQUEST,
			...(isLarge ? { 'content-encoding': 'gzip' } : {})
		},
		// A portal redirects to its own page; following it would send patient data there.
		redirect: 'manual',
		credentials: 'same-origin',
		cache: 'no-store',
		signal
	});
}

async function gzip(bytes: Uint8Array): Promise<Uint8Array> {
	const stream = new Blob([bytes as Uint8Array<ArrayBuffer>])
		.stream()
		.pipeThrough(new CompressionStream('gzip'));
	return new Uint8Array(await new Response(stream).arrayBuffer());
}

interface SilenceGuard {
	signal: AbortSignal;
	/** The other side may be silent for so long from now; then the request is given up. */
	allow(ms: number): void;
	stop(): void;
	abort(): void;
}

function createSilenceGuard(timer: Timer): SilenceGuard {
	const controller = new AbortController();
	let cancel = (): void => undefined;
	const abort = (): void => {
		controller.abort();
	};
	return {
		signal: controller.signal,
		allow: (ms) => {
			cancel();
			cancel = timer.after(ms, abort);
		},
		stop: () => {
			cancel();
		},
		abort
	};
}

function isAnswer(response: Response): boolean {
	return response.status === 200 && contentTypeOf(response) === CONTENT_TYPE_ANSWER;
}

function contentTypeOf(response: Response): string {
	return (response.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

async function* readChunks(
	response: Response,
	silence: SilenceGuard
): AsyncGenerator<Uint8Array, void> {
	const reader = response.body?.getReader();
	let isWhole = reader === undefined;
	try {
		while (reader !== undefined) {
			silence.allow(SILENCE_MS_MAX);
			const { done, value } = await readOrLose(reader);
			isWhole = done;
			if (done) return;
			// While the consumer writes to disk, silence is ours, not the server's.
			silence.stop();
			yield value;
		}
	} finally {
		silence.stop();
		if (!isWhole) silence.abort();
	}
}

type ChunkReader = Pick<ReadableStreamDefaultReader<Uint8Array>, 'read'>;

async function readOrLose(reader: ChunkReader): ReturnType<ChunkReader['read']> {
	try {
		return await reader.read();
	} catch {
		throw new ConnectionLost();
	}
}

async function failureOf(response: Response): Promise<TransportFailure> {
	if (contentTypeOf(response) !== 'application/problem+json') return foreign(response);
	const parsed = problemSchema.safeParse(await readJson(response));
	return parsed.success ? failureOfProblem(parsed.data, response) : foreign(response);
}

function foreign(response: Response): TransportFailure {
	void response.body?.cancel().catch(() => undefined);
	return {
		type: response.status >= 500 && response.status !== 511 ? 'server-failed' : 'foreign-answer'
	};
}

async function readJson(response: Response): Promise<unknown> {
	const declared = Number(response.headers.get('content-length') ?? 0);
	if (declared > PROBLEM_BYTES_MAX) return undefined;
	const text = await response.text();
	try {
		return text.length > PROBLEM_BYTES_MAX ? undefined : JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** `request-refused` lets the engine look for the entry that spoils the push; a fault of the way the
 * request was carried must not do that. */
const FAILURE_OF_PROBLEM: Record<ProblemType, TransportFailure['type']> = {
	'/problems/bad-request': 'request-refused',
	'/problems/not-canonical': 'request-refused',
	'/problems/schema': 'request-refused',
	'/problems/too-large': 'request-refused',
	'/problems/too-slow': 'unreachable',
	'/problems/wrong-method': 'server-failed',
	'/problems/wrong-content-type': 'server-failed',
	'/problems/wrong-content-encoding': 'server-failed',
	'/problems/token-missing': 'signed-out',
	'/problems/token-wrong': 'signed-out',
	// What it is told next is why.
	'/problems/wiped': 'signed-out',
	'/problems/sign-in-failed': 'signed-out',
	'/problems/signed-out': 'signed-out',
	'/problems/not-allowed': 'signed-out',
	'/problems/other-facility': 'signed-out',
	'/problems/no-books-for-role': 'signed-out',
	'/problems/not-enrolled': 'signed-out',
	'/problems/enrolment-code': 'signed-out',
	'/problems/weak-password': 'server-failed',
	'/problems/passkeys-unavailable': 'server-failed',
	'/problems/passkey-refused': 'server-failed',
	'/problems/too-many-attempts': 'asked-to-wait',
	'/problems/busy': 'asked-to-wait',
	'/problems/not-found': 'server-failed',
	'/problems/still-refused': 'server-failed',
	'/problems/password-due': 'server-failed',
	'/problems/login-taken': 'server-failed',
	'/problems/already-decided': 'server-failed',
	'/problems/unknown-protocol': 'update-needed',
	'/problems/internal': 'server-failed'
};

function failureOfProblem(problem: Problem, response: Response): TransportFailure {
	const known = PROBLEM_TYPES.find((type) => type === problem.type);
	const type = known === undefined ? 'server-failed' : FAILURE_OF_PROBLEM[known];
	if (type === 'asked-to-wait')
		return { type, seconds: problem.retryAfter ?? retryAfterOf(response) };
	return type === 'request-refused' ? { type, problem: problem.type } : { type };
}

function retryAfterOf(response: Response): number {
	const seconds = Number(response.headers.get('retry-after'));
	return Number.isInteger(seconds) && seconds > 0 ? seconds : WAIT_S_UNSTATED;
}

/** fetch throws TypeError for a dead network and for a wrong argument alike; only other kinds are ours. */
function isOwnMistake(error: unknown): boolean {
	return error instanceof RangeError || error instanceof ReferenceError;
}
