/**
 * The envelope of a version that this software does not know. What routing and authorship need must be
 * there in the form of version 1: `v`, `book`, `kind`, and of the author person, role, facility and key.
 * Everything else is taken as far as it can be understood and is never a reason to refuse the entry.
 */
import { z } from 'zod';
import { bookIdSchema, entryIdSchema } from '../ids.ts';
import { paragraphSchema } from '../text/text.ts';
import { clinicalTimeOf, isClinicalTime, type ClinicalTime } from '../time/clinical-time.ts';
import {
	anyRoleSchema,
	effectSchema,
	entryClassSchema,
	facilityCodeSchema,
	factNameSchema,
	keyIdSchema,
	labelSchema,
	personIdSchema,
	REASON_LENGTH_MAX,
	RECORDED_MS_MAX,
	type Envelope
} from './envelope.ts';

/** Sorts before everything that has a date. */
export const BEFORE_ALL = '1880' as ClinicalTime;
/** `2026-11-24T08:40`, then the day, the month and the year of it. */
const TIME_LENGTHS = [16, 10, 7, 4];

/** What goes on with a digit was no whole year or day; an hour of another time zone is not ours. */
const MEANS_ANOTHER = /^[0-9]|^[^T]*(?:Z|[+-](?!07:00)[0-9]{2}:[0-9]{2})$/;

const integer = z.number().int();
const basisSchema = z.object({
	id: entryIdSchema,
	fact: factNameSchema.optional().catch(undefined)
});

/** What this version understands of the envelope of any later one, and of a damaged one. */
export const envelopeNewerSchema = z
	.object({
		v: integer.min(1),
		alg: integer.catch(0),
		book: bookIdSchema,
		kind: z.string().regex(/^[\x21-\x7e]{1,64}$/),
		schema: integer.catch(0),
		class: entryClassSchema.or(z.literal('unknown')).catch('unknown'),
		effect: effectSchema.or(z.literal('unknown')).catch('unknown'),
		basedOn: z.array(z.unknown()).optional().catch(undefined),
		label: labelSchema.or(z.literal('unknown')).catch('unknown'),
		occurred: z.unknown(),
		recorded: z
			.object({
				ms: integer.min(0).max(RECORDED_MS_MAX),
				counter: integer.min(0).max(0xffff_ffff).catch(0),
				offset: integer.min(-RECORDED_MS_MAX).max(RECORDED_MS_MAX).optional().catch(undefined)
			})
			.catch({ ms: 0, counter: 0 }),
		author: z.object({
			person: personIdSchema,
			role: anyRoleSchema,
			facility: facilityCodeSchema.optional(),
			key: keyIdSchema
		}),
		reason: paragraphSchema(REASON_LENGTH_MAX).optional().catch(undefined),
		body: z.unknown()
	})
	.transform(({ basedOn, occurred, ...rest }) => ({
		...rest,
		...basisOf(basedOn),
		...timeOf(occurred, rest.recorded.ms)
	}));

function basisOf(stated: unknown[] | undefined): Pick<Envelope, 'basedOn'> {
	const basedOn = (stated ?? []).flatMap((basis) => {
		const parsed = basisSchema.safeParse(basis);
		if (!parsed.success) return [];
		const { id, fact } = parsed.data;
		return [fact === undefined ? { id } : { id, fact }];
	});
	return basedOn.length === 0 ? {} : { basedOn };
}

/** A longer form, say with seconds or as a span, is read as far as it is a time; without any the day it was
 * written down stands in, so that it has a place in the timeline. */
function timeOf(
	occurred: unknown,
	recordedMs: number
): Pick<Envelope, 'occurred' | 'isOccurredUnknown'> {
	const text = typeof occurred === 'string' ? occurred : '';
	for (const length of TIME_LENGTHS) {
		const time = text.slice(0, length);
		const rest = text.slice(length);
		if (isClinicalTime(time) && time.length === length && !MEANS_ANOTHER.test(rest))
			return { occurred: time };
	}
	return { occurred: dayOf(recordedMs), isOccurredUnknown: true };
}

function dayOf(recordedMs: number): ClinicalTime {
	const day = clinicalTimeOf(recordedMs).slice(0, 10);
	return recordedMs > 0 && isClinicalTime(day) ? day : BEFORE_ALL;
}
