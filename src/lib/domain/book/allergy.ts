/** Allergies and contraindications: class safety, a union that no merge can shrink. */
import { z } from 'zod';
import { lineSchema, paragraphSchema } from '../text/text.ts';
import { partialDateSchema } from '../time/clinical-schemas.ts';

export const allergyCategorySchema = z.enum(['drug', 'food', 'vaccine', 'other']);
export const allergySeveritySchema = z.enum(['mild', 'moderate', 'severe', 'unknown']);

export const allergySchema = z.discriminatedUnion('finding', [
	z.strictObject({
		finding: z.literal('allergy'),
		substance: lineSchema(120),
		category: allergyCategorySchema,
		reaction: lineSchema(200).optional(),
		severity: allergySeveritySchema,
		since: partialDateSchema.optional(),
		note: paragraphSchema(500).optional()
	}),
	/** Somebody asked on that day and none was known. It hides no allergy. */
	z.strictObject({ finding: z.literal('none-known') })
]);
export type Allergy = z.infer<typeof allergySchema>;
