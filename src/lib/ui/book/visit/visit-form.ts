/**
 * The visit form as typed, and what it says. The schemas of the domain decide; this only turns letters
 * into values and refusals into field errors, all at once. A visit and its prescription are two entries.
 */
import type { MeasurementName } from '#lib/domain/book/measurements.ts';
import type { VisitDraft } from '#lib/domain/book/visit-draft.ts';
import { DIAGNOSES_MAX, visitSchema, type Diagnosis, type Visit } from '#lib/domain/book/visit.ts';
import type { PrescribedDrug } from '#lib/domain/book/prescription.ts';
import {
	dateOfClinicalTime,
	isClinicalDate,
	type ClinicalDate,
	type ClinicalTime
} from '#lib/domain/time/clinical-time.ts';
import { createErrorList, withoutEmpty, type FormResult } from '../typed/field-error.ts';
import { readFullDate } from '../typed/typed-date.ts';
import { readLine, readParagraph } from '../typed/typed-text.ts';
import type { LastMeasured } from '../measurements/measurement-fields.ts';
import { takeMeasurements } from '../measurements/read-measurements.ts';
import { readDrugs, type DrugKnowledge } from './drug-form.ts';

export const VISIT_TEXT_MAX = {
	reason: 1_000,
	findings: 4_000,
	treatment: 2_000,
	advice: 2_000,
	followUpWhat: 200,
	diagnosis: 300
} as const;

/** In the order of the form. */
export const VISIT_MEASUREMENTS = [
	'temperature_dC',
	'pulse_perMin',
	'systolic_mmHg',
	'diastolic_mmHg',
	'respiration_perMin',
	'oxygenSaturation_pct',
	'weight_g',
	'height_mm'
] as const satisfies MeasurementName[];

/** A follow-up further away than this is a slip of the year. */
const FOLLOW_UP_YEARS_MAX = 5;

export interface VisitKnowledge extends DrugKnowledge {
	now: ClinicalTime;
	ageDays?: number | undefined;
	last?: Partial<Record<MeasurementName, LastMeasured>>;
}

export interface VisitToSave {
	visit: Visit;
	/** Its `visit` is set when the visit has its id. */
	drugs: PrescribedDrug[];
}

/** The visit to save, or every field that needs a hand. */
export function readVisit(typed: VisitDraft, known: VisitKnowledge): FormResult<VisitToSave> {
	const list = createErrorList();
	const reason = list.takeRequired('reason', readParagraph(typed.reason, VISIT_TEXT_MAX.reason));
	const measurements = takeMeasurements(VISIT_MEASUREMENTS, typed, known, list);
	const findings = list.take('findings', readParagraph(typed.findings, VISIT_TEXT_MAX.findings));
	const diagnoses = takeDiagnoses(typed.diagnoses, list);
	const drugs = readDrugs(typed.drugs, known, list);
	const treatment = list.take(
		'treatment',
		readParagraph(typed.treatment, VISIT_TEXT_MAX.treatment)
	);
	const advice = list.take('advice', readParagraph(typed.advice, VISIT_TEXT_MAX.advice));
	const followUp = takeFollowUp(typed, known.now, list);
	if (list.errors.length > 0) return { ok: false, errors: list.errors };
	const parsed = visitSchema.safeParse(
		withoutEmpty({ reason, measurements, findings, diagnoses, treatment, advice, followUp })
	);
	if (parsed.success) return { ok: true, value: { visit: parsed.data, drugs } };
	const field = String(parsed.error.issues[0]?.path[0] ?? 'reason');
	return { ok: false, errors: [{ field, code: 'form' }] };
}

type ErrorList = ReturnType<typeof createErrorList>;

function takeDiagnoses(diagnoses: Diagnosis[], list: ErrorList): Diagnosis[] | undefined {
	if (diagnoses.length === 0) return undefined;
	if (diagnoses.length > DIAGNOSES_MAX) list.add('diagnoses', 'too-long');
	if (diagnoses.filter(({ main }) => main).length !== 1)
		list.add('diagnoses', 'one-main-diagnosis');
	return diagnoses;
}

function takeFollowUp(
	typed: VisitDraft,
	now: ClinicalTime,
	list: ErrorList
): Visit['followUp'] | undefined {
	const today = dateOfClinicalTime(now);
	if (!isClinicalDate(today)) return undefined;
	const date = list.take('followUpDate', readFullDate(typed.followUpDate));
	const what = list.take('followUpWhat', readLine(typed.followUpWhat, VISIT_TEXT_MAX.followUpWhat));
	if (date === undefined) {
		const isDateTyped = typed.followUpDate.trim() !== '';
		if (what !== undefined && !isDateTyped) list.add('followUpDate', 'required');
		return undefined;
	}
	if (date < today) list.add('followUpDate', 'too-long-ago');
	if (date > latestFollowUp(today)) list.add('followUpDate', 'in-future');
	return what === undefined ? { date } : { date, what };
}

function latestFollowUp(today: ClinicalDate): string {
	return `${Number(today.slice(0, 4)) + FOLLOW_UP_YEARS_MAX}${today.slice(4)}`;
}

/** Adds a diagnosis once; the first one becomes the main one. */
export function addDiagnosis(
	diagnoses: Diagnosis[],
	chosen: { code?: string; text: string }
): Diagnosis[] {
	const isListed = diagnoses.some(({ code, text }) =>
		chosen.code === undefined ? text === chosen.text : code === chosen.code
	);
	if (isListed || diagnoses.length >= DIAGNOSES_MAX) return diagnoses;
	const base = {
		text: chosen.text.slice(0, VISIT_TEXT_MAX.diagnosis),
		main: diagnoses.length === 0
	};
	return [...diagnoses, chosen.code === undefined ? base : { code: chosen.code, ...base }];
}

/** Removes one; if it was the main one, the first of the rest takes its place. */
export function removeDiagnosis(diagnoses: Diagnosis[], index: number): Diagnosis[] {
	const rest = diagnoses.filter((_, at) => at !== index);
	return rest.some(({ main }) => main) ? rest : rest.map((one, at) => ({ ...one, main: at === 0 }));
}

export function makeMain(diagnoses: Diagnosis[], index: number): Diagnosis[] {
	return diagnoses.map((one, at) => ({ ...one, main: at === index }));
}

/** Adds a phrase to a text as its own sentence, or takes it out again. */
export function togglePhrase(text: string, phrase: string): string {
	if (!hasPhrase(text, phrase)) return text.trim() === '' ? phrase : `${text.trimEnd()}\n${phrase}`;
	return text
		.split('\n')
		.filter((line) => line.trim() !== phrase)
		.join('\n');
}

export function hasPhrase(text: string, phrase: string): boolean {
	return text.split('\n').some((line) => line.trim() === phrase);
}
