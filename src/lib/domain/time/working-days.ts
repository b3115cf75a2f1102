/** Days on which offices work. */
import { PUBLIC_HOLIDAYS } from '../catalogues/data/public-holidays.ts';
import { addDays, dayNumberOfDate, type ClinicalDate } from './clinical-time.ts';

const DAYS_OF_WEEK = 7;
/** Day 0 of `dayNumberOfDate`, 01/01/1970, was a Thursday. */
const SATURDAY = 2;
const SUNDAY = 3;

export function isWorkingDay(day: ClinicalDate): boolean {
	const inWeek = dayNumberOfDate(day) % DAYS_OF_WEEK;
	return inWeek !== SATURDAY && inWeek !== SUNDAY && !PUBLIC_HOLIDAYS.has(day);
}

/** The `count`th working day after `day`; the day itself does not count (Civil Code 91/2015/QH13, art. 147). */
export function addWorkingDays(day: ClinicalDate, count: number): ClinicalDate {
	let reached = day;
	for (let left = count; left > 0;) {
		reached = addDays(reached, 1);
		if (isWorkingDay(reached)) left -= 1;
	}
	return reached;
}
