/**
 * The people of a device by where they live: the villages of the station's commune, and in each the households
 * as the books state them. Nobody is put into a household by guessing: who carries no code stands by themselves.
 * One pass over people in the order of names, which is then the order inside each group.
 */
import { nameWords, wordSortKey } from './names.ts';
import type { PersonSummary } from './person-summary.ts';

const DIGITS_COMPARED = 6;

/** A village of the commune, those of whom no village is stated, and those of other communes. */
export type Place = { type: 'village'; village: string } | { type: 'unstated' } | { type: 'away' };

export interface PlaceCount {
	place: Place;
	people: number;
	/** Households that are stated. */
	households: number;
}

export interface Household {
	/** Nothing for those who carry no code, the last group. */
	code?: string;
	/** How many live here; `people` may be fewer. */
	size: number;
	people: PersonSummary[];
}

export interface Neighbours {
	people: number;
	households: Household[];
}

interface Counted {
	place: Place;
	key: string;
	people: number;
	codes: Set<string>;
}

/**
 * Villages in the order of their names, then those without one, then those of other communes.
 * @param homeCommunes codes of the station's commune; without them every village is at home.
 */
export function countPlaces(
	people: Iterable<PersonSummary>,
	homeCommunes: ReadonlySet<string> | undefined
): PlaceCount[] {
	const keyOf = createKeys();
	const counted = new Map<string, Counted>();
	for (const person of people) {
		const place = placeOf(person, homeCommunes);
		const key = keyOf(place);
		const known = counted.get(key) ?? { place, key, people: 0, codes: new Set() };
		counted.set(key, known);
		known.people += 1;
		if (person.household !== undefined) known.codes.add(person.household);
	}
	return [...counted.values()]
		.sort((a, b) => (a.key < b.key ? -1 : 1))
		.map(({ place, people: count, codes }) => ({ place, people: count, households: codes.size }));
}

/**
 * Who lives at a place, by household; households in the order of the first name in each.
 * @param shownMax this many people at most are answered, the counts are of all.
 */
export function listNeighbours(
	people: Iterable<PersonSummary>,
	{ place, homeCommunes }: { place: Place; homeCommunes: ReadonlySet<string> | undefined },
	shownMax: number
): Neighbours {
	const keyOf = createKeys();
	const asked = keyOf(place);
	const byCode = new Map<string | undefined, PersonSummary[]>();
	let count = 0;
	for (const person of people) {
		if (keyOf(placeOf(person, homeCommunes)) !== asked) continue;
		count += 1;
		const known = byCode.get(person.household);
		if (known === undefined) byCode.set(person.household, [person]);
		else known.push(person);
	}
	return { people: count, households: firstOf(byCode, shownMax) };
}

function firstOf(
	byCode: ReadonlyMap<string | undefined, PersonSummary[]>,
	shownMax: number
): Household[] {
	const shown: Household[] = [];
	let left = shownMax;
	const inOrder = [...byCode].sort(([a], [b]) => Number(a === undefined) - Number(b === undefined));
	for (const [code, members] of inOrder) {
		if (left <= 0) break;
		const group = { size: members.length, people: members.slice(0, left) };
		shown.push(code === undefined ? group : { code, ...group });
		left -= group.people.length;
	}
	return shown;
}

function placeOf(
	{ commune, village }: PersonSummary,
	homeCommunes: ReadonlySet<string> | undefined
): Place {
	if (commune !== undefined && homeCommunes?.has(commune) === false) return { type: 'away' };
	return village === undefined ? { type: 'unstated' } : { type: 'village', village };
}

/** Text that is the same for one village however it was written, and whose plain order is that of the list. */
function createKeys(): (place: Place) => string {
	const known = new Map<string, string>();
	return (place) => {
		if (place.type !== 'village') return place.type === 'unstated' ? '1' : '2';
		const key = known.get(place.village) ?? `0${villageKey(place.village)}`;
		known.set(place.village, key);
		return key;
	};
}

/** "Thôn 2" stands before "Thôn 10". */
function villageKey(village: string): string {
	const inWords = nameWords(village).map((word) =>
		wordSortKey(word.replace(/\d+/g, (digits) => digits.padStart(DIGITS_COMPARED, '0')))
	);
	return inWords.join('');
}
