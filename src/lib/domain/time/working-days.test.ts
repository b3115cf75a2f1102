import { describe, expect, it } from 'vitest';
import { HOLIDAY_YEARS, PUBLIC_HOLIDAYS } from '../catalogues/data/public-holidays.ts';
import { isClinicalDate, type ClinicalDate } from './clinical-time.ts';
import { addWorkingDays, isWorkingDay } from './working-days.ts';

const day = (text: string): ClinicalDate => text as ClinicalDate;
const after = (from: string, count = 2): string => addWorkingDays(day(from), count);

describe('working days', () => {
	it('are Monday to Friday', () => {
		const week = ['2026-11-30', '2026-12-01', '2026-12-02', '2026-12-03', '2026-12-04'];
		expect(week.map((one) => isWorkingDay(day(one)))).toEqual([true, true, true, true, true]);
		expect(isWorkingDay(day('2026-12-05'))).toBe(false);
		expect(isWorkingDay(day('2026-12-06'))).toBe(false);
	});

	it('are counted from the next day on, past weekends', () => {
		expect(after('2026-11-30')).toBe('2026-12-02');
		expect(after('2026-12-03')).toBe('2026-12-07');
		expect(after('2026-12-04')).toBe('2026-12-08');
		expect(after('2026-12-05')).toBe('2026-12-08');
		expect(after('2026-12-06')).toBe('2026-12-08');
		expect(after('2026-11-30', 0)).toBe('2026-11-30');
	});

	it('leave out holidays, those made up for, and Tết', () => {
		expect(after('2026-12-31')).toBe('2027-01-05');
		expect(after('2027-02-04')).toBe('2027-02-12');
		expect(after('2027-04-15')).toBe('2027-04-20');
		expect(after('2027-04-29')).toBe('2027-05-05');
		expect(after('2026-04-24')).toBe('2026-04-29');
		expect(after('2026-08-28')).toBe('2026-09-04');
	});

	it('know holidays as days of their years that no weekend covers', () => {
		for (const holiday of PUBLIC_HOLIDAYS) {
			expect([holiday, isClinicalDate(holiday)]).toEqual([holiday, true]);
			const weekday = new Date(`${holiday}T00:00Z`).getUTCDay();
			expect([holiday, weekday === 0 || weekday === 6]).toEqual([holiday, false]);
			expect(HOLIDAY_YEARS.map(String)).toContain(holiday.slice(0, 4));
		}
	});
});
