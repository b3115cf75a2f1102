/**
 * Age as it is said of a person (ui.md, section 8): days, then months and days, then years and months, then
 * years. Only parts; the words are the interface's.
 */
import {
	clinicalTimeParts,
	daysBetween,
	daysInMonth,
	earliestDay,
	isAfterDay,
	type ClinicalDate,
	type ClinicalTime,
	type PartialDate
} from '../time/clinical-time.ts';

const AGE_IN_DAYS_BELOW_DAYS = 28;
const AGE_IN_MONTHS_BELOW_MONTHS = 24;
const AGE_WITH_MONTHS_BELOW_YEARS = 6;

export type Age =
	| { unit: 'days'; days: number }
	| { unit: 'months'; months: number; days: number }
	| { unit: 'years-and-months'; years: number; months: number }
	| { unit: 'years'; years: number }
	/** Day or month of birth is unknown: only about so many. */
	| { unit: 'about-months'; months: number }
	| { unit: 'about-years'; years: number };

interface Elapsed {
	months: number;
	/** Days since the month was full. */
	days: number;
}

/** The age on a day; nothing when the person was not born by then or `birth` is no date. */
export function ageOn(birth: ClinicalTime | PartialDate, on: ClinicalDate): Age | undefined {
	const parts = clinicalTimeParts(birth);
	if (parts === undefined || isAfterDay(birth, on)) return undefined;
	if (parts.month !== undefined && parts.day !== undefined)
		return ageOfElapsed(elapsed(earliestDay(birth), on), daysBetween(earliestDay(birth), on));
	const years = Number(on.slice(0, 4)) - parts.year;
	if (parts.month === undefined) return { unit: 'about-years', years };
	const months = years * 12 + Number(on.slice(5, 7)) - parts.month;
	return months < AGE_IN_MONTHS_BELOW_MONTHS
		? { unit: 'about-months', months }
		: { unit: 'about-years', years: Math.floor(months / 12) };
}

/** Whole months from one day to another, as birthdays of the month count them; negative never. */
export function monthsBetween(from: ClinicalDate, to: ClinicalDate): number {
	return to < from ? 0 : elapsed(from, to).months;
}

function ageOfElapsed({ months, days }: Elapsed, daysLived: number): Age {
	if (daysLived < AGE_IN_DAYS_BELOW_DAYS || months === 0) return { unit: 'days', days: daysLived };
	if (months < AGE_IN_MONTHS_BELOW_MONTHS) return { unit: 'months', months, days };
	const years = Math.floor(months / 12);
	return years < AGE_WITH_MONTHS_BELOW_YEARS
		? { unit: 'years-and-months', years, months: months % 12 }
		: { unit: 'years', years };
}

function elapsed(from: ClinicalDate, to: ClinicalDate): Elapsed {
	const fromDay = Number(from.slice(8));
	const year = Number(to.slice(0, 4));
	const month = Number(to.slice(5, 7));
	const toDay = Number(to.slice(8));
	const months = (year - Number(from.slice(0, 4))) * 12 + month - Number(from.slice(5, 7));
	// Somebody born on the 31st is a month older on the last day of a shorter month.
	const birthday = Math.min(fromDay, daysInMonth(year, month));
	if (toDay >= birthday) return { months, days: toDay - birthday };
	const daysBefore = month === 1 ? 31 : daysInMonth(year, month - 1);
	return { months: months - 1, days: daysBefore - Math.min(fromDay, daysBefore) + toDay };
}
