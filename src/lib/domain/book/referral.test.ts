import { describe, expect, it } from 'vitest';
import type { ClinicalDate } from '../time/clinical-time.ts';
import { VALID_WORKING_DAYS, workingDaysAfter } from './referral.ts';

const after = (day: string, count = VALID_WORKING_DAYS) =>
	workingDaysAfter(day as ClinicalDate, count);

describe('ten working days', () => {
	it('leave Saturdays and Sundays out, whatever day they begin on', () => {
		expect(after('2026-11-24')).toBe('2026-12-08');
		expect(after('2026-11-27')).toBe('2026-12-11');
		expect(after('2026-11-28')).toBe('2026-12-11');
		expect(after('2026-11-29')).toBe('2026-12-11');
		expect(after('2026-12-24')).toBe('2027-01-07');
	});

	it('begin on the day after', () => {
		expect(after('2026-11-24', 1)).toBe('2026-11-25');
		expect(after('2026-11-27', 1)).toBe('2026-11-30');
		expect(after('2026-11-24', 0)).toBe('2026-11-24');
	});
});
