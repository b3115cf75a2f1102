/**
 * A visit while it is being written: letters as typed, not yet values. Nobody's book holds it; it becomes an
 * entry when its author signs. Kept as it is, so what cannot be signed yet can be kept too.
 */
import { z } from 'zod';

const TEXT_LENGTH_MAX = 10_000;
const LINE_LENGTH_MAX = 400;
const ROWS_MAX = 60;
export const draftText = z.string().max(TEXT_LENGTH_MAX);
export const draftLine = z.string().max(LINE_LENGTH_MAX);
const [text, line] = [draftText, draftLine];

export const typedDrugSchema = z.strictObject({
	drug: line,
	dosage: line,
	quantity: line,
	unit: line,
	days: line
});
export type TypedDrug = z.infer<typeof typedDrugSchema>;

export const visitDraftSchema = z.strictObject({
	reason: text,
	measurements: z.record(line, line),
	/** The typed text somebody said is right, by measurement: typing on asks again. */
	confirmed: z.record(line, line),
	findings: text,
	diagnoses: z
		.array(z.strictObject({ code: line.optional(), text: line, main: z.boolean() }))
		.max(ROWS_MAX),
	treatment: text,
	advice: text,
	followUpDate: line,
	followUpWhat: line,
	drugs: z.array(typedDrugSchema).max(ROWS_MAX)
});
export type VisitDraft = z.infer<typeof visitDraftSchema>;

export function emptyVisit(): VisitDraft {
	return {
		reason: '',
		measurements: {},
		confirmed: {},
		findings: '',
		diagnoses: [],
		treatment: '',
		advice: '',
		followUpDate: '',
		followUpWhat: '',
		drugs: []
	};
}

/** Has anything been typed that would be lost? */
export function isVisitStarted(typed: VisitDraft): boolean {
	const texts = [typed.reason, typed.findings, typed.treatment, typed.advice];
	const measured = Object.values(typed.measurements);
	return (
		[...texts, typed.followUpDate, typed.followUpWhat, ...measured].some(
			(one) => one.trim() !== ''
		) ||
		typed.diagnoses.length > 0 ||
		typed.drugs.length > 0
	);
}
