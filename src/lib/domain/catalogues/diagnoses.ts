/** Finding a diagnosis by what a nurse types: words in any order without accents, or the beginning of a code. */
import { foldText } from '../text/fold.ts';
import { queryForms } from '../text/typing.ts';
import type { Edition } from './edition.ts';
import type { DiagnosisEntry } from './kinds.ts';

export const DIAGNOSIS_HITS_MAX = 30;
const QUERY_LENGTH_MAX = 80;

interface Searchable {
	entry: DiagnosisEntry;
	/** Folded words of the Vietnamese name, a space before each. */
	name: string;
	nameEn: string;
	/** Code in capitals, without its dot. */
	code: string;
}

const searchableByEdition = new WeakMap<Edition<'icd10'>, Searchable[]>();

/**
 * Diagnoses of an edition for a query: by code when it looks like one, else every word typed must begin a word of
 * the Vietnamese name or every one of the English name. Names that begin with the query come first, then short names.
 */
export function searchDiagnoses(query: string, edition: Edition<'icd10'>): DiagnosisEntry[] {
	const typed = query.slice(0, QUERY_LENGTH_MAX);
	const words = queryForms(typed);
	if (words.length === 0) return [];
	const code = typed.replace(/[\s.]/g, '').toUpperCase();
	const isCode = /^[A-Z][0-9][0-9A-Z]*$/.test(code);
	const ranked: { entry: DiagnosisEntry; rank: number }[] = [];
	for (const candidate of searchableOf(edition)) {
		const rank = rankOf(candidate, words, isCode ? code : undefined);
		if (rank !== undefined) ranked.push({ entry: candidate.entry, rank });
	}
	return ranked
		.sort((a, b) => a.rank - b.rank || compareCodes(a.entry, b.entry))
		.slice(0, DIAGNOSIS_HITS_MAX)
		.map(({ entry }) => entry);
}

/** The diagnosis with exactly this code. */
export function findDiagnosis(code: string, edition: Edition<'icd10'>): DiagnosisEntry | undefined {
	return edition.entries.find((entry) => entry.code === code);
}

/** Lower is better; nothing: no hit. */
function rankOf(
	candidate: Searchable,
	words: readonly string[][],
	code: string | undefined
): number | undefined {
	if (code !== undefined && candidate.code.startsWith(code)) return candidate.code.length;
	const text = [candidate.name, candidate.nameEn].find((name) =>
		words.every((forms) => forms.some((form) => name.includes(` ${form}`)))
	);
	if (text === undefined) return undefined;
	const beginsSo = words[0]?.some((form) => text.startsWith(` ${form}`)) === true;
	return 100 + (beginsSo ? 0 : 1_000) + (text === candidate.name ? 0 : 500) + text.length;
}

function searchableOf(edition: Edition<'icd10'>): Searchable[] {
	const known = searchableByEdition.get(edition);
	if (known !== undefined) return known;
	const made = edition.entries.map((entry) => ({
		entry,
		name: wordsOf(entry.name),
		nameEn: wordsOf(entry.nameEn ?? ''),
		code: entry.code.replace('.', '')
	}));
	searchableByEdition.set(edition, made);
	return made;
}

function wordsOf(text: string): string {
	return ` ${foldText(text).replace(/[^\p{L}\p{N}]+/gu, ' ')}`;
}

function compareCodes(a: DiagnosisEntry, b: DiagnosisEntry): number {
	return a.code < b.code ? -1 : a.code > b.code ? 1 : 0;
}
