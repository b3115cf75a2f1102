import { expect, it } from 'vitest';
import { minutesLeft } from './opening.ts';

it('counts the minutes that are left, the last one until it is over', () => {
	expect(minutesLeft(240 * 60_000, 0)).toBe(240);
	expect(minutesLeft(240 * 60_000, 1)).toBe(240);
	expect(minutesLeft(240 * 60_000, 60_000)).toBe(239);
	expect(minutesLeft(1, 0)).toBe(1);
	expect(minutesLeft(0, 0)).toBe(0);
	expect(minutesLeft(0, 60_000)).toBe(0);
});
