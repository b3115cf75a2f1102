/** The whole form of a new person: who it is, doses at birth, and whom it was said not to be. */
import type { RegistrationDraft } from '#lib/domain/book/form-drafts.ts';
import type { Facts } from '#lib/domain/book/facts.ts';
import type { BookId } from '#lib/domain/ids.ts';
import type { Measurements } from '#lib/domain/book/measurements.ts';
import type { GuardianLink } from '#lib/domain/book/other-kinds.ts';
import type { CommuneEntry } from '#lib/domain/catalogues/kinds.ts';
import type { CitizenCard } from '#lib/domain/people/citizen-card.ts';
import type { ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import { writeTypedDate } from '../../primitives/typed-date.ts';
import { readDoseSheet, type DoseToSave } from '../dose/dose-form.ts';
import type { FormResult } from '../typed/field-error.ts';
import { communeOfAddress, villageOfAddress } from './communes.ts';
import { emptyNewborn, readNewborn } from './newborn-form.ts';
import {
	emptyPerson,
	isPersonStarted,
	readablePerson,
	readPerson,
	todayOf
} from './person-form.ts';

export type TypedRegistration = RegistrationDraft;

export interface PersonToRegister {
	facts: Facts;
	guardian?: GuardianLink;
	measurements?: Measurements;
	doses?: DoseToSave[];
	/** Look-alikes that are other people. */
	different?: BookId[];
	issueTemporaryCode: boolean;
}

export function emptyRegistration(
	commune: string,
	now: ClinicalTime,
	givenBy: string
): TypedRegistration {
	const today = writeTypedDate(todayOf(now));
	const time = now.slice(11);
	return {
		kind: 'person',
		person: emptyPerson(commune),
		newborn: emptyNewborn(commune, today, time),
		birthDoses: { fromPaper: false, date: today, time, place: '', givenBy, doses: [] },
		different: [],
		card: undefined
	};
}

/** Has anything been typed that would be lost? */
export function isRegistrationStarted({ person, newborn, birthDoses }: TypedRegistration): boolean {
	const isNewbornStarted = [newborn.motherName, newborn.sex, newborn.weight, newborn.name].some(
		(text) => text !== ''
	);
	return isPersonStarted(person) || isNewbornStarted || birthDoses.doses.length > 0;
}

/** What a card says, into the fields; what it does not say stays as it is. */
export function takeCard(
	typed: TypedRegistration,
	card: CitizenCard,
	communes: readonly CommuneEntry[],
	now: ClinicalTime
): void {
	const address = card.addressText ?? '';
	const commune = communeOfAddress(address, communes);
	Object.assign(typed.person, {
		name: card.name,
		birthDate: writeTypedDate(card.birthDate),
		sex: card.sex,
		identifier: card.personalNumber,
		identifierKind: 'personal',
		identifierSource: 'card',
		oldCard: card.oldNumber ?? ''
	});
	if (address !== '') typed.person.village = villageOfAddress(address, commune);
	if (commune !== undefined) typed.person.commune = commune.code;
	typed.kind = 'person';
	typed.different = [];
	typed.card = { time: now.slice(11), address, fields: Object.keys(card).length };
}

/** What can be compared while it is half typed, with the name of the mother for a newborn. */
export function readableRegistration(
	typed: TypedRegistration,
	now: ClinicalTime
): { facts: Facts | undefined; guardianName: string | undefined } {
	const { kind, person, newborn } = typed;
	if (kind === 'person') return { facts: readablePerson(person, now), guardianName: undefined };
	const child = { ...emptyPerson(newborn.commune), name: newborn.name, sex: newborn.sex };
	const { motherName, birthDate, village } = newborn;
	const guardianName = motherName.trim() === '' ? undefined : motherName;
	// Every newborn of today is alike in date and sex: without a name or a mother there is nothing to compare.
	if (newborn.name.trim() === '' && guardianName === undefined)
		return { facts: undefined, guardianName };
	return { facts: readablePerson({ ...child, birthDate, village }, now), guardianName };
}

/** @param nameOfChild what an unnamed newborn is called */
export function readRegistration(
	typed: TypedRegistration,
	now: ClinicalTime,
	nameOfChild: (mother: string) => string
): FormResult<PersonToRegister> {
	if (typed.kind === 'newborn') return readNewbornRegistration(typed, now, nameOfChild);
	const read = readPerson(typed.person, now);
	if (!read.ok) return read;
	return { ok: true, value: { facts: read.value, issueTemporaryCode: !hasIdentifier(read.value) } };
}

function readNewbornRegistration(
	typed: TypedRegistration,
	now: ClinicalTime,
	nameOfChild: (mother: string) => string
): FormResult<PersonToRegister> {
	const child = readNewborn(typed.newborn, now, nameOfChild);
	const birth = child.ok ? child.value.facts.birthDate : undefined;
	const doses: FormResult<DoseToSave[]> =
		typed.birthDoses.doses.length === 0
			? { ok: true, value: [] }
			: readDoseSheet(typed.birthDoses, { now, birth, stopped: new Map() });
	if (!child.ok || !doses.ok)
		return {
			ok: false,
			errors: [...(child.ok ? [] : child.errors), ...(doses.ok ? [] : doses.errors)]
		};
	const person: PersonToRegister = { ...child.value, issueTemporaryCode: true };
	if (doses.value.length > 0) person.doses = doses.value;
	return { ok: true, value: person };
}

function hasIdentifier(facts: Facts): boolean {
	return Object.keys(facts).some((name) => name.startsWith('identifier.'));
}
