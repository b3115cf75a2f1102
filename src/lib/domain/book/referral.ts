/**
 * A letter with which one facility sends a person to another: the fields of the ministry's form (Circular
 * 01/2025/TT-BYT, insurance table XML13) that a commune station fills. What the other facility answers is none of it.
 */
import { z } from 'zod';
import { entryIdSchema } from '../ids.ts';
import { lineSchema, paragraphSchema } from '../text/text.ts';
import { clinicalDateSchema } from '../time/clinical-schemas.ts';
import { addDays, dayNumberOfDate, type ClinicalDate } from '../time/clinical-time.ts';
import { facilityCodeSchema } from './envelope.ts';
import { diagnosesSchema } from './visit.ts';

/** In the order of the insurance table, 1 to 3. */
export const REFERRAL_REASONS = ['eligible', 'beyond-capacity', 'on-request'] as const;
export type ReferralReason = (typeof REFERRAL_REASONS)[number];

export const REFERRAL_TEXT_MAX = {
	to: 200,
	reasonText: 500,
	signs: 4_000,
	treatment: 3_000,
	condition: 1_000,
	transport: 200
} as const;

export const referralSchema = z.strictObject({
	/** The name as it was then; the code when it was chosen from the catalogue. */
	to: z.strictObject({
		facility: facilityCodeSchema.optional(),
		name: lineSchema(REFERRAL_TEXT_MAX.to)
	}),
	reason: z.enum(REFERRAL_REASONS),
	reasonText: paragraphSchema(REFERRAL_TEXT_MAX.reasonText).optional(),
	/** What was complained of, seen and measured. */
	signs: paragraphSchema(REFERRAL_TEXT_MAX.signs).optional(),
	diagnoses: diagnosesSchema.optional(),
	/** What was done and given, drugs included. */
	treatment: paragraphSchema(REFERRAL_TEXT_MAX.treatment).optional(),
	/** How the person was when they left. */
	condition: paragraphSchema(REFERRAL_TEXT_MAX.condition).optional(),
	/** By what, and who goes along. */
	transport: lineSchema(REFERRAL_TEXT_MAX.transport).optional(),
	/** The last day on which it may be shown. */
	validUntil: clinicalDateSchema,
	/** The visit in which it was written. */
	visit: entryIdSchema.optional()
});
export type Referral = z.infer<typeof referralSchema>;

/** Ordinarily; for the illnesses of annex III of the circular it is a year. */
export const VALID_WORKING_DAYS = 10;
export const VALID_DAYS_MAX = 366;

/** The last of so many working days after a day. Public holidays are not known here: it is never too late. */
export function workingDaysAfter(day: ClinicalDate, count: number): ClinicalDate {
	let last = day;
	for (let left = count; left > 0;) {
		last = addDays(last, 1);
		if (!isWeekend(last)) left -= 1;
	}
	return last;
}

/** Day 0 was a Thursday. */
function isWeekend(day: ClinicalDate): boolean {
	return [0, 6].includes((dayNumberOfDate(day) + 4) % 7);
}
