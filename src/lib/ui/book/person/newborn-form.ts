/** A newborn as typed: mother, sex, time, weight, length; the name may come later. */
import type { NewbornDraft } from '#lib/domain/book/form-drafts.ts';
import type { Facts } from '#lib/domain/book/facts.ts';
import type { Measurements } from '#lib/domain/book/measurements.ts';
import type { GuardianLink } from '#lib/domain/book/other-kinds.ts';
import type { BookId } from '#lib/domain/ids.ts';
import { daysBetween, isClinicalDate, type ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import { mayBePregnant } from '../banner/person-facts.ts';
import { readMeasurement, typedLimitsOf, whyAskAgain } from '../measurements/measurement-fields.ts';
import { createErrorList, withoutEmpty, type FormResult } from '../typed/field-error.ts';
import { readPartialDate, readTime, whyNotPast } from '../typed/typed-date.ts';
import { PERSON_TEXT_MAX, readName, readPhone, takeAddress, todayOf } from './person-form.ts';

/** Older than this, a child is registered with the six fields. */
export const NEWBORN_DAYS_MAX = 60;

export type TypedNewborn = NewbornDraft;

/** A mother who has a book on this tablet. */
export interface MotherWithBook {
	book: BookId;
	name: string;
	phone?: string | undefined;
	village?: string | undefined;
	commune?: string | undefined;
}

/** Nothing for whoever cannot have just given birth. */
export function motherOf(
	book: BookId,
	{ name, sex, phone, address }: Facts,
	ageDays: number | undefined
): MotherWithBook | undefined {
	if (name === undefined || !mayBePregnant(sex, ageDays)) return undefined;
	return { book, name, phone, village: address?.village, commune: address?.commune };
}

/** The child lives where she lives, as far as that is known. */
export function takeMother(typed: TypedNewborn, mother: MotherWithBook): void {
	typed.motherBook = mother.book;
	typed.motherName = mother.name;
	typed.motherPhone = mother.phone ?? '';
	typed.village = mother.village ?? typed.village;
	typed.commune = mother.commune ?? typed.commune;
}

export interface NewbornToRegister {
	facts: Facts;
	guardian: GuardianLink;
	measurements?: Measurements;
}

export function emptyNewborn(commune: string, today: string, time: string): TypedNewborn {
	return {
		motherBook: undefined,
		motherName: '',
		motherPhone: '',
		sex: '',
		birthDate: today,
		birthTime: time,
		weight: '',
		height: '',
		confirmed: {},
		name: '',
		village: '',
		commune
	};
}

/** @param nameOfChild what an unnamed child is called by its mother's name, in the language of records */
export function readNewborn(
	typed: TypedNewborn,
	now: ClinicalTime,
	nameOfChild: (mother: string) => string
): FormResult<NewbornToRegister> {
	const list = createErrorList();
	const mother = list.takeRequired('motherName', readName(typed.motherName));
	const phone = list.take('motherPhone', readPhone(typed.motherPhone));
	const name = list.take('name', readName(typed.name));
	if (typed.sex === '') list.add('sex', 'required');
	const birthDate = takeBirth(typed, now, list);
	const measurements = takeMeasurements(typed, list);
	const address = takeAddress(typed, list);
	const called = name ?? (mother === undefined ? undefined : nameOfChild(mother));
	// Only the mother's name makes it too long: a name for the child, or a shorter one, helps.
	if (called !== undefined && called.length > PERSON_TEXT_MAX.name) list.add('name', 'too-long');
	if (
		list.errors.length > 0 ||
		mother === undefined ||
		called === undefined ||
		typed.sex === '' ||
		birthDate === undefined
	)
		return { ok: false, errors: list.errors };
	const facts: Facts = {
		name: called,
		birthDate,
		sex: typed.sex,
		...withoutEmpty({ address })
	};
	const guardian: GuardianLink = {
		name: mother,
		relation: 'mother',
		...withoutEmpty({ guardian: typed.motherBook, phone })
	};
	return { ok: true, value: { facts, guardian, ...withoutEmpty({ measurements }) } };
}

type ErrorList = ReturnType<typeof createErrorList>;

function takeBirth(
	typed: Pick<TypedNewborn, 'birthDate' | 'birthTime'>,
	now: ClinicalTime,
	list: ErrorList
): ClinicalTime | undefined {
	const today = todayOf(now);
	const date = list.takeRequired('birthDate', readPartialDate(typed.birthDate));
	const hour = list.take('birthTime', readTime(typed.birthTime));
	if (date === undefined) return undefined;
	if (!isClinicalDate(date)) {
		list.add('birthDate', 'date-not-full');
		return undefined;
	}
	const birth = (hour === undefined ? date : `${date}T${hour}`) as ClinicalTime;
	const why = whyNotPast(birth, now);
	if (why !== undefined) list.add(date > today ? 'birthDate' : 'birthTime', why);
	if (daysBetween(date, today) > NEWBORN_DAYS_MAX) list.add('birthDate', 'too-long-ago');
	return birth;
}

function takeMeasurements(typed: TypedNewborn, list: ErrorList): Measurements | undefined {
	const values: Measurements = {};
	const fields = [
		['weight_g', typed.weight],
		['height_mm', typed.height]
	] as const;
	for (const [name, text] of fields) {
		const read = readMeasurement(name, text);
		if (read.type === 'error')
			list.add(name, read.code, read.code === 'out-of-range' ? typedLimitsOf(name) : undefined);
		if (read.type !== 'value') continue;
		values[name] = read.value;
		const why = whyAskAgain(name, read.value, { ageDays: 0 });
		if (why !== undefined && typed.confirmed[name] !== text.trim()) list.add(name, 'confirm-value');
	}
	return Object.keys(values).length === 0 ? undefined : values;
}
