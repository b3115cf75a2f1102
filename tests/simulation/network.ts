/**
 * The line between one tablet and the server. What TLS or the unpacking would notice - an altered
 * acknowledgement, an altered request - arrives here as they would report it; an altered entry inside a
 * page arrives as it is, for a page states what it must hold.
 */
import type { Frame } from '#lib/protocol/messages.ts';
import { encodeFrame } from '#lib/protocol/wire.ts';
import { ConnectionLost, type Exchange, type Transport } from '#lib/sync/transport.ts';
import { strikes, type Context } from './context.ts';
import { NETWORK_FAULTS, type NetworkFault } from './faults.ts';
import type { Random } from './random.ts';
import { StorageFailure } from '../../sync-server/storage/storage.ts';
import { ServerKilled, type ServerAnswer, type SimulatedServer } from './server.ts';

const NO_ANSWER_MS = 90_000;
const SILENCE_MS = 30_000;
const LATENCY_MS = { min: 20, max: 400 };
const SLOW_MS = { min: 1_000, max: 25_000 };
const REPLAY_MS = { min: 60_000, max: 4 * 86_400_000 };
const DUPLICATE_MS = { min: 1, max: 30_000 };
const BUSY_S_MAX = 300;
const FAULT_NAMES = Object.keys(NETWORK_FAULTS) as NetworkFault[];

export interface Link {
	isOnline: boolean;
	/** Connected, but nothing comes through. */
	isClogged: boolean;
	createTransport(token: () => string): Transport;
}

export function createLink(context: Context, tablet: string, server: SimulatedServer): Link {
	const random = context.random.fork(`link ${tablet}`);
	const line: Line = { context, tablet, server, random, sent: 0 };
	const link: Link = {
		isOnline: false,
		isClogged: false,
		createTransport: (token) => (request) => exchange(line, link, request, token())
	};
	return link;
}

interface Line {
	context: Context;
	tablet: string;
	server: SimulatedServer;
	random: Random;
	/** Requests sent so far: a copy that arrives after a later one is out of order. */
	sent: number;
}

async function exchange(
	line: Line,
	link: Link,
	request: Uint8Array,
	token: string
): Promise<Exchange> {
	const { context, random, tablet } = line;
	const { scheduler, trace } = context;
	await scheduler.sleep(random.between(LATENCY_MS.min, LATENCY_MS.max));
	if (!link.isOnline) return { type: 'unreachable' };
	if (link.isClogged) {
		await scheduler.sleep(NO_ANSWER_MS);
		return { type: 'unreachable' };
	}
	line.sent++;
	trace.count('requests');
	const fault = FAULT_NAMES.find((name) => strikes(context, random, name));
	if (fault === undefined) return answered(line, request, token);
	if (fault !== 'altered-page' && fault !== 'cut') trace.fault(tablet, fault);
	return faulty(line, fault, request, token);
}

async function faulty(
	line: Line,
	fault: NetworkFault,
	request: Uint8Array,
	token: string
): Promise<Exchange> {
	const { context, random } = line;
	const { scheduler } = context;
	switch (fault) {
		case 'request-dropped':
			await scheduler.sleep(NO_ANSWER_MS);
			return { type: 'unreachable' };
		case 'answer-dropped':
			await deliverUnheard(line, request, token);
			await scheduler.sleep(NO_ANSWER_MS);
			return { type: 'unreachable' };
		case 'duplicated':
			deliverAgain(line, request, token, random.between(DUPLICATE_MS.min, DUPLICATE_MS.max));
			return answered(line, request, token);
		case 'replayed-later':
			deliverAgain(line, request, token, random.between(REPLAY_MS.min, REPLAY_MS.max));
			return answered(line, request, token);
		case 'portal':
			return { type: 'foreign-answer' };
		case 'busy':
			return { type: 'asked-to-wait', seconds: random.between(1, BUSY_S_MAX) };
		case 'server-error':
			return { type: 'server-failed' };
		case 'signed-out':
			return { type: 'signed-out' };
		case 'update-needed':
			return { type: 'update-needed' };
		case 'altered-request':
			return { type: 'request-refused', problem: '/problems/bad-request' };
		case 'half-open':
		case 'slow':
		case 'cut':
		case 'altered-page':
			return answered(line, request, token, fault);
	}
}

async function answered(
	line: Line,
	request: Uint8Array,
	token: string,
	fault?: NetworkFault
): Promise<Exchange> {
	const answer = await line.server.handle(request, token);
	if (answer.type !== 'frames') return answer;
	return { type: 'answer', chunks: carry(line, answer.frames, fault) };
}

async function* carry(
	line: Line,
	frames: AsyncGenerator<Frame>,
	fault: NetworkFault | undefined
): AsyncGenerator<Uint8Array> {
	const { context, random, tablet } = line;
	let isAltered = fault !== 'altered-page';
	const delay = fault === 'slow' ? SLOW_MS : LATENCY_MS;
	try {
		for await (const frame of frames) {
			await context.scheduler.sleep(random.between(delay.min, delay.max));
			if (!isAltered && frame.frame === 'page') {
				const altered = alter(context, random, frame);
				if (altered !== undefined) {
					isAltered = true;
					context.trace.fault(tablet, 'altered-page');
					yield encodeFrame(altered);
					continue;
				}
			}
			const bytes = encodeFrame(frame);
			if (fault === 'half-open' && random.chance(0.5)) {
				await context.scheduler.sleep(SILENCE_MS);
				throw new ConnectionLost();
			}
			if (fault === 'cut' && random.chance(0.5)) {
				context.trace.fault(tablet, 'cut');
				yield bytes.subarray(0, random.below(bytes.length));
				if (random.chance(0.5)) return;
				throw new ConnectionLost();
			}
			yield* inPieces(random, bytes);
		}
	} catch (error) {
		// Whatever ended the answer at the server, the tablet only sees the line break.
		const isExpected = error instanceof ServerKilled || error instanceof StorageFailure;
		throw isExpected ? new ConnectionLost() : error;
	}
}

function* inPieces(random: Random, bytes: Uint8Array): Generator<Uint8Array> {
	const at = random.chance(0.05) ? random.below(bytes.length) : 0;
	if (at > 0) yield bytes.subarray(0, at);
	yield bytes.subarray(at);
}

type Page = Extract<Frame, { frame: 'page' }>;

/** One byte of one entry of the page is another. */
function alter({ bug }: Context, random: Random, page: Page): Page | undefined {
	const rows = page.rows.flatMap((row, at) =>
		'leave' in row || row.entries.length === 0 ? [] : [{ row, at }]
	);
	if (rows.length === 0) return undefined;
	const { row, at } = random.pick(rows);
	const which = random.below(row.entries.length);
	const entry = new Uint8Array(row.entries[which] ?? []);
	const position = random.below(entry.length);
	entry[position] = (entry[position] ?? 0) ^ (1 << random.below(8));
	const entries = row.entries.with(which, entry);
	const altered = { ...page, rows: page.rows.with(at, { ...row, entries }) };
	return bug.coverUp?.(altered) ?? altered;
}

async function deliverUnheard(line: Line, request: Uint8Array, token: string): Promise<void> {
	const answer: ServerAnswer = await line.server.handle(request, token);
	if (answer.type !== 'frames') return;
	try {
		for await (const _frame of answer.frames);
	} catch (error) {
		// Nobody listens, so nobody hears that it broke off.
		if (error instanceof ServerKilled || error instanceof StorageFailure) return;
		line.context.model.fail('no-throw', `the server: ${String(error)}`);
	}
}

function deliverAgain(line: Line, request: Uint8Array, token: string, delayMs: number): void {
	const { sent, context, tablet } = line;
	context.scheduler.after(delayMs, () => {
		if (!context.faults.areOn) return;
		if (line.sent > sent) context.trace.fault(tablet, 'reordered');
		void deliverUnheard(line, request, token);
	});
}
