import { describe, expect, it } from 'vitest';
import {
	addDays,
	daysBetween,
	type ClinicalDate,
	type ClinicalTime
} from '../time/clinical-time.ts';
import { ageOn, monthsBetween } from './age.ts';

const age = (birth: string, on: string) => ageOn(birth as ClinicalTime, on as ClinicalDate);

describe('age as it is said', () => {
	it('counts days until the 28th day, then months and days, then years and months, then years', () => {
		expect(age('2026-11-24', '2026-11-24')).toEqual({ unit: 'days', days: 0 });
		expect(age('2026-11-24T08:40', '2026-12-21')).toEqual({ unit: 'days', days: 27 });
		expect(age('2025-05-14', '2026-11-24')).toEqual({ unit: 'months', months: 18, days: 10 });
		expect(age('2024-11-24', '2026-11-23')).toEqual({ unit: 'months', months: 23, days: 30 });
		expect(age('2024-11-24', '2026-11-24')).toEqual({
			unit: 'years-and-months',
			years: 2,
			months: 0
		});
		expect(age('2023-09-14', '2026-11-24')).toEqual({
			unit: 'years-and-months',
			years: 3,
			months: 2
		});
		expect(age('2020-11-24', '2026-11-24')).toEqual({ unit: 'years', years: 6 });
		expect(age('1931-01-01', '2026-11-24')).toEqual({ unit: 'years', years: 95 });
	});

	it('says days as long as no month is full, also from the 28th day on', () => {
		expect(age('2026-10-01', '2026-10-30')).toEqual({ unit: 'days', days: 29 });
		expect(age('2027-02-01', '2027-03-01')).toEqual({ unit: 'months', months: 1, days: 0 });
	});

	it('gives who was born on the 31st or 29 February a birthday in every month and year', () => {
		expect(age('2026-01-31', '2026-04-30')).toEqual({ unit: 'months', months: 3, days: 0 });
		expect(age('2020-02-29', '2026-02-28')).toEqual({ unit: 'years', years: 6 });
		expect(age('2026-01-31', '2026-03-30')).toEqual({ unit: 'months', months: 1, days: 30 });
	});

	it('is only about so many when day or month of birth is unknown', () => {
		expect(age('1950', '2026-11-24')).toEqual({ unit: 'about-years', years: 76 });
		expect(age('2026-03', '2026-11-24')).toEqual({ unit: 'about-months', months: 8 });
		expect(age('2010-12', '2026-11-24')).toEqual({ unit: 'about-years', years: 15 });
		expect(age('2026', '2026-11-24')).toEqual({ unit: 'about-years', years: 0 });
	});

	it('says nothing before birth or for something that is no date', () => {
		expect(age('2026-11-25', '2026-11-24')).toBeUndefined();
		expect(age('2027', '2026-11-24')).toBeUndefined();
		expect(age('2026-02-30', '2026-11-24')).toBeUndefined();
	});

	it('never goes back from one day to the next', () => {
		const birth = '2023-12-31' as ClinicalDate;
		let months = 0;
		for (let day = birth; daysBetween(birth, day) < 1_000; day = addDays(day, 1)) {
			const now = monthsBetween(birth, day);
			expect(now - months === 0 || now - months === 1).toBe(true);
			months = now;
		}
		expect(months).toBe(32);
	});
});
