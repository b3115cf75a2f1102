/**
 * Dates as typed, day first: `24/11/2026`, `24-11-2026`, `24.11.2026`, `24112026`; where a part may be
 * unknown also `11/2026`, `112026` and `2026`. Years need four digits: `25` could be 1925.
 */
import { clinicalTimeParts, type PartialDate } from '#lib/domain/time/clinical-time.ts';

export type DateProblem = 'form' | 'no-such-date' | 'day-needed';
export type TypedDate =
	{ type: 'empty' } | { type: 'date'; value: PartialDate } | { type: DateProblem };

export function parseTypedDate(typed: string, allowPartial: boolean): TypedDate {
	const text = typed.replace(/[\s\u00a0]/g, '');
	if (text === '') return { type: 'empty' };
	const parts = /^\d+$/.test(text) ? partsOfDigits(text) : text.split(/[/.-]/);
	if (parts === undefined || !haveFourDigitYear(parts)) return { type: 'form' };
	const value = parts
		.map((part) => part.padStart(2, '0'))
		.reverse()
		.join('-');
	if (clinicalTimeParts(value) === undefined) return { type: 'no-such-date' };
	if (parts.length < 3 && !allowPartial) return { type: 'day-needed' };
	return { type: 'date', value: value as PartialDate };
}

/** The typed form of a stored date: `2026-11` is `11/2026`. A time of day is left out. */
export function writeTypedDate(date: string): string {
	return date.slice(0, 10).split('-').reverse().join('/');
}

/** Digits without separators, as a numeric keypad gives them. */
function partsOfDigits(digits: string): string[] | undefined {
	if (digits.length === 8) return [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4)];
	// 140525 is day, month and a short year: the year is asked for, not "no such date".
	if (digits.length === 6 && clinicalTimeParts(digits.slice(2)) !== undefined)
		return [digits.slice(0, 2), digits.slice(2)];
	return digits.length === 4 ? [digits] : undefined;
}

function haveFourDigitYear(parts: string[]): boolean {
	const year = parts.at(-1) ?? '';
	const others = parts.slice(0, -1);
	return (
		parts.length <= 3 && /^\d{4}$/.test(year) && others.every((part) => /^\d{1,2}$/.test(part))
	);
}
