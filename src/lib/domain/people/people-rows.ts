/**
 * The rows that people search runs over: one per person, with the words of each name as numbers of one
 * dictionary. Words of names are few (some hundred syllables), so each is folded and spelled only once.
 */
import { identifierKey } from '../book/identifiers.ts';
import { foldText, spellWord, type Spelling } from '../text/fold.ts';
import { clinicalTimeParts } from '../time/clinical-time.ts';
import { nameSortKey, nameWords, wordSortKey } from './names.ts';
import { phoneDigits } from './people-query.ts';
import { identifiersEverOf, type PersonSummary } from './person-summary.ts';

const WORDS_PER_NAME_MAX = 16;
/** Rows added since the last sort up to which each is put in its place by itself. */
const INSERT_ONE_BY_ONE_MAX = 32;

export interface DictionaryWord extends Spelling {
	folded: string;
	sortKey: string;
}

/** 0 is unknown. */
export interface Birth {
	year: number;
	month: number;
	day: number;
}

export type Dictionary = ReturnType<typeof createDictionary>;

export interface Row {
	person: PersonSummary;
	sortKey: string;
	/** Dictionary numbers of the words of each name. */
	names: number[][];
	initials: string;
	numbers: string[];
	/** Every birth date that the book holds. */
	births: Birth[];
	/** Folded name and birth year. */
	twinKey: string;
	isRemoved: boolean;
}

/** Rows in name order, sorted when they are next read, so that a first sync adds at the cost of an append. */
export function createNameOrder() {
	let sorted: Row[] = [];
	let added: Row[] = [];
	let hasRemoved = false;

	function insert(row: Row): void {
		let low = 0;
		let high = sorted.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (compareRows(sorted[middle], row) < 0) low = middle + 1;
			else high = middle;
		}
		sorted.splice(low, 0, row);
	}

	return {
		add(row: Row): void {
			added.push(row);
		},
		remove(row: Row): void {
			row.isRemoved = true;
			hasRemoved = true;
		},
		rows(): Row[] {
			if (hasRemoved) {
				sorted = sorted.filter((row) => !row.isRemoved);
				added = added.filter((row) => !row.isRemoved);
				hasRemoved = false;
			}
			if (added.length > INSERT_ONE_BY_ONE_MAX) sorted = [...sorted, ...added].sort(compareRows);
			else added.forEach(insert);
			added = [];
			return sorted;
		}
	};
}

export function compareRows(a: Row | undefined, b: Row | undefined): number {
	if (a === undefined || b === undefined) return 0;
	if (a.sortKey !== b.sortKey) return a.sortKey < b.sortKey ? -1 : 1;
	return a.person.book < b.person.book ? -1 : a.person.book > b.person.book ? 1 : 0;
}

export function createDictionary() {
	const words: DictionaryWord[] = [];
	const idByWord = new Map<string, number>();
	const idOf = (word: string): number => {
		const known = idByWord.get(word);
		if (known !== undefined) return known;
		const id = words.length;
		words.push({ ...spellWord(word), folded: foldText(word), sortKey: wordSortKey(word) });
		idByWord.set(word, id);
		return id;
	};
	return { words, idOf, sortKeyOf: (word: string) => words[idOf(word)]?.sortKey ?? '' };
}

export function rowOf(person: PersonSummary, dictionary: Dictionary): Row {
	const names = person.names.map((name) =>
		nameWords(name).slice(0, WORDS_PER_NAME_MAX).map(dictionary.idOf)
	);
	const folded = (names[0] ?? []).map((id) => dictionary.words[id]?.folded ?? '');
	const births = birthsOf(person);
	return {
		person,
		sortKey: nameSortKey(person.names[0] ?? '', dictionary.sortKeyOf),
		names,
		initials: folded.map((word) => word.charAt(0)).join(''),
		numbers: numbersOf(person),
		births,
		twinKey: `${folded.join(' ')}|${births[0]?.year ?? ''}`,
		isRemoved: false
	};
}

function birthsOf({ birthDate, otherBirthDates = [] }: PersonSummary): Birth[] {
	if (birthDate === undefined) return [];
	return [birthDate, ...otherBirthDates].flatMap((date) => {
		const parts = clinicalTimeParts(date);
		return parts === undefined
			? []
			: [{ year: parts.year, month: parts.month ?? 0, day: parts.day ?? 0 }];
	});
}

/** As written, and as `identifierKey` compares them. */
function numbersOf(person: PersonSummary): string[] {
	const numbers = identifiersEverOf(person).map(({ value }) => value);
	const all = [...numbers, ...numbers.map(identifierKey), ...person.phones.map(phoneDigits)];
	return [...new Set(all)];
}
