import { describe, expect, it } from 'vitest';
import {
	askedWaitMs,
	ASKED_WAIT_S_MAX,
	BACKOFF_MS_MAX,
	BACKOFF_MS_MIN,
	backoffMs,
	jittered
} from './backoff.ts';

const lowest = (): number => 0;
const highest = (): number => 0.999_999;

describe('waiting', () => {
	it('doubles with each failure and never exceeds its bound', () => {
		const waits = [1, 2, 3, 4, 9, 10, 50, 5_000].map((failures) => backoffMs(failures, highest));
		expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 60_000, 60_000, 60_000, 60_000]);
	});

	it('never waits less than half of it, so that failures cannot make a device hammer', () => {
		expect(backoffMs(1, lowest)).toBe(BACKOFF_MS_MIN / 2);
		expect(backoffMs(0, lowest)).toBe(BACKOFF_MS_MIN / 2);
		expect(backoffMs(100, lowest)).toBe(BACKOFF_MS_MAX / 2);
	});

	it('spreads devices that failed in the same second', () => {
		const waits = new Set([0, 0.1, 0.2, 0.9].map((chance) => backoffMs(6, () => chance)));
		expect(waits.size).toBe(4);
	});

	it('spreads polls a fifth around their time', () => {
		expect([jittered(30_000, lowest), jittered(30_000, highest)]).toEqual([24_000, 36_000]);
	});

	it('never asks earlier than the server wanted, and waits an hour and a fifth at most', () => {
		expect(askedWaitMs(10, lowest)).toBe(10_000);
		expect(askedWaitMs(0, lowest)).toBe(1_000);
		expect(askedWaitMs(1e9, lowest)).toBe(ASKED_WAIT_S_MAX * 1_000);
		expect(askedWaitMs(1e9, highest)).toBeLessThanOrEqual(ASKED_WAIT_S_MAX * 1_200);
	});
});
