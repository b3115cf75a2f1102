/** The small kinds: observation, guardian link, note, void, samePerson, differentPerson. */
import { z } from 'zod';
import { bookIdSchema } from '../ids.ts';
import { lineSchema, paragraphSchema } from '../text/text.ts';
import { partialDateSchema } from '../time/clinical-schemas.ts';
import { isInOrder } from '../time/clinical-time.ts';
import { personNameSchema, phoneSchema } from './facts.ts';
import { measurementsSchema } from './measurements.ts';

/** Measurements taken outside a visit. */
export const observationSchema = z.strictObject({
	measurements: measurementsSchema,
	note: paragraphSchema(500).optional()
});
export type Observation = z.infer<typeof observationSchema>;

export const guardianRelationSchema = z.enum([
	'mother',
	'father',
	'grandparent',
	'sibling',
	'relative',
	'other'
]);
export type GuardianRelation = z.infer<typeof guardianRelationSchema>;

/** Who looks after this person. Written in the book of the person who is looked after. */
export const guardianLinkSchema = z
	.strictObject({
		/** The guardian's own book, where there is one. */
		guardian: bookIdSchema.optional(),
		name: personNameSchema,
		relation: guardianRelationSchema,
		phone: phoneSchema.optional(),
		personalNumber: z
			.string()
			.regex(/^[0-9]{12}$/)
			.optional(),
		from: partialDateSchema.optional(),
		until: partialDateSchema.optional()
	})
	.refine(({ from, until }) => isInOrder(from, until), 'dates-reversed');
export type GuardianLink = z.infer<typeof guardianLinkSchema>;

export const noteSchema = z.strictObject({
	text: paragraphSchema(4_000),
	about: lineSchema(120).optional()
});
export type Note = z.infer<typeof noteSchema>;

/** "Recorded in error": which entries and why stand in the envelope. */
export const voidSchema = z.strictObject({});
export type Void = z.infer<typeof voidSchema>;

/** Joins two books of one person; nothing is copied, so voiding it parts them without loss. */
export const samePersonSchema = z.strictObject({ other: bookIdSchema });
export type SamePerson = z.infer<typeof samePersonSchema>;

/** Somebody compared two books that look alike, and they are of two people: nobody is asked again. Said in one of
 * the two. */
export const differentPersonSchema = z.strictObject({ other: bookIdSchema });
export type DifferentPerson = z.infer<typeof differentPersonSchema>;
