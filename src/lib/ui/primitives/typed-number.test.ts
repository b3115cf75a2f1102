import { describe, expect, it } from 'vitest';
import { parseTypedNumber, writeTypedNumber } from './typed-number.ts';

describe('a typed number', () => {
	it.each([
		['36,7', 1, 367],
		['36.7', 1, 367],
		['37', 1, 370],
		['3,25', 3, 3250],
		[' 92 ', 0, 92],
		['36,', 1, 360]
	])('reads %s with %i decimals as %i of the stored unit', (typed, decimals, scaled) => {
		expect(parseTypedNumber(typed, decimals)).toEqual({ type: 'number', scaled });
	});

	it.each([
		['36,75', 1],
		['92,5', 0],
		['ba sáu', 1],
		['1.204,5', 1],
		['1e3', 0],
		['９２', 0],
		['99999999999', 0]
	])('refuses %s with %i decimals instead of rounding or guessing', (typed, decimals) => {
		expect(parseTypedNumber(typed, decimals)).toEqual({ type: 'form' });
	});

	it('is empty when nothing but spaces was typed', () => {
		expect(parseTypedNumber(' ', 1)).toEqual({ type: 'empty' });
	});

	it('is written with a comma and without needless zeros', () => {
		expect(writeTypedNumber(367, 1)).toBe('36,7');
		expect(writeTypedNumber(370, 1)).toBe('37');
		expect(writeTypedNumber(5, 3)).toBe('0,005');
		expect(writeTypedNumber(-5, 1)).toBe('-0,5');
	});
});
