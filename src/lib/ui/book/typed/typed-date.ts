/**
 * Typed dates and times to clinical time, for forms that keep what was typed. Nothing is repaired: 31/02
 * is said to be no date, and a year needs its four digits.
 */
import {
	dateOfClinicalTime,
	earliestDay,
	isAfterDay,
	isClinicalDate,
	latestDay,
	type ClinicalDate,
	type ClinicalTime,
	type PartialDate
} from '#lib/domain/time/clinical-time.ts';
import { parseTypedDate } from '../../primitives/typed-date.ts';
import type { FieldErrorCode, TypedField } from './field-error.ts';

const TYPED_LENGTH_MAX = 20;
const TIME = /^(\d{1,2})\s*[:hg.]\s*(\d{2})?$|^(\d{2})(\d{2})$/i;

/** A date of which the day, or day and month, may be missing. */
export function readPartialDate(typed: string): TypedField<PartialDate> {
	if (typed.trim().length > TYPED_LENGTH_MAX) return { type: 'error', code: 'date-form' };
	const parsed = parseTypedDate(typed, true);
	if (parsed.type === 'date') return { type: 'value', value: parsed.value };
	if (parsed.type === 'empty') return parsed;
	return { type: 'error', code: parsed.type === 'no-such-date' ? 'no-such-date' : 'date-form' };
}

/** A date with its day. */
export function readFullDate(typed: string): TypedField<ClinicalDate> {
	const read = readPartialDate(typed);
	if (read.type !== 'value') return read;
	return isClinicalDate(read.value)
		? { type: 'value', value: read.value }
		: { type: 'error', code: 'date-not-full' };
}

/** `HH:mm` of 08:40, 8h40, 8g40, 8h or 0840. */
export function readTime(typed: string): TypedField<string> {
	const text = typed.trim();
	if (text === '') return { type: 'empty' };
	const match = text.length > TYPED_LENGTH_MAX ? null : TIME.exec(text);
	if (match === null) return { type: 'error', code: 'time-form' };
	const hour = Number(match[1] ?? match[3]);
	const minute = Number(match[2] ?? match[4] ?? '0');
	if (hour > 23 || minute > 59) return { type: 'error', code: 'time-form' };
	return { type: 'value', value: `${twoDigits(hour)}:${twoDigits(minute)}` };
}

/** Why a date cannot be when something happened to this person, if it cannot. */
export function whyNotPast(
	time: ClinicalTime | PartialDate,
	now: ClinicalTime,
	birth?: ClinicalTime
): FieldErrorCode | undefined {
	const today = dateOfClinicalTime(now);
	if (isClinicalDate(today) && isAfterDay(time, today)) return 'in-future';
	if (time.length === now.length && time > now) return 'in-future';
	if (birth !== undefined && latestDay(time) < earliestDay(birth)) return 'before-birth';
	return undefined;
}

function twoDigits(value: number): string {
	return String(value).padStart(2, '0');
}
