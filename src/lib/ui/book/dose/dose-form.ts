/**
 * The dose sheet as typed, and the doses it says: each dose is one entry. The schema of the domain
 * decides what a dose is; this adds what only a person at the tablet can know to be wrong: a lot past its
 * date on the day of the injection, a time that has not come, a question that nobody answered.
 */
import { immunizationSchema, type Immunization } from '#lib/domain/book/immunization.ts';
import type { DoseDraft, DoseSheetDraft } from '#lib/domain/book/form-drafts.ts';
import {
	dateOfClinicalTime,
	isClinicalDate,
	latestDay,
	type ClinicalTime,
	type PartialDate
} from '#lib/domain/time/clinical-time.ts';
import { writeTypedDate } from '../../primitives/typed-date.ts';
import { createErrorList, withoutEmpty, type FormResult } from '../typed/field-error.ts';
import { readPartialDate, readTime, whyNotPast } from '../typed/typed-date.ts';
import { readScaled } from '../typed/typed-number.ts';
import { readLine } from '../typed/typed-text.ts';

export const DOSE_TEXT_MAX = {
	product: 120,
	lot: 40,
	place: 200,
	givenBy: 120,
	reason: 400
} as const;
export const DOSES_AT_ONCE_MAX = 8;
const STATED_DOSE_RANGE = { min: 0, max: 20 };

export type TypedDose = DoseDraft;
export type TypedDoseSheet = DoseSheetDraft;

export interface DoseKnowledge {
	now: ClinicalTime;
	birth?: ClinicalTime | undefined;
	/** The rows before which a stop card stands, by key, with what stops them. */
	stopped: ReadonlyMap<number, string>;
}

export interface DoseToSave {
	immunization: Immunization;
	occurred: ClinicalTime;
}

export function emptyDose(key: number): TypedDose {
	return {
		key,
		product: undefined,
		productText: '',
		otherProduct: '',
		otherAntigens: [],
		lot: '',
		expiry: '',
		site: '',
		route: '',
		statedDose: '',
		overrideReason: '',
		overriddenStop: ''
	};
}

export function emptyDoseSheet(now: ClinicalTime, givenBy: string): TypedDoseSheet {
	return {
		fromPaper: false,
		date: writeTypedDate(now),
		time: now.slice(11),
		place: '',
		givenBy,
		doses: [emptyDose(1)]
	};
}

/** Has anything been typed that would be lost? The date and time of opening are nobody's work. */
export function isDoseSheetStarted({ fromPaper, place, doses }: TypedDoseSheet): boolean {
	const hasDose = doses.some(
		(dose) => dose.productText.trim() !== '' || dose.lot.trim() !== '' || dose.expiry.trim() !== ''
	);
	return fromPaper || place.trim() !== '' || doses.length > 1 || hasDose;
}

/** The antigens a row would give; none while no product is chosen. */
export function antigensOf(dose: TypedDose): string[] {
	return dose.product?.antigens ?? dose.otherAntigens;
}

/** When the doses were given; nothing while it cannot be read. */
export function occurredOf(sheet: TypedDoseSheet, now: ClinicalTime): ClinicalTime | undefined {
	const list = createErrorList();
	return takeOccurred(sheet, { now, stopped: new Map() }, list);
}

/** All doses of the sheet, or every field that needs a hand. */
export function readDoseSheet(
	sheet: TypedDoseSheet,
	known: DoseKnowledge
): FormResult<DoseToSave[]> {
	const list = createErrorList();
	const occurred = takeOccurred(sheet, known, list);
	const shared = {
		place: takePlace(sheet, list),
		givenBy: list.take('givenBy', readLine(sheet.givenBy, DOSE_TEXT_MAX.givenBy)),
		fromPaper: sheet.fromPaper ? (true as const) : undefined
	};
	const doses = sheet.doses.map((dose, index) =>
		readDose(dose, `doses.${index}`, { sheet, known, occurred, shared }, list)
	);
	const complete = doses.filter((dose) => dose !== undefined);
	if (list.errors.length > 0 || occurred === undefined || complete.length !== doses.length)
		return { ok: false, errors: list.errors };
	return { ok: true, value: complete.map((immunization) => ({ immunization, occurred })) };
}

type ErrorList = ReturnType<typeof createErrorList>;

interface DoseContext {
	sheet: TypedDoseSheet;
	known: DoseKnowledge;
	occurred: ClinicalTime | undefined;
	shared: Pick<
		{ [Key in keyof Immunization]: Immunization[Key] | undefined },
		'place' | 'givenBy' | 'fromPaper'
	>;
}

function readDose(
	typed: TypedDose,
	path: string,
	{ sheet, known, occurred, shared }: DoseContext,
	list: ErrorList
): Immunization | undefined {
	const product = takeProduct(typed, path, list);
	const antigens = antigensOf(typed);
	if (antigens.length === 0 && typed.product === undefined && product !== undefined)
		list.add(`${path}.antigens`, 'antigen-missing');
	const lot = list.take(`${path}.lot`, readLine(typed.lot, DOSE_TEXT_MAX.lot));
	if (lot === undefined && typed.lot.trim() === '' && !sheet.fromPaper)
		list.add(`${path}.lot`, 'lot-missing');
	const expiry = takeExpiry(typed, path, occurred, sheet.fromPaper, list);
	const statedDose = list.take(
		`${path}.statedDose`,
		readScaled(typed.statedDose, 0, STATED_DOSE_RANGE)
	);
	const note = takeOverride(typed, path, known, list);
	if (product === undefined) return undefined;
	const optional = withoutEmpty({
		...shared,
		lot,
		expiry,
		statedDose,
		note,
		site: typed.site === '' ? undefined : typed.site,
		route: typed.route === '' ? undefined : typed.route
	});
	return accepted({ product, antigens, ...optional }, path, list);
}

function accepted(dose: unknown, path: string, list: ErrorList): Immunization | undefined {
	const parsed = immunizationSchema.safeParse(dose);
	if (parsed.success) return parsed.data;
	const isNoted = list.errors.some(({ field }) => field.startsWith(path));
	if (!isNoted) list.add(`${path}.${String(parsed.error.issues[0]?.path[0] ?? 'product')}`, 'form');
	return undefined;
}

function takeProduct(
	typed: TypedDose,
	path: string,
	list: ErrorList
): Immunization['product'] | undefined {
	if (typed.product !== undefined) return { code: typed.product.code, name: typed.product.name };
	if (typed.otherProduct === '' && typed.productText.trim() !== '') {
		list.add(`${path}.product`, 'not-in-list');
		return undefined;
	}
	const name = list.takeRequired(
		`${path}.product`,
		readLine(typed.otherProduct, DOSE_TEXT_MAX.product)
	);
	return name === undefined ? undefined : { name };
}

function takeExpiry(
	typed: TypedDose,
	path: string,
	occurred: ClinicalTime | undefined,
	fromPaper: boolean,
	list: ErrorList
): PartialDate | undefined {
	const read = readPartialDate(typed.expiry);
	const isUnread = read.type === 'error' && read.code === 'date-form';
	const expiry = list.take(
		`${path}.expiry`,
		isUnread ? { type: 'error', code: 'expiry-form' } : read
	);
	if (expiry === undefined || occurred === undefined || fromPaper) return expiry;
	if (latestDay(expiry) < latestDay(occurred)) list.add(`${path}.expiry`, 'expired-lot');
	return expiry;
}

function takeOverride(
	typed: TypedDose,
	path: string,
	known: DoseKnowledge,
	list: ErrorList
): string | undefined {
	const stop = known.stopped.get(typed.key);
	if (stop === undefined) return undefined;
	if (typed.overriddenStop !== stop) {
		list.add(`${path}.stop`, 'answer-needed');
		return undefined;
	}
	return list.takeRequired(`${path}.reason`, readLine(typed.overrideReason, DOSE_TEXT_MAX.reason));
}

function takePlace(sheet: TypedDoseSheet, list: ErrorList): Immunization['place'] {
	const name = list.take('place', readLine(sheet.place, DOSE_TEXT_MAX.place));
	return name === undefined ? undefined : { name };
}

function takeOccurred(
	sheet: TypedDoseSheet,
	known: DoseKnowledge,
	list: ErrorList
): ClinicalTime | undefined {
	const today = dateOfClinicalTime(known.now);
	if (!isClinicalDate(today)) throw new RangeError('now has a full date');
	const date = list.takeRequired('date', readPartialDate(sheet.date));
	const hour = list.take('time', readTime(sheet.time));
	if (date === undefined) return undefined;
	if (!isClinicalDate(date) && !sheet.fromPaper) {
		list.add('date', 'date-not-full');
		return undefined;
	}
	const isWithTime = hour !== undefined && isClinicalDate(date);
	const occurred = (isWithTime ? `${date}T${hour}` : date) as ClinicalTime;
	const why = whyNotPast(occurred, known.now, known.birth);
	if (why === undefined) return occurred;
	list.add(why === 'in-future' && date <= today ? 'time' : 'date', why);
	return undefined;
}
