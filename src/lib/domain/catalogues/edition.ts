/**
 * Editions of the dated catalogues. An edition is in force from its first day until the next one begins and
 * is never rewritten: what was recorded keeps the words of its own time.
 */
import { z } from 'zod';
import { clinicalDateSchema } from '../time/clinical-schemas.ts';
import type { ClinicalDate } from '../time/clinical-time.ts';
import {
	CATALOGUE_ENTRIES_MAX,
	ENTRY_SCHEMAS,
	ORIGIN_LENGTH_MAX,
	type CatalogueEntry,
	type CatalogueKind
} from './kinds.ts';
import { lineSchema } from '../text/text.ts';

export interface Edition<K extends CatalogueKind> {
	kind: K;
	/** First day in force. */
	from: ClinicalDate;
	/** Where its content comes from. */
	origin?: string | undefined;
	entries: readonly CatalogueEntry<K>[];
}

/** A line that cannot stand in an edition. Line 1 is the first entry. Never carries the value. */
export interface EntryFailure {
	entry: number;
	path: string;
	code: string;
}

export type EditionResult<K extends CatalogueKind> =
	{ ok: true; edition: Edition<K> } | { ok: false; failures: EntryFailure[] };

/** Enough to correct a file by; the rest is counted by whoever shows them. */
export const FAILURES_MAX = 100;

/** The edition in force on a day; nothing before the first. */
export function editionOn<K extends CatalogueKind>(
	editions: readonly Edition<K>[],
	day: ClinicalDate
): Edition<K> | undefined {
	let inForce: Edition<K> | undefined;
	for (const edition of editions)
		if (edition.from <= day && (inForce === undefined || edition.from > inForce.from))
			inForce = edition;
	return inForce;
}

/** The edition to choose from for a day: before the first edition the first, which is the nearest. What is
 * chosen then is not in the catalogue of its day, and is marked so. */
export function editionNear<K extends CatalogueKind>(
	editions: readonly Edition<K>[],
	day: ClinicalDate
): Edition<K> | undefined {
	return editionOn(editions, day) ?? editions.toSorted(byFirstDay)[0];
}

/** Shipped and imported editions as one list, oldest first. An import of the same first day replaces the shipped
 * selection: it is the whole of it. */
export function mergeEditions<K extends CatalogueKind>(
	shipped: readonly Edition<K>[],
	imported: readonly Edition<K>[]
): Edition<K>[] {
	const kept = shipped.filter((edition) => !imported.some(({ from }) => from === edition.from));
	return [...kept, ...imported].sort(byFirstDay);
}

function byFirstDay(a: { from: ClinicalDate }, b: { from: ClinicalDate }): number {
	return a.from < b.from ? -1 : a.from > b.from ? 1 : 0;
}

/** Checks entries one by one; a single wrong one makes the whole edition wrong. */
export function checkEdition<K extends CatalogueKind>(
	kind: K,
	from: ClinicalDate,
	entries: readonly unknown[],
	origin?: string
): EditionResult<K> {
	if (entries.length === 0) return failed('no-entries');
	if (entries.length > CATALOGUE_ENTRIES_MAX) return failed('too-many-entries');
	const schema: z.ZodType = ENTRY_SCHEMAS[kind];
	const good: CatalogueEntry<K>[] = [];
	const failures: EntryFailure[] = [];
	const codes = new Set<string>();
	for (const [at, entry] of entries.entries()) {
		const parsed = schema.safeParse(entry);
		const failure = parsed.success
			? repeatedCode(codes, parsed.data as CatalogueEntry<K>)
			: firstIssue(parsed.error);
		if (failure !== undefined) failures.push({ entry: at + 1, ...failure });
		else good.push(parsed.data as CatalogueEntry<K>);
		if (failures.length >= FAILURES_MAX) break;
	}
	return failures.length > 0
		? { ok: false, failures }
		: { ok: true, edition: { kind, from, origin, entries: good } };
}

/** An edition as it is stored and sent. */
export function editionToText(edition: Edition<CatalogueKind>): string {
	return JSON.stringify({ origin: edition.origin, entries: edition.entries });
}

const storedSchema = z.strictObject({
	origin: lineSchema(ORIGIN_LENGTH_MAX).optional(),
	entries: z.array(z.unknown()).max(CATALOGUE_ENTRIES_MAX)
});

/** Reads what `editionToText` wrote; everything is checked again. */
export function editionOfText<K extends CatalogueKind>(
	kind: K,
	from: string,
	text: string
): EditionResult<K> {
	const day = clinicalDateSchema.safeParse(from);
	if (!day.success) return failed('no-such-date');
	try {
		const stored = storedSchema.safeParse(JSON.parse(text));
		if (!stored.success) return failed('not-an-edition');
		return checkEdition(kind, day.data, stored.data.entries, stored.data.origin);
	} catch {
		return failed('not-json');
	}
}

function repeatedCode(
	codes: Set<string>,
	entry: { code: string }
): Omit<EntryFailure, 'entry'> | undefined {
	if (codes.has(entry.code)) return { path: 'code', code: 'code-twice' };
	codes.add(entry.code);
	return undefined;
}

function firstIssue(error: z.ZodError): Omit<EntryFailure, 'entry'> {
	const issue = error.issues[0];
	return {
		path: issue?.path.join('.') ?? '',
		code: issue?.code === 'custom' ? issue.message : (issue?.code ?? 'invalid')
	};
}

function failed(code: string): { ok: false; failures: EntryFailure[] } {
	return { ok: false, failures: [{ entry: 0, path: '', code }] };
}
