/** Finding a drug of the station's list: by what a nurse types, and by the words that stand on a prescription. */
import { foldText } from '../text/fold.ts';
import { queryForms } from '../text/typing.ts';
import type { Edition } from './edition.ts';
import type { DrugEntry } from './kinds.ts';

export const DRUG_HITS_MAX = 20;
const QUERY_LENGTH_MAX = 80;

interface Searchable {
	entry: DrugEntry;
	/** Folded words of name, strength, form and ingredients, a space before each. */
	words: string;
	/** What is written for it, and what may be written shortly. */
	key: string;
	shortKey: string;
}

const searchableByEdition = new WeakMap<Edition<'drugs'>, Searchable[]>();

/** What stands on a prescription: "Amoxicillin 500 mg, viên nang". */
export function drugLabel(drug: DrugEntry): string {
	return `${shortLabel(drug)}, ${drug.form}`;
}

/**
 * Drugs of which every word typed begins a word of the name, strength, form or an ingredient. Those prescribed
 * here lately come first, by `recent` as it stands on prescriptions; then names that begin so; then the list's order.
 */
export function searchDrugs(
	query: string,
	edition: Edition<'drugs'>,
	recent: readonly string[] = []
): DrugEntry[] {
	const words = queryForms(apart(query.slice(0, QUERY_LENGTH_MAX)));
	if (words.length === 0) return [];
	const lately = new Map(recent.map((text, at) => [keyOf(text), at]));
	return searchableOf(edition)
		.filter((drug) => words.every((forms) => forms.some((form) => drug.words.includes(` ${form}`))))
		.map((drug) => ({ drug, rank: lately.get(drug.key) ?? rankOf(drug, words) }))
		.sort((a, b) => a.rank - b.rank)
		.slice(0, DRUG_HITS_MAX)
		.map(({ drug }) => drug.entry);
}

/** The drug that a line of a prescription names; nothing when it is outside the list, or may be one of several. */
export function findDrug(text: string, edition: Edition<'drugs'>): DrugEntry | undefined {
	const key = keyOf(text);
	const drugs = searchableOf(edition);
	const exact = drugs.find((drug) => drug.key === key);
	if (exact !== undefined) return exact.entry;
	const [only, ...others] = drugs.filter((drug) => drug.shortKey === key);
	return others.length === 0 ? only?.entry : undefined;
}

const RECENT_RANK_MAX = 1_000;

function rankOf(drug: Searchable, words: readonly string[][]): number {
	const beginsSo = words[0]?.some((form) => drug.words.startsWith(` ${form}`)) === true;
	return RECENT_RANK_MAX + (beginsSo ? 0 : 1);
}

function searchableOf(edition: Edition<'drugs'>): Searchable[] {
	const known = searchableByEdition.get(edition);
	if (known !== undefined) return known;
	const made = edition.entries.map((entry) => ({
		entry,
		words: wordsOf(`${drugLabel(entry)} ${entry.ingredients.join(' ')}`),
		key: keyOf(drugLabel(entry)),
		shortKey: keyOf(shortLabel(entry))
	}));
	searchableByEdition.set(edition, made);
	return made;
}

function shortLabel({ name, strength }: DrugEntry): string {
	return strength === undefined ? name : `${name} ${strength}`;
}

/** "500mg" and "500 mg" are one strength; a comma inside a number is no comma between words. */
function keyOf(text: string): string {
	return foldText(text).replace(/,?\s+/g, '');
}

/** "500mg" as two words. */
function apart(text: string): string {
	return text.replace(/(\d)(\p{L})/gu, '$1 $2');
}

function wordsOf(text: string): string {
	return ` ${apart(foldText(text)).replace(/[^\p{L}\p{N},.%]+/gu, ' ')}`;
}
