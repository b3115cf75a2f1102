/**
 * What stands in a form while it is written: letters as typed, not yet values, so what cannot be recorded yet
 * can be kept too. The visit's is in `visit-draft.ts`.
 */
import { z } from 'zod';
import { guardianRelationSchema } from './other-kinds.ts';
import { draftLine as line, draftText as text, typedDrugSchema } from './visit-draft.ts';

const ROWS_MAX = 60;

export const prescriptionDraftSchema = z.strictObject({
	drugs: z.array(typedDrugSchema).max(ROWS_MAX),
	note: text
});
export type PrescriptionDraft = z.infer<typeof prescriptionDraftSchema>;

export const observationDraftSchema = z.strictObject({
	measurements: z.record(line, line),
	confirmed: z.record(line, line),
	note: text
});
export type ObservationDraft = z.infer<typeof observationDraftSchema>;

export const noteDraftSchema = z.strictObject({ about: line, text });
export type NoteDraft = z.infer<typeof noteDraftSchema>;

export const guardianDraftSchema = z.strictObject({
	name: line,
	relation: guardianRelationSchema,
	phone: line,
	personalNumber: line,
	from: line,
	until: line,
	/** The guardian's own book stays named. */
	keepsBook: z.boolean()
});
export type GuardianDraft = z.infer<typeof guardianDraftSchema>;
