/**
 * Who may be the person that is being registered. Six points are compared and shown; a person decides. Birth
 * dates are compared first, since they are cheap and part most people.
 */
import { statedFacts, type Facts } from '../book/facts.ts';
import { identifierKey } from '../book/identifiers.ts';
import { foldText, foldWords, spellWord } from '../text/fold.ts';
import {
	dateOfClinicalTime,
	daysBetween,
	isClinicalDate,
	type ClinicalTime
} from '../time/clinical-time.ts';
import { compareNames, nameWords } from './names.ts';
import { identifiersEverOf, type PersonSummary } from './person-summary.ts';

export const LOOK_ALIKES_MAX = 5;

export type LookAlikePoint = 'name' | 'birthDate' | 'sex' | 'village' | 'identifier' | 'guardian';
export type LookAlikeVerdict = 'same' | 'alike' | 'different' | 'unknown';

export interface LookAlike {
	person: PersonSummary;
	/** The six points compared: name, birth date, sex, village, identifier, guardian. */
	points: { point: LookAlikePoint; verdict: LookAlikeVerdict }[];
}

/** What is known so far of somebody who is being registered. */
export interface PersonInQuestion {
	facts: Facts;
	guardianName?: string | undefined;
}

const POINT_WEIGHTS: Record<LookAlikePoint, Record<LookAlikeVerdict, number>> = {
	identifier: { same: 20, alike: 3, different: -1, unknown: 0 },
	name: { same: 4, alike: 3, different: -2, unknown: 0 },
	birthDate: { same: 4, alike: 2, different: -6, unknown: 0 },
	guardian: { same: 3, alike: 2, different: -1, unknown: 0 },
	sex: { same: 1, alike: 0, different: -2, unknown: 0 },
	village: { same: 1, alike: 0, different: 0, unknown: 0 }
};
const SCORE_MIN = 6;
const NEAR_DAYS = 2;

type Verdicts = Record<LookAlikePoint, LookAlikeVerdict>;

/** The likeliest first; at most five. */
export function findLookAlikes(
	question: PersonInQuestion,
	people: Iterable<PersonSummary>
): LookAlike[] {
	const found: (LookAlike & { score: number })[] = [];
	if (!canBeRecognised(question.facts, question.guardianName)) return [];
	for (const person of people) {
		const verdicts = compareWithPerson(question, person);
		const score = verdicts === undefined ? 0 : scoreOf(verdicts);
		if (verdicts !== undefined && score >= SCORE_MIN)
			found.push({ person, points: pointsOf(verdicts), score });
	}
	return found
		.sort(
			(a, b) => b.score - a.score || compareNames(a.person.names[0] ?? '', b.person.names[0] ?? '')
		)
		.slice(0, LOOK_ALIKES_MAX)
		.map(({ person, points }) => ({ person, points }));
}

/** A name alone is shared by too many; it takes something to set against it. */
function canBeRecognised(facts: Facts, guardianName: string | undefined): boolean {
	const names = statedFacts(facts);
	if (names.some((name) => name.startsWith('identifier.'))) return true;
	return (
		(facts.name !== undefined || guardianName !== undefined) &&
		(facts.birthDate !== undefined || guardianName !== undefined || facts.address !== undefined)
	);
}

/** Nothing when birth date and identifiers already say that it is somebody else. */
function compareWithPerson(
	{ facts, guardianName }: PersonInQuestion,
	person: PersonSummary
): Verdicts | undefined {
	const identifier = compareIdentifiers(facts, person);
	const birthDate = compareBirthDateWithAny(facts.birthDate, person);
	if (birthDate === 'different' && identifier !== 'same') return undefined;
	const name = compareNameWithAny(facts.name, person.names);
	if (name === 'different' && birthDate === 'unknown' && identifier !== 'same') return undefined;
	return {
		name,
		birthDate,
		sex: compareSex(facts.sex, person.sex),
		village: compareVillages(facts, person),
		identifier,
		guardian: compareNameWithAny(
			guardianName,
			person.guardians.map((guardian) => guardian.name)
		)
	};
}

function scoreOf(verdicts: Verdicts): number {
	let score = 0;
	for (const { point, verdict } of pointsOf(verdicts)) score += POINT_WEIGHTS[point][verdict];
	return score;
}

function pointsOf(verdicts: Verdicts): LookAlike['points'] {
	const points: LookAlikePoint[] = [
		...(['name', 'birthDate', 'sex', 'village', 'identifier', 'guardian'] as const)
	];
	return points.map((point) => ({ point, verdict: verdicts[point] }));
}

function compareNameWithAny(name: string | undefined, others: readonly string[]): LookAlikeVerdict {
	if (name === undefined || others.length === 0) return 'unknown';
	return nearest(others.map((other) => compareTwoNames(name, other)));
}

function nearest(verdicts: readonly LookAlikeVerdict[]): LookAlikeVerdict {
	const nearestFirst = ['same', 'alike', 'different', 'unknown'] as const;
	return nearestFirst.find((verdict) => verdicts.includes(verdict)) ?? 'unknown';
}

/**
 * Same: spelled alike. Alike: the same without diacritics, in another order, without some middle name, or a
 * slip of one letter (two in a long name).
 */
function compareTwoNames(a: string, b: string): LookAlikeVerdict {
	const foldedA = foldWords(a);
	const foldedB = foldWords(b);
	if (isMadeUp(foldedA) || isMadeUp(foldedB)) return compareMadeUpNames(foldedA, foldedB);
	const textA = foldedA.join(' ');
	const textB = foldedB.join(' ');
	if (textA === textB) return isSpelledAlike(a, b) ? 'same' : 'alike';
	// Cheap, and true of all but a few slips: most pairs of names end here.
	if (foldedA.length > 1 && !foldedA.some((word) => foldedB.includes(word))) return 'different';
	if (isSameWords(foldedA, foldedB) || isShortened(foldedA, foldedB)) return 'alike';
	return isWithinEdits(textA, textB, Math.max(textA.length, textB.length) > 12 ? 2 : 1)
		? 'alike'
		: 'different';
}

/** A newborn is called by its mother until it has a name, and every place says that in its own way. */
const MADE_UP = { first: 'con', second: new Set(['chi', 'ba', 'co', 'em', 'me']) };

function isMadeUp([first, second = '', ...mother]: readonly string[]): boolean {
	return first === MADE_UP.first && MADE_UP.second.has(second) && mother.length > 0;
}

/** A made-up name says nothing about a real one. */
function compareMadeUpNames(a: readonly string[], b: readonly string[]): LookAlikeVerdict {
	if (!isMadeUp(a) || !isMadeUp(b)) return 'unknown';
	return a.slice(2).join(' ') === b.slice(2).join(' ') ? 'same' : 'different';
}

function isSpelledAlike(a: string, b: string): boolean {
	const spellings = (name: string) =>
		nameWords(name)
			.map(spellWord)
			.map(({ letters, tone }) => `${letters}${tone}`)
			.join(' ');
	return spellings(a) === spellings(b);
}

function isSameWords(a: readonly string[], b: readonly string[]): boolean {
	return a.length > 1 && a.toSorted().join(' ') === b.toSorted().join(' ');
}

/** Same surname and given name, and all middle names of one in the other: "Lò Thị Mai", "Lò Mai". */
function isShortened(a: readonly string[], b: readonly string[]): boolean {
	const [short, long] = a.length < b.length ? [a, b] : [b, a];
	return (
		short.length > 1 &&
		short[0] === long[0] &&
		short.at(-1) === long.at(-1) &&
		short.every((word) => long.includes(word))
	);
}

/** While two places disagree, each of their dates may be the right one. */
function compareBirthDateWithAny(
	birthDate: ClinicalTime | undefined,
	person: PersonSummary
): LookAlikeVerdict {
	const shown = compareBirthDates(birthDate, person.birthDate);
	if (person.otherBirthDates === undefined) return shown;
	return nearest([
		shown,
		...person.otherBirthDates.map((other) => compareBirthDates(birthDate, other))
	]);
}

/**
 * Same: as stated, to the less exact of the two if that is a day. Alike: one is a part of the other, two days apart
 * at most, day and month changed places, or one of day, month and year differs by a likely slip.
 */
function compareBirthDates(
	a: ClinicalTime | undefined,
	b: ClinicalTime | undefined
): LookAlikeVerdict {
	if (a === undefined || b === undefined) return 'unknown';
	const dateA: string = dateOfClinicalTime(a);
	const dateB: string = dateOfClinicalTime(b);
	if (dateA === dateB) return 'same';
	if (areNear(dateA, dateB)) return 'alike';
	if (dateA.slice(0, 4) !== dateB.slice(0, 4) && dateA.slice(5) !== dateB.slice(5))
		return 'different';
	if (dateA.length !== dateB.length)
		return dateA.startsWith(dateB) || dateB.startsWith(dateA) ? 'alike' : 'different';
	const [yearA = '', monthA = '', dayA = ''] = dateA.split('-');
	const [yearB = '', monthB = '', dayB = ''] = dateB.split('-');
	if (yearA !== yearB)
		return monthA === monthB && dayA === dayB && isSlip(yearA, yearB) ? 'alike' : 'different';
	if (monthA === dayB && dayA === monthB) return 'alike';
	if (monthA === monthB) return isSlip(dayA, dayB) ? 'alike' : 'different';
	return dayA === dayB ? 'alike' : 'different';
}

/** A birth at night, or registered the day after: the day before and the month before say so too. */
function areNear(a: string, b: string): boolean {
	// Cheap, and true of nearly all: the whole list is compared at each letter.
	if (Math.abs(Number(a.slice(0, 4)) - Number(b.slice(0, 4))) > 1) return false;
	return isClinicalDate(a) && isClinicalDate(b) && Math.abs(daysBetween(a, b)) <= NEAR_DAYS;
}

function compareSex(a: Facts['sex'], b: PersonSummary['sex']): LookAlikeVerdict {
	if (a === undefined || b === undefined || a === 'unknown' || b === 'unknown') return 'unknown';
	return a === b ? 'same' : 'different';
}

function compareVillages({ address }: Facts, person: PersonSummary): LookAlikeVerdict {
	if (address === undefined || person.commune === undefined) return 'unknown';
	const isSameCommune = address.commune === person.commune;
	if (address.village === undefined || person.village === undefined)
		return isSameCommune ? 'unknown' : 'different';
	const a = foldText(address.village);
	const b = foldText(person.village);
	if (a === b) return isSameCommune ? 'same' : 'alike';
	return isSameCommune && isWithinEdits(a, b, 1) ? 'alike' : 'different';
}

function compareIdentifiers(facts: Facts, person: PersonSummary): LookAlikeVerdict {
	let verdict: LookAlikeVerdict = 'unknown';
	for (const { kind, value } of identifiersEverOf(person)) {
		const stated = facts[`identifier.${kind}`]?.value;
		if (stated === undefined) continue;
		const asked = identifierKey(stated);
		const known = identifierKey(value);
		if (asked === known) return 'same';
		// Temporary codes are counted, so neighbours always look alike.
		if (kind !== 'temporary' && isSlip(asked, known)) verdict = 'alike';
		else if (verdict === 'unknown') verdict = 'different';
	}
	return verdict;
}

/** One character changed, or two neighbours swapped. */
function isSlip(a: string, b: string): boolean {
	if (a.length !== b.length) return false;
	const at = Array.from(a, (char, index) => (char === b.charAt(index) ? -1 : index)).filter(
		(index) => index >= 0
	);
	const [first = 0, second = 0] = at;
	if (at.length === 1) return true;
	return (
		at.length === 2 &&
		second === first + 1 &&
		a.charAt(first) === b.charAt(second) &&
		a.charAt(second) === b.charAt(first)
	);
}

/** Can one text become the other by at most `editsMax` insertions, deletions or changes of a letter? */
function isWithinEdits(a: string, b: string, editsMax: number): boolean {
	if (Math.abs(a.length - b.length) > editsMax) return false;
	let previous = Array.from({ length: b.length + 1 }, (_, at) => at);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			const change = (previous[j - 1] ?? 0) + (a.charAt(i - 1) === b.charAt(j - 1) ? 0 : 1);
			row.push(Math.min(change, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
		}
		if (Math.min(...row) > editsMax) return false;
		previous = row;
	}
	return (previous[b.length] ?? editsMax + 1) <= editsMax;
}
