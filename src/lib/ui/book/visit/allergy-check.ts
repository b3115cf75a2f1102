/**
 * Does a drug or vaccine name name a substance that this person is allergic to? By words, without
 * accents, both ways round ("Amoxicillin 500 mg" and "amoxicillin"), and by the stem that a group of
 * drugs shares in its name. A match is a reason to stop, its absence proves nothing.
 */
import { foldText } from '#lib/domain/text/fold.ts';

const WORD_LENGTH_MIN = 4;
/** Words of dose, form and allergy talk that name no substance. */
const NO_SUBSTANCE = new Set([
	'vien',
	'thuoc',
	'khang',
	'sinh',
	'tiem',
	'uong',
	'vaccine',
	'vacxin',
	'xin',
	'dung',
	'dich',
	'siro',
	'nang',
	'acid',
	'natri',
	'kali'
]);
/** Group named in an allergy → what members of the group have in their names (INN stems, WHO 2018). */
const GROUP_STEMS: [group: string, stem: RegExp][] = [
	['penicillin', /cillin(e)?$/],
	['cephalosporin', /^(cef|ceph)/],
	// A sulphate is a salt and no sulphonamide.
	['sulfamid', /^(sulfa(?!te?$)|cotrimoxazol)/],
	['sulfonamid', /^(sulfa(?!te?$)|cotrimoxazol)/],
	['quinolon', /floxacin$/],
	['macrolid', /thromycin$/],
	['tetracyclin', /cyclin(e)?$/]
];

/** The allergy that a name runs into, as it was recorded; nothing when none. */
export function allergyAgainst(name: string, substances: string[]): string | undefined {
	const words = wordsOf(name);
	return substances.find((substance) => clashes(words, wordsOf(substance)));
}

function clashes(name: string[], substance: string[]): boolean {
	return substance.some(
		(word) => name.some((other) => isSameWord(other, word)) || belongsToGroup(name, word)
	);
}

function isSameWord(a: string, b: string): boolean {
	return withoutEnding(a) === withoutEnding(b);
}

/** `amoxicilline` and `amoxicillin` are one substance: French and English spellings live side by side. */
function withoutEnding(word: string): string {
	return word.replace(/e$/, '');
}

function belongsToGroup(name: string[], group: string): boolean {
	return GROUP_STEMS.some(
		([stemGroup, stem]) => group.startsWith(stemGroup) && name.some((word) => stem.test(word))
	);
}

function wordsOf(text: string): string[] {
	return foldText(text)
		.split(/[^a-z0-9]+/)
		.filter((word) => word.length >= WORD_LENGTH_MIN && /^[a-z]/.test(word))
		.filter((word) => !NO_SUBSTANCE.has(word));
}
