/**
 * What lists and search know of a person: small, one per book, rebuilt from the entries at any time.
 * A cache, so every value is what the book shows; where a fact has several heads, all are searchable.
 */
import type { BookId } from '../ids.ts';
import type { ClinicalTime } from '../time/clinical-time.ts';
import type { Sex } from '../book/facts.ts';
import type { IdentifierKind } from '../book/identifiers.ts';
import type { GuardianRelation } from '../book/other-kinds.ts';

/** Somebody who looks after the person, as far as a list tells. */
export interface GuardianSummary {
	name: string;
	relation: GuardianRelation;
}

export interface IdentifierSummary {
	kind: IdentifierKind;
	value: string;
}

export interface PersonSummary {
	book: BookId;
	/** The name shown, then other names that the book holds for this person. */
	names: string[];
	/** The birth date shown. */
	birthDate?: ClinicalTime;
	/** What other places say while nobody has decided. */
	otherBirthDates?: ClinicalTime[];
	sex?: Sex;
	commune?: string;
	village?: string;
	household?: string;
	phones: string[];
	identifiers: IdentifierSummary[];
	/** Numbers that others replaced: people come with old cards. Never a number recorded in error. */
	pastIdentifiers?: IdentifierSummary[];
	/** Guardians in force, the mother first; nobody twice. */
	guardians: GuardianSummary[];
	/** Of the first guardian who has one, where the person has none: whom to call about a child. */
	guardianPhone?: string;
	allergies: number;
	/** Number of facts and events on which two places say different things. */
	conflicts: number;
	/** Entries that need a newer version of the app. */
	needsUpdate: number;
	/** Clinical time of the last visit or dose. */
	lastSeen?: ClinicalTime;
	/** Next follow-up that a visit promised and that no later visit has met. */
	followUp?: ClinicalTime;
	/** Number of entries in the book when this was computed. */
	entries: number;
}

/** Every number the person can come with, those in force first. */
export function identifiersEverOf(person: PersonSummary): readonly IdentifierSummary[] {
	if (person.pastIdentifiers === undefined) return person.identifiers;
	return [...person.identifiers, ...person.pastIdentifiers];
}
