/** The course of one round: gather, ask, apply what comes, conclude. */
import { idToBytes, type BookId } from '#lib/domain/ids.ts';
import { digestToBytes, EMPTY_DIGEST, type Digest } from '#lib/entry/digest.ts';
import type { Ack, SyncRequest } from '#lib/protocol/messages.ts';
import { PAGES_PER_ANSWER_MAX, PROTOCOL_VERSION } from '#lib/protocol/limits.ts';
import { BadAnswer, encodeRequest, readFrames } from '#lib/protocol/wire.ts';
import type { BookStorage, SyncMeta } from '#lib/storage/port.ts';
import { concludeRound, type Conclusion, type EndFrame } from './conclusion.ts';
import type { Holding } from './holding.ts';
import {
	addPage,
	applyBatch,
	emptyBatch,
	isEmptyBatch,
	isFullBatch,
	type PageFrame,
	type PagesDeps
} from './pages.ts';
import { gatherPush, isRelay, outcomeOf, pushFields, type Push, type PushDeps } from './push.ts';
import { ConnectionLost, type Transport, type TransportFailure } from './transport.ts';

export interface RoundCounts {
	accepted: number;
	refused: number;
	/** Not judged yet: the server asked for time for these. */
	later: number;
	/** Entries of others offered again after a restore, and judged. */
	relayed: number;
	booksTaken: number;
	/** Books that the snapshot still holds; absent outside a snapshot. */
	booksLeft?: number;
}

export type RoundOutcome =
	/** `hasMore`: the next round is due at once. */
	| { type: 'done'; hasMore: boolean; digest: Conclusion['digest'] }
	/** The answer stopped in the middle. */
	| { type: 'cut' }
	/** Not what the protocol allows, or a page whose ids are wrong: it was thrown away. */
	| { type: 'bad-answer'; code: string }
	| TransportFailure;

export interface RoundDeps extends PushDeps, PagesDeps {
	storage: BookStorage;
	transport: Transport;
	/** Device time, milliseconds. */
	clock: () => number;
}

/** How many entries of a book the device has, and the digest over their ids. */
export interface HeldPart {
	n: number;
	digest: Digest;
}

export interface RoundOptions {
	/** Books asked for by themselves, beside the feed: opening on demand. */
	books?: BookId[];
	/** What this device has of them, where only the rest is wanted; a book that is not in it comes whole. */
	held?: ReadonlyMap<BookId, HeldPart>;
	/** Once true, nothing more is taken from the answer, and nothing of it is written any more. */
	isStopped?: () => boolean;
}

interface Round {
	deps: RoundDeps;
	options: RoundOptions;
	holding: Holding;
	counts: RoundCounts;
	meta: SyncMeta;
	push: Push;
	/** Damaged books that are asked for beside those of the options. */
	damaged: BookId[];
	/** Any book is asked for by itself. */
	isAsking: boolean;
	startedMs: number;
	hasAcks: boolean;
}

/** What fails sooner never reached a line, and its length says nothing. */
const NO_LINE_MS = 1_000;
const LATER_S_MAX = 3_600;
const BOOKS_ASKED_MAX = 100;
const NOTHING_HELD: HeldPart = { n: 0, digest: EMPTY_DIGEST };
/** The code with which a restored server asks for an author's certificate. */
const UNKNOWN_AUTHOR = 'unknown-author';

/** Counts as it goes, so that they are true also when it throws `StorageFailed` on the way. */
export async function runRound(
	deps: RoundDeps,
	holding: Holding,
	counts: RoundCounts,
	options: RoundOptions = {}
): Promise<RoundOutcome> {
	const startedMs = deps.clock();
	const meta = await deps.storage.readMeta();
	const { books = [] } = options;
	const damaged = (await deps.storage.listDamaged()).slice(
		0,
		Math.max(0, BOOKS_ASKED_MAX - books.length)
	);
	// A request that relays is not answered with pages: who waits for a book would wait in vain.
	const isAsking = books.length + damaged.length > 0;
	const push = await gatherPush(deps, meta, {
		entriesMax: holding.entriesMax(),
		except: holding.held(startedMs),
		exceptRelays: holding.heldRelays(startedMs),
		mayRelay: holding.mayRelay() && !isAsking
	});
	const common = { deps, options, holding, counts, meta };
	const round: Round = { ...common, push, damaged, isAsking, startedMs, hasAcks: false };
	const outcome = await ask(round);
	if (outcome.type === 'request-refused') await searchSpoiler(round);
	else if (outcome.type !== 'done') notePoorLine(round);
	if (isRelay(push)) holding.relayed(counts.relayed > 0);
	return outcome;
}

async function ask(round: Round): Promise<RoundOutcome> {
	const { deps, options, meta, push, damaged } = round;
	const request = encodeRequest({
		protocol: PROTOCOL_VERSION,
		token: meta.token,
		...(await pushFields(deps, push)),
		credit: isRelay(push) ? 0 : PAGES_PER_ANSWER_MAX,
		...askedBooks([...(options.books ?? []), ...damaged], options.held)
	});
	const exchange = await deps.transport(request);
	return exchange.type === 'answer' ? takeAnswer(round, exchange.chunks) : exchange;
}

/** Whole books, unless only the rest is wanted: pages are unions, and a book is small. */
function askedBooks(books: BookId[], held: RoundOptions['held']): Pick<SyncRequest, 'books'> {
	const asked = [...new Set(books)].slice(0, BOOKS_ASKED_MAX).map((book) => {
		const { n, digest } = held?.get(book) ?? NOTHING_HELD;
		return { book: idToBytes(book), n, digest: digestToBytes(digest) };
	});
	return asked.length === 0 ? {} : { books: asked };
}

async function takeAnswer(round: Round, chunks: AsyncIterable<Uint8Array>): Promise<RoundOutcome> {
	const applier = createApplier(round);
	const isStopped = (): boolean => round.options.isStopped?.() === true;
	let end: EndFrame | undefined;
	let failure: RoundOutcome = { type: 'cut' };
	try {
		for await (const frame of readFrames(chunks)) {
			if (isStopped()) break;
			if (frame.frame === 'acks') await takeAcks(round, frame.acks);
			else if (frame.frame === 'page') await applier.take(frame);
			else end = frame;
		}
	} catch (error) {
		failure = failureOf(error);
		end = undefined;
	}
	// Pages that were right before the answer broke off stay right; and what is being written is awaited,
	// because who stopped this round goes on with the same storage.
	await applier.finish();
	return end === undefined || isStopped() ? failure : conclude(round, end);
}

function failureOf(error: unknown): RoundOutcome {
	if (error instanceof ConnectionLost) return { type: 'cut' };
	if (!(error instanceof BadAnswer)) throw error;
	return error.code === 'cut-short' ? { type: 'cut' } : { type: 'bad-answer', code: error.code };
}

async function takeAcks(round: Round, acks: Ack[]): Promise<void> {
	const { deps, holding, counts, push } = round;
	if (round.hasAcks || acks.length !== push.rows.length) throw new BadAnswer('acks');
	round.hasAcks = true;
	const outcomes = push.rows.flatMap((row, at) => {
		const ack = acks[at];
		const outcome = ack && outcomeOf(row, ack);
		if (ack?.ack === 'later') {
			counts.later++;
			const seconds = Math.min(ack.seconds, LATER_S_MAX);
			if (row.n === undefined) holding.holdRelay(row.id, seconds, round.startedMs);
			else holding.hold(row.n, seconds, round.startedMs);
		}
		return outcome === undefined ? [] : [outcome];
	});
	await deps.storage.applyAcks(outcomes);
	// The server was restored to before it knew this author, and this device has no cursor that tells.
	if (acks.some(isUnknownAuthor)) await deps.storage.updateMeta({ isReoffering: true });
	for (const { outcome } of outcomes)
		counts[outcome === 'accepted' || outcome === 'refused' ? outcome : 'relayed']++;
	holding.grow();
}

function isUnknownAuthor(ack: Ack): boolean {
	return ack.ack === 'later' && ack.code === UNKNOWN_AUTHOR;
}

/** While one batch is written, the next is read and checked. */
function createApplier({ deps, counts, options }: Round): {
	take(page: PageFrame): Promise<void>;
	finish(): Promise<void>;
} {
	let batch = emptyBatch();
	let applying: Promise<void> = Promise.resolve();
	const apply = async (full: typeof batch): Promise<void> => {
		const isApplied = await applyBatch({ ...deps, isStopped: options.isStopped }, full);
		if (!isApplied) return;
		counts.booksTaken += full.entries.size;
		if (full.booksLeft !== undefined) counts.booksLeft = full.booksLeft;
	};
	const start = async (): Promise<void> => {
		const full = batch;
		batch = emptyBatch();
		await applying;
		applying = apply(full);
		applying.catch(() => undefined);
	};
	return {
		take: async (page) => {
			if (!addPage(batch, page)) throw new BadAnswer('page-ids');
			if (isFullBatch(batch)) await start();
		},
		finish: async () => {
			if (!isEmptyBatch(batch)) await start();
			await applying;
		}
	};
}

async function conclude(round: Round, end: EndFrame): Promise<RoundOutcome> {
	const { deps, holding, counts, push, meta } = round;
	// What the server did not mention although it was asked and had nothing more to send.
	if (end.more !== true && round.damaged.length > 0)
		await deps.storage.markOutOfFeed(round.damaged);
	const conclusion = await concludeRound(deps.storage, end, {
		isComparable: isComparable(round),
		heldRelays: holding.heldRelays(round.startedMs),
		epochBefore: meta.epoch,
		nowMs: deps.clock()
	});
	if (end.more !== true) holding.pulled();
	// After a relay comes a pull, if not another relay.
	const hasUnsent = push.hasMore || conclusion.hasRelays || isRelay(push);
	const wasHeard = counts.accepted + counts.refused + counts.relayed > 0;
	// Without progress "more" waits for the next poll: neither side may make the other spin.
	const hasMore =
		conclusion.startsAgain ||
		(end.more === true && counts.booksTaken > 0) ||
		(hasUnsent && wasHeard);
	return { type: 'done', hasMore, digest: conclusion.digest };
}

/** Books asked for by themselves may bring what came after the head whose digest the answer tells. Entries of
 * others that the server put off are left out of the digest; own ones are not. */
function isComparable({ push, hasAcks, holding, startedMs, isAsking }: Round): boolean {
	if (isAsking) return false;
	if (!push.isWholeOutbox || (push.rows.length > 0 && !hasAcks)) return false;
	return holding.held(startedMs).size === 0;
}

/** A push that the line did not carry through is followed by a smaller one. */
function notePoorLine({ deps, holding, push, startedMs, hasAcks }: Round): void {
	const tookMs = deps.clock() - startedMs;
	if (push.rows.length > 0 && !hasAcks && tookMs >= NO_LINE_MS) holding.shrink();
}

/** One entry that the server cannot even read must not hold up the others. */
async function searchSpoiler({ deps, holding, push, startedMs }: Round): Promise<void> {
	const [first] = push.rows;
	if (first === undefined) return;
	const isFound = holding.search(push.rows.length, first.n, startedMs);
	if (isFound && first.n === undefined)
		await deps.storage.applyAcks([
			{ id: first.id, outcome: 'relay-refused', code: 'request-refused' }
		]);
}
