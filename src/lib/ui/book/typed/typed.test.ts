import { describe, expect, it } from 'vitest';
import type { ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import { createErrorList, withoutEmpty } from './field-error.ts';
import { readFullDate, readPartialDate, readTime, whyNotPast } from './typed-date.ts';
import { readScaled } from './typed-number.ts';
import { readLine, readParagraph } from './typed-text.ts';

const now = '2026-11-24T08:40' as ClinicalTime;
const time = (text: string) => text as ClinicalTime;
const value = <Value>(expected: Value) => ({ type: 'value', value: expected });
const error = (code: string) => ({ type: 'error', code });

describe('typed dates', () => {
	it('may lack the day, or day and month, where that is allowed', () => {
		expect(readPartialDate('14/5/2025')).toEqual(value('2025-05-14'));
		expect(readPartialDate('5/2025')).toEqual(value('2025-05'));
		expect(readPartialDate('1965')).toEqual(value('1965'));
		expect(readFullDate('14052025')).toEqual(value('2025-05-14'));
		expect(readFullDate('1965')).toEqual(error('date-not-full'));
	});
	it('that do not exist are said, never repaired', () => {
		expect(readPartialDate('31/02/2025')).toEqual(error('no-such-date'));
		expect(readPartialDate('29/02/2023')).toEqual(error('no-such-date'));
		expect(readPartialDate('00/00/2023')).toEqual(error('no-such-date'));
		expect(readPartialDate('01/01/0001')).toEqual(error('no-such-date'));
	});
	it('refuse anything that is not a date', () => {
		const hostile = ['hôm qua', '14/05', '14/5/25', '1e3', '__proto__', '-1', '9'.repeat(1e6)];
		for (const typed of hostile) expect(readPartialDate(typed)).toEqual(error('date-form'));
		expect(readPartialDate('  ')).toEqual({ type: 'empty' });
	});
});

describe('typed times', () => {
	it('are read with colon, h, g or as four digits', () => {
		for (const typed of ['08:40', '8:40', '8h40', '8g40', '0840'])
			expect(readTime(typed)).toEqual(value('08:40'));
		expect(readTime('8h')).toEqual(value('08:00'));
	});
	it('outside the clock are refused', () => {
		for (const typed of ['24:00', '12:60', 'sáng', '8', '1'.repeat(1e6)])
			expect(readTime(typed)).toEqual(error('time-form'));
	});
});

describe('when something happened', () => {
	it('is not in the future, to the minute', () => {
		expect(whyNotPast(time('2026-11-25'), now)).toBe('in-future');
		expect(whyNotPast(time('2026-11-24T08:41'), now)).toBe('in-future');
		expect(whyNotPast(time('2026-11-24T08:40'), now)).toBeUndefined();
		expect(whyNotPast(time('2026'), now)).toBeUndefined();
	});
	it('is not before birth, but may be in the same unknown month', () => {
		expect(whyNotPast(time('2025-05-13'), now, time('2025-05-14'))).toBe('before-birth');
		expect(whyNotPast(time('2025-05'), now, time('2025-05-14'))).toBeUndefined();
		expect(whyNotPast(time('2025-05-13'), now, time('2025'))).toBeUndefined();
		expect(whyNotPast(time('2024'), now, time('2025'))).toBe('before-birth');
	});
});

describe('typed numbers', () => {
	const range = { min: 250, max: 450 };
	it('take a comma or a point and become the stored unit', () => {
		expect(readScaled('36,7', 1, range)).toEqual(value(367));
		expect(readScaled('36.7', 1, range)).toEqual(value(367));
		expect(readScaled('37', 1, range)).toEqual(value(370));
	});
	it('with letters, signs or too many decimals are refused', () => {
		for (const typed of ['36,7x', 'ba sáu', '--3', '1e2', '3,6,7', '36,75', ',5', '9'.repeat(1e6)])
			expect(readScaled(typed, 1, range)).toEqual(error('number-form'));
		expect(readScaled('12,5', 0, range)).toEqual(error('whole-number'));
	});
	it('beyond what an instrument can show are refused', () => {
		expect(readScaled('24,9', 1, range)).toEqual(error('out-of-range'));
		expect(readScaled('-3', 1, range)).toEqual(error('out-of-range'));
		expect(readScaled('45,1', 1, range)).toEqual(error('out-of-range'));
	});
});

describe('typed text', () => {
	it('is stored tidy: NFC, no control characters, no edge spaces', () => {
		expect(readLine(' Nguyê\u0303n\u0000 An\u200b ', 40)).toEqual(value('Nguyễn An'));
		expect(readLine('hai\r\ndòng', 40)).toEqual(value('hai dòng'));
		expect(readParagraph('hai\r\ndòng', 40)).toEqual(value('hai\ndòng'));
	});
	it('that is too long is refused, also a megabyte, and nothing is cut quietly', () => {
		expect(readLine('x'.repeat(41), 40)).toEqual(error('too-long'));
		expect(readLine('x'.repeat(1_000_000), 40)).toEqual(error('too-long'));
	});
	it('with a letter that was lost on its way is refused, not stored without it', () => {
		for (const read of [readLine, readParagraph])
			expect(read('Nguy\ufffdn', 40)).toEqual(error('damaged-character'));
	});
	it('of spaces or invisible characters only is empty', () => {
		expect(readLine(' \u200b\ufeff ', 40)).toEqual({ type: 'empty' });
	});
});

describe('reading a form', () => {
	it('notes every unreadable field and keeps the readable ones', () => {
		const list = createErrorList();
		expect(list.take('name', readLine('An', 40))).toBe('An');
		expect(list.takeRequired('reason', readLine(' ', 40))).toBeUndefined();
		expect(list.take('date', readPartialDate('x'))).toBeUndefined();
		expect(list.errors).toEqual([
			{ field: 'reason', code: 'required' },
			{ field: 'date', code: 'date-form' }
		]);
	});
	it('leaves empty fields out', () => {
		expect(withoutEmpty({ a: 1, b: undefined })).toEqual({ a: 1 });
	});
});
