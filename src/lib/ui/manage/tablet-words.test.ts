import { describe, expect, it } from 'vitest';
import { inOrder, lookOf, SILENT_MS, stateOf, type ShownTablet } from './tablet-words.ts';

const NOW_MS = 1_800_000_000_000;
const report = { waiting: 0, usageBytes: 1, quotaBytes: 100 };
const TABLET: ShownTablet = {
	device: 'AAAAAAAAAAAAAAAAAAAAAA',
	number: 1,
	createdMs: NOW_MS - 100 * SILENT_MS,
	lastContactMs: NOW_MS - 60_000,
	report,
	isBlocked: false
};

describe('what is said of a tablet', () => {
	it.each<[string, Partial<ShownTablet>]>([
		['sent', {}],
		['waiting', { report: { ...report, waiting: 2 } }],
		['short', { report: { ...report, waiting: 2, usageBytes: 80 } }],
		['silent', { lastContactMs: NOW_MS - SILENT_MS - 1 }],
		['silent', { lastContactMs: undefined, report: undefined }],
		['new', { lastContactMs: undefined, report: undefined, createdMs: NOW_MS }],
		['ended', { endedMs: 5, lastContactMs: 5 }],
		['blocked', { isBlocked: true, lastContactMs: 5 }],
		['wiping', { isBlocked: true, wipe: { askedMs: 5 } }],
		['wiped', { isBlocked: true, wipe: { askedMs: 5, doneMs: 6 } }]
	])('is %s', (state, change) => {
		expect(stateOf({ ...TABLET, ...change }, NOW_MS)).toBe(state);
	});

	it('says in words for how long nothing was heard, from the eighth day on', () => {
		const seven = { ...TABLET, lastContactMs: NOW_MS - SILENT_MS };
		expect(stateOf(seven, NOW_MS)).toBe('sent');
		const nine = { ...TABLET, lastContactMs: NOW_MS - (9 * SILENT_MS) / 7 };
		expect(lookOf(nine, NOW_MS).words).toBe('Im 9\u00a0ngày');
	});

	it('comes first where somebody should look', () => {
		const silent = { ...TABLET, number: 3, lastContactMs: 5 };
		const gone = { ...TABLET, number: 2, wipe: { askedMs: 5, doneMs: 6 } };
		const numbers = inOrder([gone, TABLET, silent], NOW_MS).map(({ number }) => number);
		expect(numbers).toEqual([3, 1, 2]);
	});
});
