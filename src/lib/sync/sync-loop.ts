/**
 * Runs rounds, one at a time: when woken, every half minute, again at once while more waits, later and
 * later while it fails. Obeys the state machine; knows nothing of what a round does.
 */
import type { BookId } from '#lib/domain/ids.ts';
import {
	askedWaitMs,
	backoffMs,
	BLOCKED_RETRY_MS,
	jittered,
	POLL_MS,
	type Random
} from './backoff.ts';
import type { RoundResult, SyncEngine } from './sync-engine.ts';
import {
	nextStep,
	STARTING_STATE,
	type SyncCommand,
	type SyncEvent,
	type SyncState,
	type Wait
} from './sync-state.ts';
import type { Timer } from './timer.ts';

export interface SyncLoopDeps {
	engine: SyncEngine;
	timer: Timer;
	random: Random;
	/** After each change; with the round's result when a round ended. */
	onState?: (state: SyncState, ended?: RoundResult) => void;
	/** A mistake of ours ended a round; the loop goes on as after a failure. */
	onError: (error: unknown) => void;
}

export interface SyncLoop {
	start(): void;
	/** Something changed here or there: try soon. */
	wake(): void;
	/** Tries now and answers how the round ended; nothing when the loop may not try now. */
	syncNow(): Promise<RoundResult | undefined>;
	/** As `syncNow`, and asks for these books by themselves, beside the feed. */
	fetchBooks(books: BookId[]): Promise<RoundResult | undefined>;
	/** Resolves when no round is under way; what it still receives is not taken. */
	stop(): Promise<void>;
	state(): SyncState;
}

export function createSyncLoop(deps: SyncLoopDeps): SyncLoop {
	let state: SyncState = STARTING_STATE;
	let cancelWait = (): void => undefined;
	let running: Promise<void> = Promise.resolve();
	const wishes = createWishes();

	function dispatch(event: SyncEvent, ended?: RoundResult): void {
		const step = nextStep(state, event);
		state = step.state;
		obey(step.command);
		deps.onState?.(state, ended);
	}

	function obey(command: SyncCommand): void {
		if (command.do === 'nothing') return;
		cancelWait();
		cancelWait = (): void => undefined;
		if (command.do === 'run') running = runRound();
		else if (command.do === 'wait')
			cancelWait = deps.timer.after(waitMs(command.wait, deps.random), () => {
				dispatch({ type: 'timer' });
			});
	}

	async function runRound(): Promise<void> {
		const { books, resolve } = wishes.take();
		let result: RoundResult | undefined;
		try {
			const isStopped = (): boolean => state.at === 'stopping';
			result = await deps.engine.round({ books, isStopped });
		} catch (error) {
			deps.onError(error);
		}
		dispatch(result === undefined ? BROKEN : eventOf(result), result);
		resolve(result);
		if (state.at !== 'running') wishes.dismiss();
	}

	async function fetchBooks(books: BookId[]): Promise<RoundResult | undefined> {
		const ended = wishes.add(books);
		dispatch({ type: 'wake' });
		if (state.at !== 'running') wishes.dismiss();
		return ended;
	}

	return {
		start: () => {
			dispatch({ type: 'start' });
		},
		wake: () => {
			dispatch({ type: 'wake' });
		},
		syncNow: () => fetchBooks([]),
		fetchBooks,
		stop: async () => {
			dispatch({ type: 'stop' });
			await running;
		},
		state: () => state
	};
}

type Resolve = (result: RoundResult | undefined) => void;

/** Who waits for the end of a round that has not begun yet, and the books they want in it. */
function createWishes(): {
	add(books: BookId[]): Promise<RoundResult | undefined>;
	/** The round begins: its wishes. */
	take(): { books: BookId[]; resolve: Resolve };
	/** No round will begin soon: nobody is left waiting. */
	dismiss(): void;
} {
	let waiting: Resolve[] = [];
	let wanted = new Set<BookId>();
	const take = (): { books: BookId[]; resolve: Resolve } => {
		const resolves = waiting;
		const books = [...wanted];
		waiting = [];
		wanted = new Set();
		return {
			books,
			resolve: (result) => {
				for (const resolve of resolves) resolve(result);
			}
		};
	};
	return {
		add: (books) => {
			const { promise, resolve } = Promise.withResolvers<RoundResult | undefined>();
			waiting.push(resolve);
			for (const book of books) wanted.add(book);
			return promise;
		},
		take,
		dismiss: () => {
			take().resolve(undefined);
		}
	};
}

const BROKEN: SyncEvent = { type: 'failed', hasProgress: false };

function waitMs(wait: Wait, random: Random): number {
	switch (wait.for) {
		case 'poll':
			return jittered(POLL_MS, random);
		case 'backoff':
			return backoffMs(wait.failures, random);
		case 'server':
			return askedWaitMs(wait.seconds, random);
		case 'blocked':
			return jittered(BLOCKED_RETRY_MS, random);
	}
}

export function eventOf(result: RoundResult): SyncEvent {
	const { accepted, refused, relayed, booksTaken } = result.counts;
	const hasProgress = accepted + refused + relayed + booksTaken > 0;
	switch (result.type) {
		case 'done':
			return { type: result.hasMore ? 'more' : 'settled' };
		case 'cut':
		case 'bad-answer':
		case 'unreachable':
		case 'foreign-answer':
		case 'server-failed':
		case 'request-refused':
			return { type: 'failed', hasProgress };
		case 'asked-to-wait':
			return { type: 'asked-to-wait', seconds: result.seconds };
		case 'signed-out':
		case 'update-needed':
		case 'storage-failed':
			return { type: 'blocked', reason: result.type };
	}
}
