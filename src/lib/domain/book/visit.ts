/** A visit as the station signs it: one entry, written at once. Groups c and d of Decision 31/QĐ-BYT. */
import { z } from 'zod';
import { lineSchema, paragraphSchema } from '../text/text.ts';
import { clinicalDateSchema } from '../time/clinical-schemas.ts';
import { measurementsSchema } from './measurements.ts';

export const DIAGNOSES_MAX = 13;

/** ICD-10 with the station's own words; the code belongs to the edition of the visit's date. */
export const diagnosisSchema = z.strictObject({
	code: z
		.string()
		.regex(/^[A-Z][0-9]{2}(?:\.[0-9A-Z]{1,4})?$/, 'icd-form')
		.optional(),
	text: lineSchema(300),
	main: z.boolean()
});
export type Diagnosis = z.infer<typeof diagnosisSchema>;

/** Exactly one is the main one; the insurance tables take at most 12 others (QĐ 4750, XML1). */
export const diagnosesSchema = z
	.array(diagnosisSchema)
	.min(1)
	.max(DIAGNOSES_MAX)
	.refine((list) => list.filter((diagnosis) => diagnosis.main).length === 1, 'one-main-diagnosis');

export const visitSchema = z.strictObject({
	reason: paragraphSchema(1_000),
	measurements: measurementsSchema.optional(),
	findings: paragraphSchema(4_000).optional(),
	diagnoses: diagnosesSchema.optional(),
	treatment: paragraphSchema(2_000).optional(),
	advice: paragraphSchema(2_000).optional(),
	followUp: z
		.strictObject({ date: clinicalDateSchema, what: lineSchema(200).optional() })
		.optional()
});
export type Visit = z.infer<typeof visitSchema>;
