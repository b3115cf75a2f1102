/**
 * Vietnamese text for matching. Two forms of a word: *folded*, without any diacritic, for finding; and
 * *spelled*, lower case with its letters (ă â đ ê ô ơ ư) and its tone apart, so that the two accepted places of
 * a tone mark ("hoà", "hòa") are one spelling. Neither is ever shown or stored in an entry.
 */

const MARKS = /[\u0300-\u036f]/g;
const TONE_MARKS = /[\u0300\u0301\u0303\u0309\u0323]/;
/** Marks that make another letter: circumflex, breve, horn. */
const LETTER_MARKS = /[\u0302\u0306\u031b]/;
const APOSTROPHES = /['’ʼ`´]/g;
const PLAIN = /^[a-z0-9 ]*$/;

/** The six tones in dictionary order: level, huyền, hỏi, ngã, sắc, nặng. */
export type Tone = 0 | 1 | 2 | 3 | 4 | 5;
const TONE_OF_MARK: Record<string, Tone> = {
	'\u0300': 1,
	'\u0309': 2,
	'\u0303': 3,
	'\u0301': 4,
	'\u0323': 5
};

/**
 * Without diacritics and đ, lower case, single spaces. Apostrophes are dropped and hyphens are spaces: people
 * write K'Brơi and K’Brơi, Y-Bhăm and Y Bhăm for one name.
 */
export function foldText(text: string): string {
	const lower = text
		.toLowerCase()
		.replace(APOSTROPHES, '')
		.replace(/[-\s]+/g, ' ')
		.trim();
	if (PLAIN.test(lower)) return lower;
	return lower.normalize('NFD').replace(MARKS, '').replaceAll('đ', 'd');
}

/** The words of a text, folded. */
export function foldWords(text: string): string[] {
	const folded = foldText(text);
	return folded === '' ? [] : folded.split(' ');
}

/** A word with its letters, its tone apart. */
export interface Spelling {
	/** Lower case, with ă â đ ê ô ơ ư, without tone: one UTF-16 unit per letter. */
	letters: string;
	tone: Tone;
}

/** The spelling of one word. A word with two tone marks keeps the last. */
export function spellWord(word: string): Spelling {
	let letters = '';
	let tone: Tone = 0;
	for (const char of word.toLowerCase().replace(APOSTROPHES, '').normalize('NFD')) {
		if (TONE_MARKS.test(char)) tone = TONE_OF_MARK[char] ?? tone;
		else if (LETTER_MARKS.test(char)) letters = (letters + char).normalize('NFC');
		else if (!/[\u0300-\u036f]/.test(char)) letters += char;
	}
	return { letters, tone };
}
