/**
 * What a device refuses before it builds an entry. The server never refuses for these: a time that looks
 * wrong there may come from a clock that was wrong here.
 */
import type { z } from 'zod';
import type { BookEntry } from '#lib/domain/book/book-entry.ts';
import { VALID_DAYS_MAX, type Referral } from '#lib/domain/book/referral.ts';
import type { Visit } from '#lib/domain/book/visit.ts';
import { createActivity } from '#lib/domain/projections/activity.ts';
import { createEntrySet } from '#lib/domain/projections/entry-set.ts';
import { projectFacts } from '#lib/domain/projections/heads.ts';
import { clinicalTimeSchema } from '#lib/domain/time/clinical-schemas.ts';
import {
	addDays,
	clinicalDateOf,
	clinicalTimeOf,
	clinicalTimeParts,
	earliestDay,
	isAfterDay,
	latestDay,
	type ClinicalTime
} from '#lib/domain/time/clinical-time.ts';

export interface Invalid {
	type: 'invalid';
	/** Where in the input, joined by dots; never the value. */
	path: string;
	code: string;
}

const MESSAGE_IS_CODE = /^[a-z][a-z-]*$/;

export function invalid(path: string, code: string): Invalid {
	return { type: 'invalid', path, code };
}

/** The first thing wrong with `value`; nothing when it fits. `path` is where the value stands. */
export function checkSchema(schema: z.ZodType, value: unknown, path: string): Invalid | undefined {
	const parsed = schema.safeParse(value);
	const issue = parsed.error?.issues[0];
	if (issue === undefined) return undefined;
	const code = MESSAGE_IS_CODE.test(issue.message) ? issue.message : issue.code;
	return invalid([path, ...issue.path].join('.'), code);
}

/** A day or minute that exists and is not in the future; with `allowPartial` also a month or a year. */
export function checkOccurred(
	occurred: ClinicalTime,
	nowMs: number,
	path: string,
	allowPartial = false
): Invalid | undefined {
	const wrong = checkSchema(clinicalTimeSchema, occurred, path);
	if (wrong !== undefined) return wrong;
	if (isInFuture(occurred, nowMs)) return invalid(path, 'in-the-future');
	const precision = clinicalTimeParts(occurred)?.precision;
	if (!allowPartial && (precision === 'year' || precision === 'month'))
		return invalid(path, 'date-not-full');
	return undefined;
}

/** Nothing happened to a person before every birth date that the book holds. */
export function checkAfterBirth(
	occurred: ClinicalTime,
	births: readonly ClinicalTime[],
	path: string
): Invalid | undefined {
	const isBefore =
		births.length > 0 && births.every((birth) => latestDay(occurred) < earliestDay(birth));
	return isBefore ? invalid(path, 'before-birth') : undefined;
}

/** Nobody is asked to come again before the day on which they were seen. */
export function checkFollowUp(
	{ followUp }: Visit,
	occurred: ClinicalTime,
	path: string
): Invalid | undefined {
	if (followUp === undefined || followUp.date >= earliestDay(occurred)) return undefined;
	return invalid(path, 'follow-up-before-visit');
}

/** A letter is shown on the day it was signed at the earliest, and not for longer than the law has it. */
export function checkValidity(
	{ validUntil }: Referral,
	occurred: ClinicalTime,
	path: string
): Invalid | undefined {
	const last = addDays(latestDay(occurred), VALID_DAYS_MAX);
	if (validUntil >= earliestDay(occurred) && validUntil <= last) return undefined;
	return invalid(path, 'validity');
}

/** The birth dates that stand in a book: several while two places disagree. */
export function birthsIn(entries: readonly BookEntry[]): ClinicalTime[] {
	const set = createEntrySet(entries);
	const heads = projectFacts(set, createActivity(set)).birthDate?.heads ?? [];
	return heads.map((head) => head.value);
}

export function checkBirthDate(
	birthDate: ClinicalTime | undefined,
	nowMs: number,
	path: string
): Invalid | undefined {
	if (birthDate === undefined || !isInFuture(birthDate, nowMs)) return undefined;
	return invalid(path, 'born-in-future');
}

function isInFuture(time: ClinicalTime, nowMs: number): boolean {
	const isToTheMinute = clinicalTimeParts(time)?.precision === 'minute';
	return isToTheMinute ? time > clinicalTimeOf(nowMs) : isAfterDay(time, clinicalDateOf(nowMs));
}
