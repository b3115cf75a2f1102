/** The days that a calendar draws, as whole weeks from Monday to Sunday. */
import {
	addDays,
	dayNumberOfDate,
	daysInMonth,
	type ClinicalDate
} from '#lib/domain/time/clinical-time.ts';

export type CalendarView = 'week' | 'month';

const WEEK_DAYS = 7;
/** Day 0 of the count was a Thursday. */
const MONDAY_OFFSET = 3;

export function daysShown(view: CalendarView, around: ClinicalDate): ClinicalDate[] {
	if (view === 'week') return daysFrom(mondayOf(around), WEEK_DAYS);
	const first = firstOfMonth(around);
	const monday = mondayOf(first);
	const last = addDays(first, lengthOfMonth(around) - 1);
	const weeks = (dayNumberOfDate(mondayOf(last)) - dayNumberOfDate(monday)) / WEEK_DAYS + 1;
	return daysFrom(monday, weeks * WEEK_DAYS);
}

/** The day to stand on one week or month further (or back, by -1). */
export function stepped(view: CalendarView, day: ClinicalDate, by: 1 | -1): ClinicalDate {
	if (view === 'week') return addDays(day, by * WEEK_DAYS);
	const target =
		by === 1 ? addDays(firstOfMonth(day), lengthOfMonth(day)) : addDays(firstOfMonth(day), -1);
	// The 31st has no like in a shorter month: its last day stands for it.
	const dayOfMonth = Math.min(Number(day.slice(8)), lengthOfMonth(target));
	return addDays(firstOfMonth(target), dayOfMonth - 1);
}

/** Where a key leads from a day; nothing for other keys. */
export function dayByKey(
	key: string,
	day: ClinicalDate,
	view: CalendarView
): ClinicalDate | undefined {
	switch (key) {
		case 'ArrowLeft':
			return addDays(day, -1);
		case 'ArrowRight':
			return addDays(day, 1);
		case 'ArrowUp':
			return addDays(day, -WEEK_DAYS);
		case 'ArrowDown':
			return addDays(day, WEEK_DAYS);
		case 'Home':
			return mondayOf(day);
		case 'End':
			return addDays(mondayOf(day), WEEK_DAYS - 1);
		case 'PageUp':
			return stepped(view, day, -1);
		case 'PageDown':
			return stepped(view, day, 1);
		default:
			return undefined;
	}
}

function mondayOf(day: ClinicalDate): ClinicalDate {
	return addDays(day, -((dayNumberOfDate(day) + MONDAY_OFFSET) % WEEK_DAYS));
}

function firstOfMonth(day: ClinicalDate): ClinicalDate {
	return addDays(day, 1 - Number(day.slice(8)));
}

function lengthOfMonth(day: ClinicalDate): number {
	return daysInMonth(Number(day.slice(0, 4)), Number(day.slice(5, 7)));
}

function daysFrom(first: ClinicalDate, count: number): ClinicalDate[] {
	return Array.from({ length: count }, (_, at) => addDays(first, at));
}
