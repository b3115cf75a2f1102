/**
 * What was meant by raw Telex or VNI, for somebody whose keyboard did not compose: "nguyeenx" and
 * "nguye6n4" are "nguyễn". Used for matching only, beside the text as typed: a name of the highlands may well
 * end in s, r or j, so nothing typed is ever replaced.
 */
import { foldText, foldWords, spellWord, type Spelling, type Tone } from './fold.ts';

const VOWELS = 'aăâeêioôơuưy';
const TELEX_TONES: Record<string, Tone> = { f: 1, r: 2, x: 3, s: 4, j: 5, z: 0 };
const VNI_TONES: Record<string, Tone> = { '2': 1, '3': 2, '4': 3, '1': 4, '5': 5, '0': 0 };
const DOUBLED: Record<string, string> = { a: 'â', e: 'ê', o: 'ô', d: 'đ' };
const WITH_W: Record<string, string> = { a: 'ă', o: 'ơ', u: 'ư' };
const VNI_LETTERS: Record<string, Record<string, string>> = {
	'6': { a: 'â', e: 'ê', o: 'ô' },
	'7': { o: 'ơ', u: 'ư' },
	'8': { a: 'ă' },
	'9': { d: 'đ' }
};
const TYPED_WORD_LENGTH_MAX = 24;

/**
 * The spellings a typed word can mean, the word as typed first. At most three, no two alike.
 */
export function typedSpellings(word: string): Spelling[] {
	const asTyped = spellWord(word);
	const keys = word.toLowerCase();
	if (keys.length > TYPED_WORD_LENGTH_MAX || !/^[a-z][a-z0-9]+$/.test(keys)) return [asTyped];
	const meant = [readTelex(keys), readVni(keys)].filter((spelling) => spelling !== undefined);
	return [asTyped, ...meant.filter((spelling) => !/[0-9]/.test(spelling.letters))];
}

/** The folded forms a typed word can mean, without repetition, the word as typed first. */
export function typedForms(word: string): string[] {
	return [...new Set(typedSpellings(word).map((spelling) => foldText(spelling.letters)))];
}

/** The forms of each word of a query. Raw Telex and VNI only where nothing typed carries a mark: then the
 * keyboard did not compose. */
export function queryForms(query: string): string[][] {
	const plain = query.toLowerCase().trim();
	const isUncomposed = foldText(query) === plain.replace(/[-\s]+/g, ' ');
	return foldWords(query).map((word) => (isUncomposed ? typedForms(word) : [word]));
}

/** Nothing when no key of the word is a Telex key in its place. */
function readTelex(keys: string): Spelling | undefined {
	let letters = '';
	let tone: Tone = 0;
	let wasKey = false;
	for (const key of keys) {
		const marked = telexLetter(letters, key);
		if (marked !== undefined) letters = marked;
		else if (hasVowel(letters) && key in TELEX_TONES) tone = TELEX_TONES[key] ?? 0;
		else {
			letters += key;
			continue;
		}
		wasKey = true;
	}
	return wasKey ? { letters, tone } : undefined;
}

/** The letters after a key that marks an earlier one, or nothing when it is a letter of its own. */
function telexLetter(letters: string, key: string): string | undefined {
	if (key === 'w') return markWithW(letters);
	const marked = DOUBLED[key];
	if (marked === undefined) return undefined;
	const at = letters.lastIndexOf(key);
	// The second of a doubled vowel may come after the consonants: "nguyene"; d only beside or at the end.
	return at < 0 || (key !== 'd' && hasVowel(letters.slice(at + 1)))
		? undefined
		: replaceAt(letters, at, marked);
}

/** "uow" and "uo...w" mark both letters, as in "Phương" and "Trường". */
function markWithW(letters: string): string {
	const pair = letters.lastIndexOf('uo');
	if (pair >= 0) return replaceAt(replaceAt(letters, pair, 'ư'), pair + 1, 'ơ');
	for (let at = letters.length - 1; at >= 0; at--) {
		const marked = WITH_W[letters.charAt(at)];
		if (marked !== undefined) return replaceAt(letters, at, marked);
	}
	return `${letters}ư`;
}

function readVni(keys: string): Spelling | undefined {
	let letters = '';
	let tone: Tone = 0;
	let wasKey = false;
	for (const key of keys) {
		const marked = vniLetter(letters, key);
		if (marked !== undefined) letters = marked;
		else if (hasVowel(letters) && key in VNI_TONES) tone = VNI_TONES[key] ?? 0;
		else {
			letters += key;
			continue;
		}
		wasKey = true;
	}
	return wasKey ? { letters, tone } : undefined;
}

function vniLetter(letters: string, key: string): string | undefined {
	const table = VNI_LETTERS[key];
	if (table === undefined) return undefined;
	const pair = key === '7' ? letters.lastIndexOf('uo') : -1;
	if (pair >= 0) return replaceAt(replaceAt(letters, pair, 'ư'), pair + 1, 'ơ');
	for (let at = letters.length - 1; at >= 0; at--) {
		const marked = table[letters.charAt(at)];
		if (marked !== undefined) return replaceAt(letters, at, marked);
	}
	return undefined;
}

function hasVowel(letters: string): boolean {
	for (const letter of letters) if (VOWELS.includes(letter)) return true;
	return false;
}

function replaceAt(text: string, at: number, letter: string): string {
	return text.slice(0, at) + letter + text.slice(at + 1);
}
