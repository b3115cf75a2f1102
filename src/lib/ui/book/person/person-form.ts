/**
 * The form of a new person as typed, and the facts it says. Six fields; a birth date may be partial, a
 * number is recognised by its form. A newborn needs no name and no number: it is "con chị ..." with a
 * temporary code until there is one.
 */
import {
	factsSchema,
	personNameSchema,
	PERSON_NAME_LENGTH_MAX,
	phoneSchema,
	type Facts,
	type Sex
} from '#lib/domain/book/facts.ts';
import type { PersonDraft } from '#lib/domain/book/form-drafts.ts';
import {
	identifierKindsOf,
	isIdentifierOf,
	normaliseIdentifier,
	TYPED_IDENTIFIER_KINDS
} from '#lib/domain/book/identifiers.ts';
import {
	dateOfClinicalTime,
	daysBetween,
	isClinicalDate,
	type ClinicalDate,
	type ClinicalTime
} from '#lib/domain/time/clinical-time.ts';
import {
	createErrorList,
	withoutEmpty,
	type FormResult,
	type TypedField
} from '../typed/field-error.ts';
import { readPartialDate, whyNotPast } from '../typed/typed-date.ts';
import { readLine } from '../typed/typed-text.ts';

export const PERSON_TEXT_MAX = {
	name: PERSON_NAME_LENGTH_MAX,
	village: 120,
	detail: 200,
	identifier: 32,
	phone: 24
} as const;
/** Nobody alive is older; a year before that is a slip. */
const AGE_YEARS_MAX = 125;
const DAYS_PER_YEAR = 365.25;

export type TypedPerson = PersonDraft;
export type IdentifierSource = TypedPerson['identifierSource'];
type TypedIdentifierKind = (typeof TYPED_IDENTIFIER_KINDS)[number];

export function emptyPerson(commune = ''): TypedPerson {
	return {
		name: '',
		birthDate: '',
		sex: '',
		village: '',
		commune,
		identifier: '',
		identifierKind: '',
		identifierSource: 'stated',
		oldCard: '',
		phone: ''
	};
}

/** Has anything been typed that would be lost? */
export function isPersonStarted(typed: TypedPerson): boolean {
	return [
		typed.name,
		typed.birthDate,
		typed.sex,
		typed.village,
		typed.identifier,
		typed.phone
	].some((text) => text.trim() !== '');
}

/** What a number that is being typed looks like so far. */
export function recogniseIdentifier(typed: string): TypedIdentifierKind[] {
	const kinds = identifierKindsOf(normaliseIdentifier(typed));
	return TYPED_IDENTIFIER_KINDS.filter((kind) => kinds.includes(kind)).filter(
		// Nine or twelve digits also have the form of a passport, which in Vietnam has a letter.
		(kind) => kind !== 'passport' || /^[A-Z]/.test(normaliseIdentifier(typed))
	);
}

/** The facts of a new person, or every field that needs a hand. */
export function readPerson(typed: TypedPerson, now: ClinicalTime): FormResult<Facts> {
	const list = createErrorList();
	const facts = withoutEmpty({
		name: list.takeRequired('name', readName(typed.name)),
		birthDate: takeBirthDate(typed.birthDate, now, list),
		sex: takeSex(typed.sex, list),
		address: takeAddress(typed, list),
		phone: list.take('phone', readPhone(typed.phone)),
		...takeIdentifiers(typed, list)
	});
	return finish(facts, list);
}

/** What can be compared while the form is half typed: the fields that can be read, nothing refused. */
export function readablePerson(typed: TypedPerson, now: ClinicalTime): Facts | undefined {
	const list = createErrorList();
	const birthDate = takeBirthDate(typed.birthDate, now, createErrorList());
	const facts = withoutEmpty({
		name: list.take('name', readName(typed.name)),
		birthDate,
		sex: typed.sex === '' ? undefined : typed.sex,
		address: takeAddress(typed, list),
		phone: list.take('phone', readPhone(typed.phone)),
		...takeIdentifiers(typed, list)
	});
	const parsed = factsSchema.safeParse(facts);
	return parsed.success ? parsed.data : undefined;
}

export function readName(typed: string): TypedField<string> {
	const line = readLine(typed, PERSON_TEXT_MAX.name);
	if (line.type !== 'value') return line;
	const name = line.value.replace(/\s+/g, ' ');
	return personNameSchema.safeParse(name).success
		? { type: 'value', value: name }
		: { type: 'error', code: 'name-form' };
}

/** A phone number with the spaces, dots and brackets people write it with. */
export function readPhone(typed: string): TypedField<string> {
	const line = readLine(typed, PERSON_TEXT_MAX.phone);
	if (line.type !== 'value') return line;
	const digits = line.value.replace(/[\s.()-]/g, '');
	return phoneSchema.safeParse(digits).success
		? { type: 'value', value: digits }
		: { type: 'error', code: 'phone-form' };
}

/** The identifier with its kind; a temporary code is refused, it belongs to one book already. */
export function readIdentifier(
	typed: string,
	chosen: TypedIdentifierKind | ''
): TypedField<{ kind: TypedIdentifierKind; value: string }> {
	const line = readLine(typed, PERSON_TEXT_MAX.identifier);
	if (line.type !== 'value') return line;
	const value = normaliseIdentifier(line.value);
	if (isIdentifierOf('temporary', value)) return { type: 'error', code: 'identifier-temporary' };
	const kinds = recogniseIdentifier(value);
	const kind = chosen === '' ? kinds[0] : TYPED_IDENTIFIER_KINDS.find((one) => one === chosen);
	if (kind === undefined || !isIdentifierOf(kind, value))
		return { type: 'error', code: 'identifier-form' };
	return { type: 'value', value: { kind, value } };
}

type ErrorList = ReturnType<typeof createErrorList>;

export function takeBirthDate(
	typed: string,
	now: ClinicalTime,
	list: ErrorList
): ClinicalTime | undefined {
	const today = todayOf(now);
	const date = list.takeRequired('birthDate', readPartialDate(typed));
	if (date === undefined) return undefined;
	const why = whyNotPast(date, now);
	if (why !== undefined) list.add('birthDate', why);
	const ageDays = daysBetween(`${date.slice(0, 4)}-12-31` as ClinicalDate, today);
	if (ageDays > AGE_YEARS_MAX * DAYS_PER_YEAR) list.add('birthDate', 'too-long-ago');
	return why === undefined ? date : undefined;
}

function takeSex(sex: Sex | '', list: ErrorList): Sex | undefined {
	if (sex === '') list.add('sex', 'required');
	return sex === '' ? undefined : sex;
}

/** A commune with its village; a village alone says where nobody can find it. */
export function takeAddress(
	typed: Pick<TypedPerson, 'village' | 'commune'>,
	list: ErrorList
): Facts['address'] {
	const village = list.take('village', readLine(typed.village, PERSON_TEXT_MAX.village));
	if (typed.commune === '') {
		if (village !== undefined) list.add('commune', 'required');
		return undefined;
	}
	return { commune: typed.commune, ...withoutEmpty({ village }) };
}

function takeIdentifiers(typed: TypedPerson, list: ErrorList): Facts {
	const { identifierSource: source } = typed;
	const first = list.take('identifier', readIdentifier(typed.identifier, typed.identifierKind));
	const facts: Facts =
		first === undefined ? {} : { [`identifier.${first.kind}`]: { value: first.value, source } };
	if (isIdentifierOf('oldCard', typed.oldCard) && first?.kind !== 'oldCard')
		facts['identifier.oldCard'] = { value: typed.oldCard, source };
	return facts;
}

function finish(facts: unknown, list: ErrorList): FormResult<Facts> {
	if (list.errors.length > 0) return { ok: false, errors: list.errors };
	const parsed = factsSchema.safeParse(facts);
	if (parsed.success) return { ok: true, value: parsed.data };
	return {
		ok: false,
		errors: [{ field: String(parsed.error.issues[0]?.path[0] ?? 'name'), code: 'form' }]
	};
}

export function todayOf(now: ClinicalTime): ClinicalDate {
	const today = dateOfClinicalTime(now);
	if (!isClinicalDate(today)) throw new RangeError('now has a full date');
	return today;
}
