/**
 * Changes to what is known of a person. The form opens with the values shown and keeps them with the entries
 * behind them, because the book goes on changing below it: only what differs from the values its user saw, or
 * was decided where two places differ, becomes a new facts entry. Nothing is overwritten by it.
 */
import {
	FACT_NAMES,
	factsSchema,
	type FactName,
	type FactValue,
	type Facts
} from '#lib/domain/book/facts.ts';
import { isIdentifierOf, normaliseIdentifier } from '#lib/domain/book/identifiers.ts';
import type { FactsDraft, TypedNumberFact } from '#lib/domain/book/form-drafts.ts';
import type { EntryId } from '#lib/domain/ids.ts';
import type { BookHeader, FactHead } from '#lib/domain/projections/book-view.ts';
import { seenHeads } from '#lib/domain/projections/seen-heads.ts';
import type { ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import { writeTypedDate } from '../../primitives/typed-date.ts';
import { shownFacts } from '../banner/person-facts.ts';
import { identifierKindOf, isIdentifierFact } from '../words.ts';
import { createErrorList, withoutEmpty, type FormResult } from '../typed/field-error.ts';
import { standingFacts } from './standing-facts.ts';
import {
	emptyPerson,
	readIdentifier,
	readName,
	readPhone,
	takeAddress,
	takeBirthDate,
	type TypedPerson
} from '../person/person-form.ts';

export type TypedFacts = FactsDraft;
type TypedNumber = TypedFacts['numbers'][number];

const FIELDS = {
	name: ['name'],
	birthDate: ['birthDate'],
	sex: ['sex'],
	address: ['village', 'commune'],
	phone: ['phone']
} as const satisfies Partial<Record<FactName, (keyof TypedPerson)[]>>;
export type EditableFact = keyof typeof FIELDS;
export const EDITABLE_FACTS = ['name', 'birthDate', 'sex', 'address', 'phone'] as const;

export function openFacts(header: BookHeader): TypedFacts {
	const opened = shownFacts(header);
	return {
		...fieldsOf(opened),
		decided: [],
		opened,
		seen: seenHeads(header.facts),
		restated: [],
		numbers: []
	};
}

/** The form with what one entry states, to be corrected; beside it what else is known. */
export function openFactsOf(header: BookHeader, entry: EntryId): TypedFacts {
	const typed = openFacts(header);
	const standing = standingFacts(header.facts, entry);
	for (const { name, head } of standing) {
		Object.assign(typed.opened, { [name]: head.value });
		typed.seen[name] = head.sources.map(({ id }) => id);
	}
	const restated = standing.map(({ name }) => name);
	const numbers = restated
		.filter(isTyped)
		.map((fact) => ({ fact, value: typed.opened[fact]?.value ?? '' }));
	return { ...typed, ...fieldsOf(typed.opened), restated, numbers };
}

function fieldsOf(facts: Facts): TypedPerson {
	return {
		...emptyPerson(facts.address?.commune ?? ''),
		name: facts.name ?? '',
		birthDate: facts.birthDate === undefined ? '' : writeTypedDate(facts.birthDate),
		sex: facts.sex ?? '',
		village: facts.address?.village ?? '',
		phone: facts.phone ?? ''
	};
}

/** A temporary code was given by the station; nobody types it. */
function isTyped(name: FactName): name is TypedNumberFact {
	return isIdentifierFact(name) && name !== 'identifier.temporary';
}

/** Has anything been typed or decided that is not yet in the book? */
export function areFactsChanged(typed: TypedFacts): boolean {
	return (
		typed.identifier.trim() !== '' ||
		EDITABLE_FACTS.some((name) => isTouched(typed, name)) ||
		typed.numbers.some((number) => isNumberTouched(typed, number))
	);
}

function isNumberTouched({ opened }: TypedFacts, { fact, value }: TypedNumber): boolean {
	return normaliseIdentifier(value) !== opened[fact]?.value;
}

function isTouched(typed: TypedFacts, name: EditableFact): boolean {
	const before = fieldsOf(typed.opened);
	return typed.decided.includes(name) || FIELDS[name].some((key) => typed[key] !== before[key]);
}

/** The book changed below the form: what nobody touched shows the new value, the rest stays as it was seen. */
export function followBook(typed: TypedFacts, header: BookHeader): void {
	const shown = shownFacts(header);
	const seen = seenHeads(header.facts);
	const isNumberTyped = typed.identifier.trim() !== '';
	for (const name of FACT_NAMES) {
		const isWritten = isEditable(name)
			? isTouched(typed, name)
			: isNumberTyped && isIdentifierFact(name);
		if (isWritten || typed.restated.includes(name)) continue;
		Object.assign(typed.seen, { [name]: seen[name] });
		Object.assign(typed.opened, { [name]: shown[name] });
		if (isEditable(name)) takeFields(typed, name);
	}
}

function isEditable(name: FactName): name is EditableFact {
	return Object.hasOwn(FIELDS, name);
}

function takeFields(typed: TypedFacts, name: EditableFact): void {
	const fields = fieldsOf(typed.opened);
	for (const key of FIELDS[name]) Object.assign(typed, { [key]: fields[key] });
}

export interface ValueToDecide {
	name: EditableFact;
	heads: FactHead<FactName>[];
	/** Another place has recorded a value since the user of the form looked. */
	isNew: boolean;
}

/** Where two places differ, or where another place has changed what is being changed here. */
export function valuesToDecide(typed: TypedFacts, header: BookHeader): ValueToDecide[] {
	return EDITABLE_FACTS.flatMap((name) => {
		const heads = header.facts[name]?.heads ?? [];
		const isNew = isTouched(typed, name) && hasUnseen(heads, typed.seen[name]);
		return heads.length > 1 || isNew ? [{ name, heads, isNew }] : [];
	});
}

function hasUnseen(heads: readonly FactHead<FactName>[], seen: readonly EntryId[] = []): boolean {
	return heads.some(({ sources }) => sources.every(({ id }) => !seen.includes(id)));
}

/** Takes one of the values into the form, having seen them all; saving then states it as the right one. */
export function decide(
	typed: TypedFacts,
	{ name, heads }: Pick<ValueToDecide, 'name' | 'heads'>,
	value: FactValue<FactName>
): void {
	Object.assign(typed.opened, { [name]: value });
	typed.seen[name] = heads.flatMap(({ sources }) => sources.map(({ id }) => id));
	takeFields(typed, name);
	typed.decided = typed.decided.filter((one) => one !== name);
	// The only value there is needs no decision.
	if (heads.length > 1) typed.decided.push(name);
}

export function isDecidedAs(
	typed: TypedFacts,
	name: EditableFact,
	value: FactValue<FactName>
): boolean {
	const fields = fieldsOf(typed.opened);
	return (
		typed.decided.includes(name) &&
		JSON.stringify(typed.opened[name]) === JSON.stringify(value) &&
		FIELDS[name].every((key) => typed[key] === fields[key])
	);
}

/** The facts that are new, or every field that needs a hand. */
export function readFactsChange(typed: TypedFacts, now: ClinicalTime): FormResult<Facts> {
	const list = createErrorList();
	const { opened } = typed;
	const isChanged = (name: EditableFact) => isTouched(typed, name);
	const identifier = list.take(
		'identifier',
		readIdentifier(typed.identifier, typed.identifierKind)
	);
	const changed = withoutEmpty({
		...takeNumbers(typed, list),
		name: isChanged('name') ? list.takeRequired('name', readName(typed.name)) : undefined,
		birthDate: isChanged('birthDate')
			? keepTime(takeBirthDate(typed.birthDate, now, list), opened.birthDate)
			: undefined,
		sex: isChanged('sex') && typed.sex !== '' ? typed.sex : undefined,
		address: isChanged('address') ? takeChangedAddress(typed, opened, list) : undefined,
		phone: isChanged('phone') ? list.takeRequired('phone', readPhone(typed.phone)) : undefined,
		...(identifier === undefined
			? {}
			: {
					[`identifier.${identifier.kind}`]: {
						value: identifier.value,
						source: typed.identifierSource
					}
				})
	});
	if (list.errors.length > 0) return { ok: false, errors: list.errors };
	return finish(changed, restatedIn(typed));
}

/** Numbers that were corrected. Each stays of its kind: one of another kind is another number. */
function takeNumbers(typed: TypedFacts, list: ReturnType<typeof createErrorList>): Facts {
	const facts: Facts = {};
	for (const number of typed.numbers) {
		const { fact } = number;
		const before = typed.opened[fact];
		if (before === undefined || !isNumberTouched(typed, number)) continue;
		const value = normaliseIdentifier(number.value);
		if (value === '') list.add(fact, 'required');
		else if (isIdentifierOf(identifierKindOf(fact), value)) facts[fact] = { ...before, value };
		else list.add(fact, 'identifier-form');
	}
	return facts;
}

function restatedIn({ restated, opened }: TypedFacts): Facts {
	return Object.fromEntries(restated.map((name) => [name, opened[name]]));
}

/** The detail of an address is not in the form and must not vanish with a new village. */
function takeChangedAddress(
	typed: TypedFacts,
	opened: Facts,
	list: ReturnType<typeof createErrorList>
): Facts['address'] {
	const address = takeAddress(typed, list);
	const hasMoved = typed.commune !== opened.address?.commune;
	if (address === undefined || hasMoved) return address;
	return { ...address, ...withoutEmpty({ detail: opened.address?.detail }) };
}

/** A time of birth stays when the day stays. */
function keepTime(
	date: ClinicalTime | undefined,
	opened: ClinicalTime | undefined
): ClinicalTime | undefined {
	return opened !== undefined && date !== undefined && opened.slice(0, 10) === date ? opened : date;
}

function finish(changed: Record<string, unknown>, restated: Facts): FormResult<Facts> {
	if (Object.keys(changed).length === 0)
		return { ok: false, errors: [{ field: 'name', code: 'nothing-entered' }] };
	const parsed = factsSchema.safeParse({ ...restated, ...changed });
	return parsed.success
		? { ok: true, value: parsed.data }
		: {
				ok: false,
				errors: [{ field: String(parsed.error.issues[0]?.path[0] ?? 'name'), code: 'form' }]
			};
}
