import { describe, expect, it } from 'vitest';
import type { BookEntry } from '../book/book-entry.ts';
import type { EntryId } from '../ids.ts';
import type { ClinicalDate } from '../time/clinical-time.ts';
import {
	byDue,
	correctionAmong,
	correctionDue,
	correctionWordsSchema,
	isLate
} from './correction-request.ts';

const id = (text: string): EntryId => text as EntryId;
function entry(name: string, effect: string, ...basedOn: string[]): BookEntry {
	const basis = basedOn.map((one) => ({ id: id(one) }));
	return { id: id(name), envelope: { effect, basedOn: basis } } as unknown as BookEntry;
}

describe('when a request is to be answered', () => {
	it('is the second working day after the day in Vietnam on which it came', () => {
		// Monday 30/11/2026, 23:59 and a minute later.
		expect(correctionDue(Date.parse('2026-11-30T16:59:00Z'))).toBe('2026-12-02');
		expect(correctionDue(Date.parse('2026-11-30T17:00:00Z'))).toBe('2026-12-03');
		// A Friday, and the last day before Tết.
		expect(correctionDue(Date.parse('2026-12-04T03:00:00Z'))).toBe('2026-12-08');
		expect(correctionDue(Date.parse('2027-02-04T03:00:00Z'))).toBe('2027-02-12');
	});

	it('is over after that day, not on it', () => {
		expect(isLate('2026-12-02', '2026-12-02' as ClinicalDate)).toBe(false);
		expect(isLate('2026-12-02', '2026-12-03' as ClinicalDate)).toBe(true);
	});

	it('puts the late ones first, then those that came first', () => {
		const requests = [
			{ number: 1, due: '2026-12-03' },
			{ number: 3, due: '2026-12-02' },
			{ number: 2, due: '2026-12-02' }
		];
		expect(requests.sort(byDue).map(({ number }) => number)).toEqual([2, 3, 1]);
	});
});

describe('what answers a request', () => {
	const dose = entry('dose', 'adds');

	it('is an entry after it that amends or withdraws the one in question', () => {
		const amended = entry('amended', 'replaces', 'dose');
		expect(correctionAmong(id('dose'), [dose], [amended])?.id).toBe('amended');
		const voided = entry('voided', 'voids', 'dose');
		expect(correctionAmong(id('dose'), [dose], [voided, amended])?.id).toBe('voided');
	});

	it('is one of a correction of it, which stood there before', () => {
		const first = entry('first', 'replaces', 'dose');
		const second = entry('second', 'replaces', 'first');
		expect(correctionAmong(id('dose'), [dose, first], [second])?.id).toBe('second');
	});

	it('is nothing that was there before, adds to it, or is about another entry', () => {
		const before = entry('before', 'replaces', 'dose');
		expect(correctionAmong(id('dose'), [dose, before], [])).toBeUndefined();
		const letter = entry('letter', 'adds', 'dose');
		const other = entry('other', 'voids', 'visit');
		expect(correctionAmong(id('dose'), [dose], [letter, other])).toBeUndefined();
	});
});

describe('what somebody says is wrong', () => {
	it('is a few words to some sentences, tidy', () => {
		const isTaken = (text: string): boolean => correctionWordsSchema.safeParse(text).success;
		expect(isTaken('Sai ngày')).toBe(true);
		expect(isTaken('Dòng một\nDòng hai')).toBe(true);
		expect(isTaken('x'.repeat(500))).toBe(true);
		for (const wrong of [
			'',
			'sai',
			'     ',
			' sai ngày',
			'x'.repeat(501),
			'sai\u0000ngày',
			'sai\ud800'
		])
			expect(isTaken(wrong), JSON.stringify(wrong)).toBe(false);
	});
});
