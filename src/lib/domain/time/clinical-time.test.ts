import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { clinicalDateSchema, clinicalTimeSchema, partialDateSchema } from './clinical-schemas.ts';
import {
	addDays,
	clinicalDateOf,
	clinicalTimeOf,
	clinicalTimeParts,
	dateOfClinicalTime,
	dayNumberOf,
	dayNumberOfDate,
	daysBetween,
	daysInMonth,
	earliestDay,
	isAfterDay,
	isClinicalDate,
	isClinicalTime,
	isPartialDate,
	latestDay,
	type ClinicalDate,
	type ClinicalTime
} from './clinical-time.ts';

const date = (text: string) => text as ClinicalDate;
const time = (text: string) => text as ClinicalTime;
const DAY_MS = 24 * 60 * 60 * 1000;
const dates = fc
	.integer({ min: Date.UTC(1880, 0, 1) / DAY_MS, max: Date.UTC(2199, 11, 31) / DAY_MS })
	.map((day) => date(new Date(day * DAY_MS).toISOString().slice(0, 10)));

describe('a stated time', () => {
	it.each([
		['2026', 'year'],
		['2026-11', 'month'],
		['2026-11-24', 'day'],
		['2026-11-24T08:40', 'minute'],
		['2024-02-29', 'day'],
		['2000-02-29', 'day'],
		['1880', 'year'],
		['2199-12-31T23:59', 'minute']
	])('%s is known to the %s', (text, precision) => {
		expect(clinicalTimeParts(text)?.precision).toBe(precision);
		expect(isClinicalTime(text)).toBe(true);
		expect(isClinicalDate(text)).toBe(precision === 'day');
		expect(isPartialDate(text)).toBe(precision !== 'minute');
	});

	it.each([
		'2026-02-29',
		'1900-02-29',
		'2026-04-31',
		'2026-00',
		'2026-13',
		'2026-11-00',
		'2026-11-32',
		'2026-11-24T24:00',
		'2026-11-24T08:60',
		'2026-11-24T08',
		'2026-11-24T08:40:00',
		'2026-11-24T08:40Z',
		'2026-11-24 08:40',
		'2026-1-2',
		'24/11/2026',
		'1879',
		'2200',
		'0000',
		'-2026',
		'2026-11-24\n',
		'٢٠٢٦',
		'',
		'x'
	])('%j is no date that exists', (text) => {
		expect(isClinicalTime(text)).toBe(false);
		expect(clinicalTimeSchema.safeParse(text).success).toBe(false);
		expect(partialDateSchema.safeParse(text).success).toBe(false);
		expect(clinicalDateSchema.safeParse(text).success).toBe(false);
	});

	it('has parts', () => {
		expect(clinicalTimeParts('2026-11-24T08:40')).toEqual({
			year: 2026,
			month: 11,
			day: 24,
			hour: 8,
			minute: 40,
			precision: 'minute'
		});
	});

	it('in a field for dates may be partial or not, as the field says', () => {
		expect(partialDateSchema.safeParse('2026-11').success).toBe(true);
		expect(clinicalDateSchema.safeParse('2026-11').success).toBe(false);
		expect(partialDateSchema.safeParse('2026-11-24T08:40').success).toBe(false);
	});

	it('knows the first and the last day it can mean', () => {
		expect([earliestDay(time('2026')), latestDay(time('2026'))]).toEqual([
			'2026-01-01',
			'2026-12-31'
		]);
		expect([earliestDay(time('2024-02')), latestDay(time('2024-02'))]).toEqual([
			'2024-02-01',
			'2024-02-29'
		]);
		expect(earliestDay(time('2026-11-24T08:40'))).toBe('2026-11-24');
		expect(latestDay(time('2026-11-24T08:40'))).toBe('2026-11-24');
		expect(dateOfClinicalTime(time('2026-11-24T08:40'))).toBe('2026-11-24');
		expect(dateOfClinicalTime(time('2026-11'))).toBe('2026-11');
		expect(() => latestDay(time('x'))).toThrow('not a clinical time');
	});

	it('lies after today only if every day it can mean does', () => {
		const today = date('2026-11-24');
		expect(isAfterDay(time('2026-11-24T23:59'), today)).toBe(false);
		expect(isAfterDay(time('2026-11-25'), today)).toBe(true);
		expect(isAfterDay(time('2026-11'), today)).toBe(false);
		expect(isAfterDay(time('2026-12'), today)).toBe(true);
		expect(isAfterDay(time('2026'), today)).toBe(false);
		expect(isAfterDay(time('2027'), today)).toBe(true);
	});
});

describe('days', () => {
	it('are counted between dates, also over the end of a year and a leap day', () => {
		expect(daysBetween(date('2026-11-24'), date('2026-11-24'))).toBe(0);
		expect(daysBetween(date('2023-12-31'), date('2024-03-01'))).toBe(61);
		expect(daysBetween(date('2024-03-01'), date('2023-12-31'))).toBe(-61);
	});

	it('added and counted back are the same', () => {
		fc.assert(
			fc.property(dates, fc.integer({ min: -2_000, max: 2_000 }), (from, days) => {
				expect(daysBetween(from, addDays(from, days))).toBe(days);
			})
		);
	});

	it('of every month are known', () => {
		expect(Array.from({ length: 12 }, (_, at) => daysInMonth(2026, at + 1))).toEqual([
			31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31
		]);
		expect([1900, 2000, 2024].map((year) => daysInMonth(year, 2))).toEqual([28, 29, 29]);
	});

	it('have numbers that agree with the date in Vietnam', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: Date.UTC(2199, 11, 30) }), (ms) => {
				expect(dayNumberOf(ms)).toBe(dayNumberOfDate(clinicalDateOf(ms)));
			})
		);
		expect(dayNumberOf(Number.MAX_SAFE_INTEGER)).toBeGreaterThan(0);
	});
});

describe('the day in Vietnam', () => {
	const machineZone = process.env['TZ'];
	const zones = [
		'UTC',
		'Asia/Ho_Chi_Minh',
		'America/Los_Angeles',
		'Pacific/Kiritimati',
		'Pacific/Niue',
		'Australia/Lord_Howe'
	];
	afterEach(() => {
		if (machineZone === undefined) delete process.env['TZ'];
		else process.env['TZ'] = machineZone;
	});

	it('begins at 17:00 UTC', () => {
		expect(clinicalDateOf(Date.UTC(2026, 10, 24, 16, 59, 59, 999))).toBe('2026-11-24');
		expect(clinicalDateOf(Date.UTC(2026, 10, 24, 17))).toBe('2026-11-25');
		expect(clinicalTimeOf(Date.UTC(2026, 10, 24, 17))).toBe('2026-11-25T00:00');
		expect(clinicalTimeOf(Date.UTC(2026, 10, 24, 1, 40, 59))).toBe('2026-11-24T08:40');
	});

	it.each(zones)('does not move with a machine in %s', (zone) => {
		process.env['TZ'] = zone;
		expect(clinicalDateOf(Date.UTC(2026, 10, 24, 16, 59))).toBe('2026-11-24');
		expect(clinicalDateOf(Date.UTC(2026, 10, 24, 17))).toBe('2026-11-25');
		expect(addDays(date('2026-03-28'), 1)).toBe('2026-03-29');
		expect(daysBetween(date('2026-03-01'), date('2026-11-01'))).toBe(245);
		expect(daysInMonth(2026, 2)).toBe(28);
		expect(latestDay(time('2026-02'))).toBe('2026-02-28');
		expect(isAfterDay(time('2026-11-25'), date('2026-11-24'))).toBe(true);
	});

	it('was tested on machines that really are elsewhere', () => {
		process.env['TZ'] = 'America/Los_Angeles';
		const there = new Date(2026, 0, 1).getTime();
		process.env['TZ'] = 'Pacific/Kiritimati';
		expect(there - new Date(2026, 0, 1).getTime()).toBe(22 * 60 * 60 * 1000);
	});
});
