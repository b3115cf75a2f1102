/**
 * Changes to what is known of a person. The form opens with the values shown; only what was changed, or
 * decided where two places differ, becomes a new facts entry. Nothing is overwritten by it.
 */
import { factsSchema, type FactName, type Facts } from '#lib/domain/book/facts.ts';
import type { ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import { writeTypedDate } from '../../primitives/typed-date.ts';
import { createErrorList, withoutEmpty, type FormResult } from '../typed/field-error.ts';
import {
	emptyPerson,
	readIdentifier,
	readName,
	readPhone,
	takeAddress,
	takeBirthDate,
	type TypedPerson
} from '../person/person-form.ts';

export interface TypedFacts extends TypedPerson {
	/** Facts on which somebody chose one of two values. */
	decided: FactName[];
}

export function typedOf(facts: Facts): TypedFacts {
	return {
		...emptyPerson(facts.address?.commune ?? ''),
		name: facts.name ?? '',
		birthDate: facts.birthDate === undefined ? '' : writeTypedDate(facts.birthDate),
		sex: facts.sex ?? '',
		village: facts.address?.village ?? '',
		phone: facts.phone ?? '',
		decided: []
	};
}

/** Has anything been typed or decided that is not yet in the book? */
export function areFactsChanged(typed: TypedFacts, shown: Facts): boolean {
	const { decided, identifierSource: _source, ...fields } = typed;
	const before = typedOf(shown);
	const names = Object.keys(fields) as (keyof typeof fields)[];
	return decided.length > 0 || names.some((name) => fields[name] !== before[name]);
}

/** The facts that are new, or every field that needs a hand. */
export function readFactsChange(
	typed: TypedFacts,
	shown: Facts,
	now: ClinicalTime
): FormResult<Facts> {
	const list = createErrorList();
	const before = typedOf(shown);
	const isChanged = (name: FactName, ...fields: (keyof TypedPerson)[]) =>
		typed.decided.includes(name) || fields.some((field) => typed[field] !== before[field]);
	const identifier = list.take(
		'identifier',
		readIdentifier(typed.identifier, typed.identifierKind)
	);
	const changed = withoutEmpty({
		name: isChanged('name', 'name') ? list.takeRequired('name', readName(typed.name)) : undefined,
		birthDate: isChanged('birthDate', 'birthDate')
			? keepTime(takeBirthDate(typed.birthDate, now, list), shown.birthDate)
			: undefined,
		sex: isChanged('sex', 'sex') && typed.sex !== '' ? typed.sex : undefined,
		address: isChanged('address', 'village', 'commune')
			? takeChangedAddress(typed, shown, list)
			: undefined,
		phone: isChanged('phone', 'phone')
			? list.takeRequired('phone', readPhone(typed.phone))
			: undefined,
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
	return finish(changed);
}

/** The detail of an address is not in the form and must not vanish with a new village. */
function takeChangedAddress(
	typed: TypedFacts,
	shown: Facts,
	list: ReturnType<typeof createErrorList>
): Facts['address'] {
	const address = takeAddress(typed, list);
	const hasMoved = typed.commune !== shown.address?.commune;
	if (address === undefined || hasMoved) return address;
	return { ...address, ...withoutEmpty({ detail: shown.address?.detail }) };
}

/** A time of birth stays when the day stays. */
function keepTime(
	date: ClinicalTime | undefined,
	shown: ClinicalTime | undefined
): ClinicalTime | undefined {
	return shown !== undefined && date !== undefined && shown.slice(0, 10) === date ? shown : date;
}

function finish(changed: Record<string, unknown>): FormResult<Facts> {
	if (Object.keys(changed).length === 0)
		return { ok: false, errors: [{ field: 'name', code: 'nothing-entered' }] };
	const parsed = factsSchema.safeParse(changed);
	return parsed.success
		? { ok: true, value: parsed.data }
		: {
				ok: false,
				errors: [{ field: String(parsed.error.issues[0]?.path[0] ?? 'name'), code: 'form' }]
			};
}
