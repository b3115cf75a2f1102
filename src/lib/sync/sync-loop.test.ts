import { describe, expect, it } from 'vitest';
import { bookId } from './scripted-server.fixture.ts';
import type { RoundCounts, RoundOptions, RoundResult } from './sync-engine.ts';
import { createSyncLoop, eventOf, type SyncLoop } from './sync-loop.ts';
import type { Timer } from './timer.ts';

const COUNTS: RoundCounts = { accepted: 0, refused: 0, later: 0, relayed: 0, booksTaken: 0 };
const SETTLED: RoundResult = {
	type: 'done',
	hasMore: false,
	digest: 'same',
	counts: COUNTS
};
const MORE: RoundResult = { ...SETTLED, hasMore: true };
const UNREACHABLE: RoundResult = { type: 'unreachable', counts: COUNTS };

interface Bench {
	loop: SyncLoop;
	rounds: RoundOptions[];
	/** Ends the round under way. */
	end(result: RoundResult | Error): Promise<void>;
	/** The one wait that is set. */
	wait(): number | undefined;
	/** Lets the wait pass. */
	pass(): Promise<void>;
	errors: unknown[];
}

async function settle(): Promise<void> {
	for (let tick = 0; tick < 10; tick++) await Promise.resolve();
}

function createBench(): Bench {
	const rounds: RoundOptions[] = [];
	const errors: unknown[] = [];
	const waits = new Map<() => void, number>();
	let ending: PromiseWithResolvers<RoundResult> | undefined;
	const timer: Timer = {
		after: (ms, run) => {
			waits.set(run, ms);
			return () => waits.delete(run);
		}
	};
	const round = (options: RoundOptions = {}): Promise<RoundResult> => {
		if (ending !== undefined) throw new Error('two rounds at once');
		rounds.push(options);
		ending = Promise.withResolvers();
		return ending.promise;
	};
	const loop = createSyncLoop({
		engine: { round },
		timer,
		random: () => 0.5,
		onError: (error) => errors.push(error)
	});
	return {
		loop,
		rounds,
		errors,
		end: async (result) => {
			const { resolve, reject } = ending ?? Promise.withResolvers();
			ending = undefined;
			if (result instanceof Error) reject(result);
			else resolve(result);
			await settle();
		},
		wait: () => {
			expect(waits.size).toBeLessThanOrEqual(1);
			return [...waits.values()][0];
		},
		pass: async () => {
			const [run] = waits.keys();
			waits.clear();
			run?.();
			await settle();
		}
	};
}

describe('the sync loop', () => {
	it('runs at once when started, then every half minute', async () => {
		const bench = createBench();
		bench.loop.start();
		expect(bench.rounds).toHaveLength(1);
		await bench.end(SETTLED);
		expect(bench.wait()).toBe(30_000);
		await bench.pass();
		expect(bench.rounds).toHaveLength(2);
	});

	it('runs again at once while more waits', async () => {
		const bench = createBench();
		bench.loop.start();
		await bench.end(MORE);
		await bench.end(MORE);
		expect(bench.rounds).toHaveLength(3);
		expect(bench.wait()).toBeUndefined();
	});

	it('runs at once when woken, and keeps no second timer', async () => {
		const bench = createBench();
		bench.loop.start();
		await bench.end(SETTLED);
		bench.loop.wake();
		expect(bench.rounds).toHaveLength(2);
		expect(bench.wait()).toBeUndefined();
	});

	it('never runs two rounds at once, however often it is woken', async () => {
		const bench = createBench();
		bench.loop.start();
		for (let times = 0; times < 5; times++) bench.loop.wake();
		expect(bench.rounds).toHaveLength(1);
		await bench.end(SETTLED);
		expect(bench.rounds).toHaveLength(2);
		await bench.end(SETTLED);
		expect(bench.rounds).toHaveLength(2);
	});

	it('waits longer and longer while nobody answers', async () => {
		const bench = createBench();
		bench.loop.start();
		const waits: (number | undefined)[] = [];
		for (let failure = 0; failure < 4; failure++) {
			await bench.end(UNREACHABLE);
			waits.push(bench.wait());
			await bench.pass();
		}
		expect(waits).toEqual([750, 1_500, 3_000, 6_000]);
	});

	it('does not let a save disturb a server that asked for time', async () => {
		const bench = createBench();
		bench.loop.start();
		await bench.end({ type: 'asked-to-wait', seconds: 60, counts: COUNTS });
		expect(bench.wait()).toBe(66_000);
		bench.loop.wake();
		expect(bench.rounds).toHaveLength(1);
		expect(bench.wait()).toBe(66_000);
	});

	it('tries rarely while only a person can help, and at once when woken', async () => {
		const bench = createBench();
		bench.loop.start();
		await bench.end({ type: 'signed-out', counts: COUNTS });
		expect(bench.loop.state()).toEqual({ at: 'blocked', reason: 'signed-out' });
		expect(bench.wait()).toBe(300_000);
		bench.loop.wake();
		expect(bench.rounds).toHaveLength(2);
	});

	it('stops: no timer, no round, and ends with the round under way', async () => {
		const bench = createBench();
		bench.loop.start();
		let isEnded = false;
		const stopped = bench.loop.stop().then(() => (isEnded = true));
		await settle();
		expect(isEnded).toBe(false);
		expect(bench.rounds[0]?.isStopped?.()).toBe(true);
		await bench.end(MORE);
		await stopped;
		bench.loop.wake();
		expect(bench.rounds).toHaveLength(1);
		expect(bench.wait()).toBeUndefined();
	});

	it('stops while it waits', async () => {
		const bench = createBench();
		bench.loop.start();
		await bench.end(SETTLED);
		await bench.loop.stop();
		expect(bench.wait()).toBeUndefined();
	});

	it('goes on after a mistake of ours, and tells it', async () => {
		const bench = createBench();
		bench.loop.start();
		await bench.end(new Error('our mistake'));
		expect(bench.errors).toEqual([new Error('our mistake')]);
		expect(bench.loop.state()).toMatchObject({ at: 'backing-off', failures: 1 });
	});

	it('answers "sync now" with a round that began after it was asked', async () => {
		const bench = createBench();
		bench.loop.start();
		const results: unknown[] = [];
		void bench.loop.syncNow().then((result) => results.push(result));
		await bench.end(SETTLED);
		expect(results).toEqual([]);
		await bench.end(MORE);
		expect(results).toEqual([MORE]);
	});

	it('answers "sync now" with nothing when it may not try now', async () => {
		const bench = createBench();
		expect(await bench.loop.syncNow()).toBeUndefined();
		bench.loop.start();
		const asked = bench.loop.syncNow();
		await bench.end({ type: 'asked-to-wait', seconds: 60, counts: COUNTS });
		expect(await asked).toBeUndefined();
		expect(await bench.loop.syncNow()).toBeUndefined();
		expect(bench.rounds).toHaveLength(1);
	});

	it('asks once for a book that is wanted', async () => {
		const bench = createBench();
		bench.loop.start();
		await bench.end(SETTLED);
		const asked = bench.loop.fetchBooks([bookId(1)]);
		expect(bench.rounds[1]?.books).toEqual([bookId(1)]);
		await bench.end(MORE);
		expect(await asked).toEqual(MORE);
		expect(bench.rounds[2]?.books).toEqual([]);
	});
});

describe('what the loop makes of the end of a round', () => {
	const withProgress = { ...COUNTS, booksTaken: 1 };

	it.each<[RoundResult, ReturnType<typeof eventOf>]>([
		[MORE, { type: 'more' }],
		[SETTLED, { type: 'settled' }],
		[UNREACHABLE, { type: 'failed', hasProgress: false }],
		[
			{ type: 'cut', counts: withProgress },
			{ type: 'failed', hasProgress: true }
		],
		[
			{ type: 'foreign-answer', counts: COUNTS },
			{ type: 'failed', hasProgress: false }
		],
		[
			{ type: 'update-needed', counts: COUNTS },
			{ type: 'blocked', reason: 'update-needed' }
		],
		[
			{ type: 'storage-failed', code: 'quota', counts: COUNTS },
			{ type: 'blocked', reason: 'storage-failed' }
		]
	])('%o', (result, event) => {
		expect(eventOf(result)).toEqual(event);
	});
});
