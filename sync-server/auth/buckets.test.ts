import { describe, expect, it } from 'vitest';
import { createBuckets } from './buckets.ts';

const MINUTE_MS = 60_000;
const limits = { atOnceMax: 2, perHour: 60, subjectsMax: 2 };

describe('a bucket of turns', () => {
	it('gives some at once, then one a minute, and says how long to wait', () => {
		const take = createBuckets(limits);
		const waits = [0, 0, 0, 30_000, MINUTE_MS, MINUTE_MS].map(
			(nowMs) => take('a', nowMs).waitSeconds
		);
		expect(waits).toEqual([0, 0, 60, 30, 0, 60]);
		expect(take('b', 0).waitSeconds).toBe(0);
	});

	it('never holds more than its size, and fills no faster when the clock goes back', () => {
		const take = createBuckets(limits);
		take('a', 0);
		const later = [60, 60, 60].map((minutes) => take('a', minutes * MINUTE_MS).waitSeconds);
		expect(later).toEqual([0, 0, 60]);
		expect(take('a', 0).waitSeconds).toBe(60);
	});

	it('tells the first refusal from those that follow', () => {
		const take = createBuckets(limits);
		const first = [0, 0, 0, 0, MINUTE_MS, MINUTE_MS].map(
			(nowMs) => take('a', nowMs).isFirstRefusal
		);
		expect(first).toEqual([false, false, true, false, false, true]);
	});

	it('forgets the subject that asked longest ago when there are too many', () => {
		const take = createBuckets({ ...limits, atOnceMax: 1 });
		for (const subject of ['a', 'b', 'c']) take(subject, 0);
		expect(['b', 'c', 'a'].map((subject) => take(subject, 0).waitSeconds > 0)).toEqual([
			true,
			true,
			false
		]);
	});
});
