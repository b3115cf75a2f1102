import { describe, expect, it } from 'vitest';
import type { ClinicalDate } from '#lib/domain/time/clinical-time.ts';
import { dayByKey, daysShown, stepped } from './calendar-days.ts';

const day = (text: string) => text as ClinicalDate;
/** A Tuesday. */
const TODAY = day('2026-11-24');

describe('the days of a calendar', () => {
	it('of a week go from Monday to Sunday, whichever of them is asked for', () => {
		for (const asked of ['2026-11-23', '2026-11-24', '2026-11-29']) {
			const days = daysShown('week', day(asked));
			expect([days.length, days[0], days.at(-1)]).toEqual([7, '2026-11-23', '2026-11-29']);
		}
	});

	it('of a month fill its weeks, over the end of the year and in a month of four weeks', () => {
		const ends = (asked: string) => {
			const days = daysShown('month', day(asked));
			return [days.length, days[0], days.at(-1)];
		};
		expect(ends('2026-11-24')).toEqual([42, '2026-10-26', '2026-12-06']);
		expect(ends('2026-12-31')).toEqual([35, '2026-11-30', '2027-01-03']);
		expect(ends('2027-02-10')).toEqual([28, '2027-02-01', '2027-02-28']);
	});

	it('step by a week or by a month, to its last day where the month is shorter', () => {
		expect(stepped('week', TODAY, 1)).toBe('2026-12-01');
		expect(stepped('week', TODAY, -1)).toBe('2026-11-17');
		expect(stepped('month', day('2026-12-31'), -1)).toBe('2026-11-30');
		expect(stepped('month', day('2027-01-31'), 1)).toBe('2027-02-28');
		expect(stepped('month', TODAY, 1)).toBe('2026-12-24');
	});

	it('are reached by keys', () => {
		const reached = (key: string) => dayByKey(key, TODAY, 'month');
		expect(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'].map(reached)).toEqual([
			'2026-11-23',
			'2026-11-25',
			'2026-11-17',
			'2026-12-01'
		]);
		expect(['Home', 'End', 'PageUp', 'PageDown', 'a'].map(reached)).toEqual([
			'2026-11-23',
			'2026-11-29',
			'2026-10-24',
			'2026-12-24',
			undefined
		]);
	});
});
