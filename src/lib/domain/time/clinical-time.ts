/**
 * Clinical dates and times as stated, always Asia/Ho_Chi_Minh (UTC+7, no summer time), as text:
 * `2026`, `2026-11`, `2026-11-24` or `2026-11-24T08:40`. A date without a time stays a date: it is never
 * turned into an instant, so no machine's time zone can move a birthday.
 */
const VIETNAM_OFFSET_MS = 7 * 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;
const PATTERN = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2}))?)?)?$/;
const YEAR_MIN = 1880;
const YEAR_MAX = 2199;

export type Precision = 'year' | 'month' | 'day' | 'minute';
/** A full date, `2026-11-24`. */
export type ClinicalDate = string & { readonly __time: 'date' };
/** A date of which day, or day and month, may be unknown: `2026-11`, `2026`. */
export type PartialDate = string & { readonly __time: 'date' | 'partial' };
/** Any of them, or a date with hour and minute. */
export type ClinicalTime = string & { readonly __time: 'date' | 'partial' | 'minute' };

export interface ClinicalTimeParts {
	year: number;
	month?: number;
	day?: number;
	hour?: number;
	minute?: number;
	precision: Precision;
}

/** The parts of a stated time, or nothing when it is not a date that exists. */
export function clinicalTimeParts(text: string): ClinicalTimeParts | undefined {
	const match = PATTERN.exec(text);
	if (match === null) return undefined;
	const [year, month, day, hour, minute] = match
		.slice(1)
		.map((digits) => (digits === undefined ? undefined : Number(digits)));
	if (year === undefined || year < YEAR_MIN || year > YEAR_MAX) return undefined;
	if (month === undefined) return { year, precision: 'year' };
	if (month < 1 || month > 12) return undefined;
	if (day === undefined) return { year, month, precision: 'month' };
	if (day < 1 || day > daysInMonth(year, month)) return undefined;
	if (hour === undefined || minute === undefined) return { year, month, day, precision: 'day' };
	if (hour > 23 || minute > 59) return undefined;
	return { year, month, day, hour, minute, precision: 'minute' };
}

export function isClinicalDate(text: string): text is ClinicalDate {
	return clinicalTimeParts(text)?.precision === 'day';
}

export function isPartialDate(text: string): text is PartialDate {
	const precision = clinicalTimeParts(text)?.precision;
	return precision !== undefined && precision !== 'minute';
}

export function isClinicalTime(text: string): text is ClinicalTime {
	return clinicalTimeParts(text) !== undefined;
}

export function daysInMonth(year: number, month: number): number {
	return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** The clinical time of an instant, to the minute. */
export function clinicalTimeOf(epochMs: number): ClinicalTime {
	return new Date(epochMs + VIETNAM_OFFSET_MS).toISOString().slice(0, 16) as ClinicalTime;
}

/** Number of the day it is in Vietnam at an instant, counted from 1970. Any number is an instant here. */
export function dayNumberOf(epochMs: number): number {
	return Math.floor((epochMs + VIETNAM_OFFSET_MS) / DAY_MS);
}

/** Number of a day, counted from 1970. */
export function dayNumberOfDate(date: ClinicalDate): number {
	return Date.parse(`${date}T00:00Z`) / DAY_MS;
}

/** The instant at which a day is over in Vietnam. */
export function endOfDayMs(date: ClinicalDate): number {
	return (dayNumberOfDate(date) + 1) * DAY_MS - VIETNAM_OFFSET_MS;
}

/** The date it is in Vietnam at an instant. */
export function clinicalDateOf(epochMs: number): ClinicalDate {
	return clinicalTimeOf(epochMs).slice(0, 10) as ClinicalDate;
}

/** The date part; a partial date stays partial. */
export function dateOfClinicalTime(time: ClinicalTime): PartialDate {
	return time.slice(0, 10) as PartialDate;
}

/** The first full day a partial date can mean. Used for sorting and for choosing an edition. */
export function earliestDay(time: ClinicalTime | PartialDate): ClinicalDate {
	const date = time.slice(0, 10);
	return (date + '-01-01'.slice(date.length - 4)) as ClinicalDate;
}

/** The last full day a partial date can mean. */
export function latestDay(time: ClinicalTime | PartialDate): ClinicalDate {
	const parts = clinicalTimeParts(time);
	if (parts === undefined) throw new RangeError('not a clinical time');
	const month = parts.month ?? 12;
	const day = parts.day ?? daysInMonth(parts.year, month);
	return `${parts.year}-${twoDigits(month)}-${twoDigits(day)}` as ClinicalDate;
}

/** Whole days from one date to another; negative when `to` is earlier. */
export function daysBetween(from: ClinicalDate, to: ClinicalDate): number {
	return dayNumberOfDate(to) - dayNumberOfDate(from);
}

export function addDays(date: ClinicalDate, days: number): ClinicalDate {
	return new Date(Date.parse(`${date}T00:00Z`) + days * DAY_MS)
		.toISOString()
		.slice(0, 10) as ClinicalDate;
}

/** Is every day that `time` can mean later than `today`? A partial date of this year is not. */
export function isAfterDay(time: ClinicalTime | PartialDate, today: ClinicalDate): boolean {
	return earliestDay(time) > today;
}

/** May `from` lie before `to` or be the same? Where one is absent, or says only a month or a year, it may. */
export function isInOrder(from: PartialDate | undefined, to: PartialDate | undefined): boolean {
	if (from === undefined || to === undefined) return true;
	const precision = Math.min(from.length, to.length);
	return from.slice(0, precision) <= to.slice(0, precision);
}

function twoDigits(value: number): string {
	return String(value).padStart(2, '0');
}
