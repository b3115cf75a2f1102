/**
 * How well each person meets a query: 0 is no hit, a higher score stands further up. Every test runs over one
 * column for all people; a person must meet every token.
 */
import type { PeopleColumns } from './people-columns.ts';
import {
	gradeNumber,
	type DateQuestion,
	type PeopleQuery,
	type QueryToken,
	type WordQuestion
} from './people-query.ts';
import type { DictionaryWord } from './people-rows.ts';

export const SCORE_MAX = 31;
const SCORE_NUMBER_EXACT = SCORE_MAX;

export interface PeopleScores {
	/** In the order of the columns. */
	scores: Uint8Array;
	/** 1 where a typed word stands for the given name, by which people are called; all surnames are shared. */
	isCalledSo: Uint8Array;
}

export function scorePeople(
	query: PeopleQuery,
	columns: PeopleColumns,
	dictionary: readonly DictionaryWord[]
): PeopleScores {
	const scores = new Uint8Array(columns.rows.length);
	const isCalledSo = new Uint8Array(columns.rows.length);
	const words = query.tokens.filter((token) => token.spellings.length > 0);
	const others = query.tokens.filter((token) => token.spellings.length === 0);
	if (words.length > 0) scoreNames(words, columns, dictionary, { scores, isCalledSo });
	else scores.fill(1);
	for (const token of others) keepWhoMeets(token, columns, scores);
	if (query.initials !== undefined) addInitials(query.initials, columns, scores);
	if (query.code !== undefined) addNumbers(query.code, columns, scores);
	return { scores, isCalledSo };
}

function scoreNames(
	tokens: readonly QueryToken[],
	columns: PeopleColumns,
	dictionary: readonly DictionaryWord[],
	{ scores, isCalledSo }: PeopleScores
): void {
	const { words, nameStarts, personStarts } = columns;
	const grades = tokens.map((token) => gradeDictionary(token, dictionary));
	const [first] = grades;
	if (first === undefined) return;
	const sums = new Uint8Array(1 << grades.length);
	const tokensMet = tokensMetByWord(grades, dictionary.length);
	for (let at = 0; at < scores.length; at++) {
		let best = 0;
		const namesEnd = personStarts[at + 1] ?? 0;
		for (let name = personStarts[at] ?? 0; name < namesEnd; name++) {
			const from = nameStarts[name] ?? 0;
			const to = nameStarts[name + 1] ?? 0;
			const score =
				grades.length === 1
					? bestGrade(first, words, from, to)
					: meetsAll(tokensMet, sums.length - 1, words, from, to)
						? assign(grades, sums, words, from, to)
						: 0;
			if (score > best) best = score;
			if (score > 0 && (tokensMet[words[to - 1] ?? 0] ?? 0) > 0) isCalledSo[at] = 1;
		}
		scores[at] = Math.min(best, SCORE_MAX - 1);
	}
}

/** For every word of the dictionary, which typed words it may stand for: one bit each. */
function tokensMetByWord(grades: readonly Uint8Array[], wordCount: number): Uint8Array {
	const met = new Uint8Array(wordCount);
	for (const [token, grade] of grades.entries())
		for (let word = 0; word < wordCount; word++)
			if (grade[word] !== 0) met[word] = (met[word] ?? 0) | (1 << token);
	return met;
}

/** Does every typed word find some word of the name? Most names end here. */
function meetsAll(
	tokensMet: Uint8Array,
	all: number,
	words: Int32Array,
	from: number,
	to: number
): boolean {
	let met = 0;
	for (let at = from; at < to; at++) met |= tokensMet[words[at] ?? 0] ?? 0;
	return met === all;
}

function bestGrade(grades: Uint8Array, words: Int32Array, from: number, to: number): number {
	let best = 0;
	for (let at = from; at < to; at++) {
		const grade = grades[words[at] ?? 0] ?? 0;
		if (grade > best) best = grade;
	}
	return best;
}

/**
 * The best sum of grades when every typed word takes a different word of the name, in any order; 0 when
 * one finds none. Goes once over the words of the name, with the best sum so far of each set of typed words: a
 * name of many words that all fit costs no more than its length.
 */
function assign(
	grades: readonly Uint8Array[],
	sums: Uint8Array,
	words: Int32Array,
	from: number,
	to: number
): number {
	sums.fill(0);
	for (let at = from; at < to; at++) {
		const word = words[at] ?? 0;
		// From the largest set down, so that no word of the name is taken twice.
		for (let set = sums.length - 2; set >= 0; set--) {
			const sum = sums[set] ?? 0;
			if (set > 0 && sum === 0) continue;
			for (let token = 0; token < grades.length; token++) {
				const grade = grades[token]?.[word] ?? 0;
				const withToken = set | (1 << token);
				if (grade > 0 && withToken !== set && sum + grade > (sums[withToken] ?? 0))
					sums[withToken] = sum + grade;
			}
		}
	}
	return sums.at(-1) ?? 0;
}

/** A token that is a number or a date: who does not meet it is no hit. */
function keepWhoMeets(token: QueryToken, columns: PeopleColumns, scores: Uint8Array): void {
	for (let at = 0; at < scores.length; at++) {
		if (scores[at] === 0) continue;
		const isMet =
			isBornOn(columns, at, token.dates) ||
			(token.digits !== undefined && bestNumber(columns, at, token.digits) > 0);
		if (!isMet) scores[at] = 0;
	}
}

function isBornOn(
	{ births, birthStarts }: PeopleColumns,
	at: number,
	dates: readonly DateQuestion[]
): boolean {
	const end = birthStarts[at + 1] ?? 0;
	for (let birth = birthStarts[at] ?? 0; birth < end; birth += 3) {
		const year = births[birth] ?? 0;
		const month = births[birth + 1];
		const day = births[birth + 2];
		for (const asked of dates)
			if (
				(asked.year === undefined || asked.year === year) &&
				(asked.yearOfCentury === undefined || asked.yearOfCentury === year % 100) &&
				(asked.month === undefined || asked.month === month) &&
				(asked.day === undefined || asked.day === day)
			)
				return true;
	}
	return false;
}

function addInitials(initials: string, columns: PeopleColumns, scores: Uint8Array): void {
	for (let at = 0; at < scores.length; at++)
		if (scores[at] === 0 && columns.initials[at]?.startsWith(initials) === true) scores[at] = 1;
}

function addNumbers(code: string, columns: PeopleColumns, scores: Uint8Array): void {
	for (let at = 0; at < scores.length; at++) {
		const grade = bestNumber(columns, at, code);
		if (grade === 2) scores[at] = SCORE_NUMBER_EXACT;
		else if (grade === 1 && scores[at] === 0) scores[at] = 1;
	}
}

function bestNumber({ numbers, numberStarts }: PeopleColumns, at: number, asked: string): number {
	let best = 0;
	const end = numberStarts[at + 1] ?? 0;
	for (let number = numberStarts[at] ?? 0; number < end; number++) {
		const grade = gradeNumber(numbers[number] ?? '', asked);
		if (grade > best) best = grade;
	}
	return best;
}

/** For every word of the dictionary: 0 no match, 1 by its beginning, 2 whole word or same diacritics, 3 both. */
function gradeDictionary(token: QueryToken, dictionary: readonly DictionaryWord[]): Uint8Array {
	const grades = new Uint8Array(dictionary.length);
	for (const [id, word] of dictionary.entries())
		for (const asked of token.spellings) {
			const grade = gradeWord(word, asked);
			if (grade > (grades[id] ?? 0)) grades[id] = grade;
		}
	return grades;
}

function gradeWord(word: DictionaryWord, asked: WordQuestion): 0 | 1 | 2 | 3 {
	if (!word.folded.startsWith(asked.folded)) return 0;
	const isWhole = word.folded.length === asked.folded.length;
	const isSpelledSo =
		word.letters.startsWith(asked.letters) &&
		(word.tone === asked.tone || (!isWhole && asked.tone === 0));
	if (isWhole) return isSpelledSo ? 3 : asked.isPlain ? 2 : 1;
	return isSpelledSo && !asked.isPlain ? 2 : 1;
}
