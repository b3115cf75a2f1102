/**
 * Whose book this is for a citizen: their own, or that of a child whom they look after. Computed from what
 * the book says today, so an ended link, an eighteenth birthday or a corrected number take effect at once.
 * In doubt it is nobody's: a number that two places state differently opens no book.
 */
import { isEntryOf, type BookEntry } from '../book/book-entry.ts';
import type { GuardianLink } from '../book/other-kinds.ts';
import type { CitizenRelation } from './access-table.ts';
import type { BookId } from '../ids.ts';
import { isLinkInForce } from '../projections/header.ts';
import { projectFacts } from '../projections/heads.ts';
import { createActivity } from '../projections/activity.ts';
import { createEntrySet } from '../projections/entry-set.ts';
import { createThreads, type Thread } from '../projections/threads.ts';
import type { FactViews } from '../projections/book-view.ts';
import {
	earliestDay,
	latestDay,
	type ClinicalDate,
	type ClinicalTime,
	type PartialDate
} from '../time/clinical-time.ts';

/** From this birthday on a book opens to nobody but the person (Civil Code 91/2015/QH13, art. 20). */
export const ADULT_FROM_YEARS = 18;
/** From this birthday on what the law restricts is told to nobody but the person (`access-table.ts`). */
export const TOLD_ALONE_FROM_YEARS = 16;
/** From this birthday on a person has an account of level 2 of their own (Decree 69/2024/NĐ-CP, art. 7). */
export const SIGNS_IN_FROM_YEARS = 14;
/** From this birthday on a child is asked as well before anything of it is disclosed (Law 91/2025/QH15, art. 24). */
export const ASKED_FROM_YEARS = 7;

/** A citizen as the identity provider names them. */
export interface Citizen {
	personalNumber: string;
	name: string;
	birthDate: PartialDate;
}

/** What a phone is told: no finer than its screens need. */
export const FAMILY_RELATIONS = ['own', 'child-under-16', 'child-from-16'] as const;
/** `child-from-16`: until the eighteenth birthday. */
export type FamilyRelation = (typeof FAMILY_RELATIONS)[number];

/** The relation as a phone is told it; nothing of a book that is not of the family. */
export function familyRelationOf(relation: CitizenRelation): FamilyRelation | undefined {
	switch (relation) {
		case 'own':
		case 'child-from-16':
			return relation;
		case 'child-under-7':
		case 'child-from-7':
		case 'child-from-14':
			return 'child-under-16';
		case 'own-under-14':
		case 'ex-guardian':
		case 'stranger':
			return undefined;
	}
}

/** What a phone asks the table with: of a child under 16 the last step before, which allows no more than the earlier. */
export function standingOfTold(relation: FamilyRelation): CitizenRelation {
	return relation === 'child-under-16' ? 'child-from-14' : relation;
}

/** Whether the book states this very person: their number and no other, and a birth date that agrees. */
export function ownRelation(
	entries: Iterable<BookEntry>,
	citizen: Citizen,
	today: ClinicalDate
): 'own' | 'own-under-14' | 'stranger' {
	const set = createEntrySet(entries);
	const facts = projectFacts(set, createActivity(set));
	const numbers = facts['identifier.personal']?.heads ?? [];
	if (numbers.length !== 1 || numbers[0]?.value.value !== citizen.personalNumber) return 'stranger';
	if (!birthDatesOf(facts).every((stated) => canBeSameDay(stated, citizen.birthDate)))
		return 'stranger';
	// The provider vouches for the date. Who states a year only is old enough from its beginning.
	const isOldEnough = mayBeOfAge(citizen.birthDate, SIGNS_IN_FROM_YEARS, today);
	return isOldEnough ? 'own' : 'own-under-14';
}

/** Whether nothing in these entries, perhaps of several books, tells apart two people: numbers, days of birth. */
export function canBeOnePerson(entries: Iterable<BookEntry>): boolean {
	const set = createEntrySet(entries);
	const facts = projectFacts(set, createActivity(set));
	const numbers = facts['identifier.personal']?.heads ?? [];
	const births = birthDatesOf(facts);
	return (
		new Set(numbers.map(({ value }) => value.value)).size <= 1 &&
		births.every((one) => births.every((other) => canBeSameDay(one, other)))
	);
}

/** The earliest day on which the person of these entries may have been born; nothing where none is stated. */
export function birthDateIn(entries: Iterable<BookEntry>): ClinicalDate | undefined {
	const set = createEntrySet(entries);
	return birthDatesOf(projectFacts(set, createActivity(set)))
		.map(earliestDay)
		.sort()[0];
}

export type ChildRelation = Exclude<CitizenRelation, 'own' | 'own-under-14'>;

/**
 * As whose the book stands to this citizen: a child's, of somebody surely under 18 with a link in force to them;
 * that of somebody whom they looked after once; or a stranger's. A birth date that is not sure counts as early.
 */
export function childRelation(
	entries: Iterable<BookEntry>,
	citizen: Citizen,
	ownBooks: ReadonlySet<BookId>,
	today: ClinicalDate
): ChildRelation {
	const set = createEntrySet(entries);
	const activity = createActivity(set);
	const births = birthDatesOf(projectFacts(set, activity));
	const mayBe = (years: number): boolean =>
		births.length === 0 || births.some((birth) => mayBeOfAge(birth, years, today));
	const links = createThreads(set, activity).map(linksOf);
	const isNamed = links.flat().some((link) => isLinkTo(link, citizen, ownBooks));
	if (!isNamed) return 'stranger';
	const isLinked = links.some((versions) => isInForceFor(versions, citizen, ownBooks, today));
	if (!isLinked || mayBe(ADULT_FROM_YEARS)) return 'ex-guardian';
	if (mayBe(TOLD_ALONE_FROM_YEARS)) return 'child-from-16';
	if (mayBe(SIGNS_IN_FROM_YEARS)) return 'child-from-14';
	return mayBe(ASKED_FROM_YEARS) ? 'child-from-7' : 'child-under-7';
}

/** The versions of a link that stand: more than one where two people amended it apart. */
function linksOf({ heads }: Thread): GuardianLink[] {
	return heads.flatMap((head) => (isEntryOf(head, 'guardianLink') ? [head.content.body] : []));
}

/** All versions must say so. */
function isInForceFor(
	links: GuardianLink[],
	citizen: Citizen,
	ownBooks: ReadonlySet<BookId>,
	today: ClinicalDate
): boolean {
	const saysSo = (link: GuardianLink): boolean =>
		isLinkTo(link, citizen, ownBooks) && isLinkInForce(link, today);
	return links.length > 0 && links.every(saysSo);
}

/** The number decides where the link states one; the book that it names only where it does not. */
function isLinkTo(
	link: GuardianLink,
	{ personalNumber }: Citizen,
	ownBooks: ReadonlySet<BookId>
): boolean {
	if (link.personalNumber !== undefined) return link.personalNumber === personalNumber;
	return link.guardian !== undefined && ownBooks.has(link.guardian);
}

function birthDatesOf(facts: FactViews): ClinicalTime[] {
	return facts.birthDate?.heads.map(({ value }) => value) ?? [];
}

function canBeSameDay(stated: ClinicalTime, known: ClinicalTime | PartialDate): boolean {
	return earliestDay(stated) <= latestDay(known) && latestDay(stated) >= earliestDay(known);
}

/** A birth date without its day counts from the earliest day that it may be. */
/** Whether somebody born then may have had that birthday; a date of which only the year is known counts as its first day. */
export function mayBeOfAge(
	birth: ClinicalTime | PartialDate,
	years: number,
	today: ClinicalDate
): boolean {
	const born = earliestDay(birth);
	const birthday = `${Number(born.slice(0, 4)) + years}${born.slice(4)}`;
	return today >= birthday;
}
