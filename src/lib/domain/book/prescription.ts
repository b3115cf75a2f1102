import { z } from 'zod';
import { entryIdSchema } from '../ids.ts';
import { lineSchema, paragraphSchema } from '../text/text.ts';

/** Code in a list of drugs; which list is a matter of the day. */
export const drugCodeSchema = z.string().regex(/^[A-Z0-9][A-Z0-9.-]{0,29}$/, 'drug-form');

export const drugRouteSchema = z.enum([
	'oral',
	'topical',
	'inhaled',
	'rectal',
	'injected',
	'eye',
	'ear',
	'nasal',
	'other'
]);

const prescribedDrugSchema = z.strictObject({
	drug: lineSchema(200),
	/** In the station's list of the day; absent for a drug outside it. */
	code: drugCodeSchema.optional(),
	strength: lineSchema(60).optional(),
	/** How to take it, in the patient's words: "1 viên, sáng và tối, sau ăn". */
	dosage: lineSchema(300),
	route: drugRouteSchema.optional(),
	quantity: z.number().int().min(1).max(10_000),
	unit: lineSchema(30),
	days: z.number().int().min(1).max(366).optional()
});
export type PrescribedDrug = z.infer<typeof prescribedDrugSchema>;

export const prescriptionSchema = z.strictObject({
	drugs: z.array(prescribedDrugSchema).min(1).max(30),
	/** The visit in which it was written. */
	visit: entryIdSchema.optional(),
	note: paragraphSchema(1_000).optional()
});
export type Prescription = z.infer<typeof prescriptionSchema>;
