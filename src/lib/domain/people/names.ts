/**
 * Vietnamese names: their parts and their order in lists. Written by hand rather than with `Intl`, so that
 * every browser, the server and the tests sort the same way.
 */
import { spellWord } from '../text/fold.ts';

/** Letters in dictionary order; f, j, w and z stand where Latin has them. */
const LETTER_ORDER = 'aăâbcdđeêfghijklmnoôơpqrstuưvwxyz';
const FIRST_LETTER_CODE = 0x40;
/** Sorts before every letter, so that "An" comes before "Anh". */
const END_OF_LETTERS = '\u0020';
const END_OF_PART = '\u0001';

export interface NameParts {
	surname: string;
	/** One or more words between surname and given name; may be empty. */
	middle: string;
	/** The last word; the whole name when there is only one. */
	given: string;
}

export function nameParts(name: string): NameParts {
	const words = nameWords(name);
	const given = words.at(-1) ?? '';
	if (words.length < 2) return { surname: '', middle: '', given };
	return { surname: words[0] ?? '', middle: words.slice(1, -1).join(' '), given };
}

/** Words of a name; a hyphen parts words as in Y-Bhăm. */
export function nameWords(name: string): string[] {
	return name.split(/[-\s]+/).filter((word) => word !== '');
}

/**
 * Order of lists: given name, then middle, then surname, each by letters first and then by tone (level, huyền,
 * hỏi, ngã, sắc, nặng), word by word as in a dictionary.
 */
export function compareNames(a: string, b: string): number {
	const keyA = nameSortKey(a);
	const keyB = nameSortKey(b);
	return keyA < keyB ? -1 : keyA > keyB ? 1 : 0;
}

/**
 * Text whose plain order is the order of names.
 * @param wordKey a cached `wordSortKey`, for callers that sort many.
 */
export function nameSortKey(name: string, wordKey: (word: string) => string = wordSortKey): string {
	const words = nameWords(name);
	const given = words.pop() ?? '';
	const surname = words.shift() ?? '';
	return [[given], words, [surname]].map((part) => part.map(wordKey).join('')).join(END_OF_PART);
}

export function wordSortKey(word: string): string {
	const { letters, tone } = spellWord(word);
	let key = '';
	for (const letter of letters) {
		const at = LETTER_ORDER.indexOf(letter);
		// Letters of other scripts and digits come after the alphabet, in the order of their codes.
		key += at < 0 ? `\u007f${letter}` : String.fromCharCode(FIRST_LETTER_CODE + at);
	}
	return `${key}${END_OF_LETTERS}${tone}`;
}
