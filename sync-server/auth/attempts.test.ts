import { describe, expect, it } from 'vitest';
import { createAttempts, LOGIN_ATTEMPTS } from './attempts.ts';

const limits = { ...LOGIN_ATTEMPTS, freeFailures: 2, firstWaitMs: 1_000, waitMsMax: 5_000 };

describe('attempts', () => {
	it('are free at first, then wait twice as long each time, up to a limit', () => {
		const attempts = createAttempts(limits);
		const waits = Array.from({ length: 6 }, () => {
			attempts.recordFailure('lan', 0);
			return attempts.waitSeconds('lan', 0);
		});
		expect(waits).toEqual([0, 1, 2, 4, 5, 5]);
		expect(attempts.waitSeconds('lan', 4_500)).toBe(1);
		expect(attempts.waitSeconds('lan', 5_000)).toBe(0);
		expect(attempts.waitSeconds('hoa', 0)).toBe(0);
	});

	it('are forgotten after a success, and after a day without a failure', () => {
		const attempts = createAttempts(limits);
		for (const at of [0, 1, 2]) attempts.recordFailure('lan', at);
		attempts.recordSuccess('lan');
		expect(attempts.waitSeconds('lan', 2)).toBe(0);
		for (const at of [0, 1, 2]) attempts.recordFailure('lan', at);
		attempts.recordFailure('lan', limits.forgetMs + 3);
		expect(attempts.waitSeconds('lan', limits.forgetMs + 3)).toBe(0);
	});

	it('that were counted too early are taken back, with the wait they began', () => {
		const attempts = createAttempts(limits);
		for (const at of [0, 1, 2]) {
			attempts.recordFailure('lan', at);
			attempts.forgive('lan');
		}
		attempts.recordFailure('lan', 3);
		attempts.recordFailure('lan', 4);
		expect(attempts.waitSeconds('lan', 4)).toBe(1);
		attempts.forgive('lan');
		expect(attempts.waitSeconds('lan', 4)).toBe(0);
		attempts.recordFailure('lan', 5);
		expect(attempts.waitSeconds('lan', 5)).toBe(1);
	});

	it('keep no more subjects than their limit, the newest', () => {
		const attempts = createAttempts({ ...limits, freeFailures: 0, subjectsMax: 2 });
		for (const subject of ['a', 'b', 'c']) attempts.recordFailure(subject, 0);
		expect(['a', 'b', 'c'].map((subject) => attempts.waitSeconds(subject, 0) > 0)).toEqual([
			false,
			true,
			true
		]);
	});
});
