/**
 * A catalogue file as an operator has it: CSV or TSV with a header line, or JSON. Every line is checked; one wrong
 * line refuses the whole file, with the number of each wrong line and never its content.
 */
import { checkEdition, FAILURES_MAX, type Edition } from '#lib/domain/catalogues/edition.ts';
import { CATALOGUE_ENTRIES_MAX, type CatalogueKind } from '#lib/domain/catalogues/kinds.ts';
import { tidyText } from '#lib/domain/text/text.ts';
import type { ClinicalDate } from '#lib/domain/time/clinical-time.ts';
import { readTable, type TableRow } from './table-file.ts';

export const CATALOGUE_FILE_BYTES_MAX = 32 * 1024 * 1024;

export interface LineFailure {
	/** Line of the file, from 1; 0: the file as a whole. */
	line: number;
	column: string;
	code: string;
}

export type CatalogueFileResult<K extends CatalogueKind> =
	| {
			ok: true;
			edition: Edition<K>;
			/** Lines that repeat a code in its dagger or asterisk form, or word for word. */
			repeatedLines: number;
	  }
	| { ok: false; failures: LineFailure[] };

/** Column of the file by field of the entry; the first name that the header has is taken. */
const COLUMNS: Record<CatalogueKind, Record<string, readonly string[]>> = {
	icd10: {
		code: ['code'],
		name: ['name', 'name_vi'],
		nameEn: ['nameEn', 'name_en'],
		flags: ['flags']
	},
	communes: {
		code: ['code', 'ward_code'],
		name: ['name', 'full_name'],
		province: ['province', 'province_code'],
		provinceName: ['provinceName', 'province_name'],
		former: ['former']
	},
	facilities: { code: ['code'], name: ['name'], commune: ['commune'] },
	vaccines: {
		code: ['code'],
		name: ['name'],
		antigens: ['antigens'],
		route: ['route'],
		maker: ['maker'],
		from: ['from'],
		until: ['until']
	},
	drugs: {
		code: ['code'],
		name: ['name'],
		ingredients: ['ingredients'],
		strength: ['strength'],
		form: ['form'],
		unit: ['unit'],
		route: ['route'],
		usual: ['usual']
	}
};
const REQUIRED: Record<CatalogueKind, readonly string[]> = {
	icd10: ['code', 'name'],
	communes: ['code', 'name', 'province', 'provinceName'],
	facilities: ['code', 'name'],
	vaccines: ['code', 'name', 'antigens', 'route'],
	drugs: ['code', 'name', 'ingredients', 'form', 'unit']
};
/** How a cell that holds a list is divided. An ingredient may have several words. */
const LIST_FIELDS: ReadonlyMap<string, RegExp> = new Map([
	['flags', /[;,| ]+/],
	['antigens', /[;,| ]+/],
	['former', /[;,| ]+/],
	['ingredients', / *[;+|] */]
]);
/** Dagger: the disease behind; asterisk: its manifestation, which is never the main diagnosis. */
const ICD_MARKS = /[†*+]+$/;

interface NumberedEntry {
	line: number;
	entry: unknown;
	isMarked: boolean;
}

/** Reads and checks the bytes of a file. Never throws for bad content. */
export function readCatalogueFile<K extends CatalogueKind>(
	kind: K,
	from: ClinicalDate,
	bytes: Uint8Array,
	origin: string
): CatalogueFileResult<K> {
	if (bytes.length > CATALOGUE_FILE_BYTES_MAX) return failed('too-large');
	let text: string;
	try {
		text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return failed('not-utf-8');
	}
	const entries = /^\s*[[{]/.test(text) ? entriesOfJson(text) : entriesOfTable(kind, text);
	return entries.ok ? checkEntries(kind, from, entries.entries, origin) : entries;
}

function checkEntries<K extends CatalogueKind>(
	kind: K,
	from: ClinicalDate,
	all: readonly NumberedEntry[],
	origin: string
): CatalogueFileResult<K> {
	const entries = kind === 'icd10' ? withoutRepeated(all) : all;
	const result = checkEdition(
		kind,
		from,
		entries.map(({ entry }) => entry),
		origin
	);
	if (result.ok)
		return { ok: true, edition: result.edition, repeatedLines: all.length - entries.length };
	return {
		ok: false,
		failures: result.failures.map((failure) => ({
			line: entries[failure.entry - 1]?.line ?? 0,
			column: failure.path,
			code: failure.code
		}))
	};
}

/** The published list gives many codes twice, plain and with a mark: the plain line stands. */
function withoutRepeated(entries: readonly NumberedEntry[]): NumberedEntry[] {
	const plain = new Map<unknown, string>();
	for (const { entry, isMarked } of entries)
		if (!isMarked && hasCode(entry) && !plain.has(entry.code))
			plain.set(entry.code, JSON.stringify(entry));
	const seen = new Set<unknown>();
	return entries.filter(({ entry, isMarked }) => {
		if (!hasCode(entry)) return true;
		if (isMarked) return !plain.has(entry.code);
		const isRepeated = seen.has(entry.code) && plain.get(entry.code) === JSON.stringify(entry);
		seen.add(entry.code);
		return !isRepeated;
	});
}

function hasCode(entry: unknown): entry is { code: string } {
	return typeof entry === 'object' && entry !== null && 'code' in entry;
}

type Entries = { ok: true; entries: NumberedEntry[] } | { ok: false; failures: LineFailure[] };

/** An array of entries, or what `editionToText` writes. Lines are counted by entry. */
function entriesOfJson(text: string): Entries {
	let parsed: unknown;
	try {
		parsed = JSON.parse(text);
	} catch {
		return failed('not-json');
	}
	const list: unknown =
		isObject(parsed) && Object.hasOwn(parsed, 'entries') ? parsed['entries'] : parsed;
	if (!Array.isArray(list)) return failed('not-a-list');
	return {
		ok: true,
		entries: list.map((entry: unknown, at) => ({ line: at + 1, entry, isMarked: false }))
	};
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}

function entriesOfTable(kind: CatalogueKind, text: string): Entries {
	const table = readTable(text, CATALOGUE_ENTRIES_MAX + 1);
	if (!table.ok) return { ok: false, failures: [{ ...table.failure, column: '' }] };
	const missing = REQUIRED[kind].filter((field) => columnOf(kind, field, table.header) < 0);
	if (missing.length > 0)
		return {
			ok: false,
			failures: missing.map((column) => ({ line: 1, column, code: 'column-missing' }))
		};
	const ragged = table.rows.filter((row) => row.cells.length !== table.header.length);
	if (ragged.length > 0)
		return {
			ok: false,
			failures: ragged
				.slice(0, FAILURES_MAX)
				.map(({ line }) => ({ line, column: '', code: 'number-of-columns' }))
		};
	return { ok: true, entries: table.rows.map((row) => entryOfRow(kind, table.header, row)) };
}

function columnOf(kind: CatalogueKind, field: string, header: readonly string[]): number {
	const name = COLUMNS[kind][field]?.find((candidate) => header.includes(candidate));
	return name === undefined ? -1 : header.indexOf(name);
}

function entryOfRow(kind: CatalogueKind, header: readonly string[], row: TableRow): NumberedEntry {
	const entry: Record<string, unknown> = {};
	for (const field of Object.keys(COLUMNS[kind])) {
		const cell = tidyText(row.cells[columnOf(kind, field, header)] ?? '').replace(/\s+/g, ' ');
		const divider = LIST_FIELDS.get(field);
		if (cell !== '') entry[field] = divider === undefined ? cell : cell.split(divider);
	}
	const code = entry['code'];
	if (kind !== 'icd10' || typeof code !== 'string')
		return { line: row.line, entry, isMarked: false };
	const mark = ICD_MARKS.exec(code)?.[0] ?? '';
	entry['code'] = code.slice(0, code.length - mark.length);
	if (mark.includes('*')) entry['flags'] = [...new Set([...flagsOf(entry), 'not-main'])];
	return { line: row.line, entry, isMarked: mark !== '' };
}

function flagsOf(entry: Record<string, unknown>): unknown[] {
	return Array.isArray(entry['flags']) ? entry['flags'] : [];
}

function failed(code: string): { ok: false; failures: LineFailure[] } {
	return { ok: false, failures: [{ line: 0, column: '', code }] };
}
