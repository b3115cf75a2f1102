import { describe, expect, it } from 'vitest';
import { parseTypedDate, writeTypedDate } from './typed-date.ts';

describe('a typed date', () => {
	it.each([
		['24/11/2026', '2026-11-24'],
		['4/1/2026', '2026-01-04'],
		['24-11-2026', '2026-11-24'],
		['24.11.2026', '2026-11-24'],
		['24112026', '2026-11-24'],
		[' 24 / 11 / 2026 ', '2026-11-24'],
		['29/02/2024', '2024-02-29']
	])('reads %s day first', (typed, value) => {
		expect(parseTypedDate(typed, false)).toEqual({ type: 'date', value });
	});

	it.each([
		['11/2026', '2026-11'],
		['112026', '2026-11'],
		['1957', '1957']
	])('reads %s as a partial date where that is allowed', (typed, value) => {
		expect(parseTypedDate(typed, true)).toEqual({ type: 'date', value });
		expect(parseTypedDate(typed, false)).toEqual({ type: 'day-needed' });
	});

	it.each(['29/02/2025', '31/04/2026', '00/05/2026', '12/13/2026', '01/01/1500'])(
		'refuses %s, which no calendar has',
		(typed) => {
			expect(parseTypedDate(typed, true)).toEqual({ type: 'no-such-date' });
		}
	);

	it.each(['14/5/25', '140525', 'hôm qua', '2026-11-24', '1/2/3/2026', '24/11/', '/11/2026'])(
		'asks again for %s instead of guessing',
		(typed) => {
			expect(parseTypedDate(typed, true)).toEqual({ type: 'form' });
		}
	);

	it('is empty when nothing but spaces was typed', () => {
		expect(parseTypedDate('  ', true)).toEqual({ type: 'empty' });
	});

	it('is written back as it is read', () => {
		for (const stored of ['2026-11-24', '2026-11', '2026']) {
			expect(parseTypedDate(writeTypedDate(stored), true)).toEqual({ type: 'date', value: stored });
		}
	});
});
