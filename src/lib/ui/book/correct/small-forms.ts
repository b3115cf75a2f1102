/**
 * The forms that correct a prescription, measurements taken outside a visit, a note or who looks after
 * somebody: as typed, and what they say. What a form does not show is carried over from `before`.
 */
import type { PrescribedDrug, Prescription } from '#lib/domain/book/prescription.ts';
import { prescriptionSchema } from '#lib/domain/book/prescription.ts';
import type {
	GuardianDraft,
	NoteDraft,
	ObservationDraft,
	PrescriptionDraft
} from '#lib/domain/book/form-drafts.ts';
import { isIdentifierOf, normaliseIdentifier } from '#lib/domain/book/identifiers.ts';
import { MEASUREMENT_NAMES } from '#lib/domain/book/measurements.ts';
import {
	guardianLinkSchema,
	noteSchema,
	observationSchema,
	type GuardianLink,
	type Note,
	type Observation
} from '#lib/domain/book/other-kinds.ts';
import type { TypedDrug } from '#lib/domain/book/visit-draft.ts';
import { writeTypedDate } from '../../primitives/typed-date.ts';
import {
	takeMeasurements,
	typedMeasurementsOf,
	type MeasurementKnowledge
} from '../measurements/read-measurements.ts';
import { readName, readPhone } from '../person/person-form.ts';
import {
	createErrorList,
	withoutEmpty,
	type FieldErrorCode,
	type FormResult,
	type TypedField
} from '../typed/field-error.ts';
import { readPartialDate } from '../typed/typed-date.ts';
import { readLine, readParagraph } from '../typed/typed-text.ts';
import { readDrugs, type DrugKnowledge } from '../visit/drug-form.ts';

export const SMALL_TEXT_MAX = {
	prescriptionNote: 1_000,
	observationNote: 500,
	about: 120,
	text: 4_000,
	personalNumber: 32
} as const;

type ErrorList = ReturnType<typeof createErrorList>;

export function typedPrescriptionOf({ drugs, note = '' }: Prescription): PrescriptionDraft {
	return { drugs: drugs.map(typedDrugOf), note };
}

/** The strength stands in one box with the name, which holds it already where it came from the list. */
function typedDrugOf(prescribed: PrescribedDrug): TypedDrug {
	const { drug, strength, dosage, quantity, unit, days } = prescribed;
	return {
		drug: strength === undefined || drug.includes(strength) ? drug : `${drug} ${strength}`,
		dosage,
		quantity: quantity.toString(),
		unit,
		days: days?.toString() ?? ''
	};
}

/** A drug that was prescribed may stay, whatever is known of allergies since; no other against one may come. */
export function readPrescription(
	typed: PrescriptionDraft,
	before: Prescription,
	known: DrugKnowledge
): FormResult<Prescription> {
	const list = createErrorList();
	const recorded = new Map(before.drugs.map((one) => [typedDrugOf(one).drug, one]));
	const drugs = readDrugs(typed.drugs, known, list, [...recorded.keys()]).map((read) =>
		withHidden(read, recorded.get(read.drug))
	);
	const note = list.take('note', readParagraph(typed.note, SMALL_TEXT_MAX.prescriptionNote));
	if (drugs.length === 0 && list.errors.length === 0) list.add('drugs', 'required');
	const { visit } = before;
	return finish(prescriptionSchema, withoutEmpty({ drugs, visit, note }), list, 'drugs');
}

/** Code, strength and route of a drug whose name nobody changed. */
function withHidden(read: PrescribedDrug, before: PrescribedDrug | undefined): PrescribedDrug {
	if (before === undefined) return read;
	const { drug, code, strength, route } = before;
	return { ...read, drug, ...withoutEmpty({ code, strength, route }) };
}

export function typedObservationOf({ measurements, note = '' }: Observation): ObservationDraft {
	return { ...typedMeasurementsOf(MEASUREMENT_NAMES, measurements), note };
}

export function readObservation(
	typed: ObservationDraft,
	known: MeasurementKnowledge
): FormResult<Observation> {
	const list = createErrorList();
	const measurements = takeMeasurements(MEASUREMENT_NAMES, typed, known, list);
	const note = list.take('note', readParagraph(typed.note, SMALL_TEXT_MAX.observationNote));
	if (measurements === undefined && list.errors.length === 0)
		list.add('temperature_dC', 'nothing-entered');
	return finish(observationSchema, withoutEmpty({ measurements, note }), list, 'note');
}

export function typedNoteOf({ about = '', text }: Note): NoteDraft {
	return { about, text };
}

export function readNote(typed: NoteDraft): FormResult<Note> {
	const list = createErrorList();
	const about = list.take('about', readLine(typed.about, SMALL_TEXT_MAX.about));
	const text = list.takeRequired('text', readParagraph(typed.text, SMALL_TEXT_MAX.text));
	return finish(noteSchema, withoutEmpty({ about, text }), list, 'text');
}

export function typedGuardianOf(link: GuardianLink): GuardianDraft {
	const { name, relation, phone = '', personalNumber = '', from, until, guardian } = link;
	return {
		name,
		relation,
		phone,
		personalNumber,
		from: from === undefined ? '' : writeTypedDate(from),
		until: until === undefined ? '' : writeTypedDate(until),
		keepsBook: guardian !== undefined
	};
}

export function readGuardian(typed: GuardianDraft, before: GuardianLink): FormResult<GuardianLink> {
	const list = createErrorList();
	const link = withoutEmpty({
		guardian: typed.keepsBook ? before.guardian : undefined,
		name: list.takeRequired('name', readName(typed.name)),
		relation: typed.relation,
		phone: list.take('phone', readPhone(typed.phone)),
		personalNumber: list.take('personalNumber', readPersonalNumber(typed.personalNumber)),
		from: list.take('from', readPartialDate(typed.from)),
		until: list.take('until', readPartialDate(typed.until))
	});
	return finish(guardianLinkSchema, link, list, 'until');
}

function readPersonalNumber(typed: string): TypedField<string> {
	const line = readLine(typed, SMALL_TEXT_MAX.personalNumber);
	if (line.type !== 'value') return line;
	const value = normaliseIdentifier(line.value);
	return isIdentifierOf('personal', value)
		? { type: 'value', value }
		: { type: 'error', code: 'identifier-form' };
}

interface Schema<Value> {
	safeParse(
		value: unknown
	):
		| { success: true; data: Value }
		| { success: false; error: { issues: readonly { message: string }[] } };
}

function finish<Value>(
	schema: Schema<Value>,
	value: unknown,
	list: ErrorList,
	field: string
): FormResult<Value> {
	if (list.errors.length > 0) return { ok: false, errors: list.errors };
	const parsed = schema.safeParse(value);
	if (parsed.success) return { ok: true, value: parsed.data };
	const code: FieldErrorCode =
		parsed.error.issues[0]?.message === 'dates-reversed' ? 'dates-reversed' : 'form';
	return { ok: false, errors: [{ field, code }] };
}
