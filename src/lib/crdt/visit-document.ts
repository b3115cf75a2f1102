/**
 * The form of a visit in a joint draft: free text merges letter by letter, a measurement is the later word on
 * it, rows are added and taken away one by one. Only what a person changed is written, so that what others
 * changed meanwhile stays.
 */
import * as Y from 'yjs';
import {
	emptyVisit,
	visitDraftSchema,
	type TypedDrug,
	type VisitDraft
} from '#lib/domain/book/visit-draft.ts';

const TEXTS = ['reason', 'findings', 'treatment', 'advice'] as const;
const LINES = ['followUpDate', 'followUpWhat'] as const;
const VALUES = ['measurements', 'confirmed'] as const;
const DRUG_FIELDS = ['drug', 'dosage', 'quantity', 'unit', 'days'] as const;
type Diagnosis = VisitDraft['diagnoses'][number];

/** What a form shows of it. What somebody's tablet should not have written there is not shown. */
export function readVisit(document: Y.Doc): VisitDraft {
	const read: unknown = {
		...Object.fromEntries(TEXTS.map((name) => [name, document.getText(name).toJSON()])),
		...Object.fromEntries(LINES.map((name) => [name, document.getMap('lines').get(name) ?? ''])),
		...Object.fromEntries(VALUES.map((name) => [name, document.getMap(name).toJSON()])),
		diagnoses: oneMain(document.getArray<Diagnosis>('diagnoses').toArray()),
		drugs: document.getArray<Y.Map<string>>('drugs').toJSON()
	};
	return visitDraftSchema.safeParse(read).data ?? emptyVisit();
}

/** Two who each name a main diagnosis leave one. */
function oneMain(diagnoses: Diagnosis[]): Diagnosis[] {
	const first = diagnoses.findIndex(({ main }) => main);
	return diagnoses.map((one, at) => ({ ...one, main: at === first }));
}

/** @param before what the form showed, which is what the document says. */
export function writeVisit(document: Y.Doc, before: VisitDraft, after: VisitDraft): void {
	document.transact(() => {
		for (const name of TEXTS) writeText(document.getText(name), before[name], after[name]);
		const lines = document.getMap<string>('lines');
		for (const name of LINES) if (before[name] !== after[name]) lines.set(name, after[name]);
		for (const name of VALUES) writeValues(document.getMap(name), before[name], after[name]);
		writeRows(document.getArray<Diagnosis>('diagnoses'), before.diagnoses, after.diagnoses, {
			make: (row) => row
		});
		writeRows(document.getArray<Y.Map<string>>('drugs'), before.drugs, after.drugs, {
			make: (row) => new Y.Map(DRUG_FIELDS.map((field) => [field, row[field]])),
			change: writeDrug
		});
	});
}

function writeText(text: Y.Text, before: string, after: string): void {
	if (before === after) return;
	const { start, deleted, inserted } = changeOf(before, after);
	if (deleted > 0) text.delete(start, deleted);
	if (inserted !== '') text.insert(start, inserted);
}

/** The one stretch in which two texts differ, never through the middle of a character of two units. */
export function changeOf(
	before: string,
	after: string
): { start: number; deleted: number; inserted: string } {
	const shorter = Math.min(before.length, after.length);
	let start = 0;
	while (start < shorter && before[start] === after[start]) start++;
	if (isHighHalf(before, start - 1)) start--;
	let tail = 0;
	while (
		tail < shorter - start &&
		before[before.length - 1 - tail] === after[after.length - 1 - tail]
	)
		tail++;
	if (tail > 0 && isHighHalf(before, before.length - tail - 1)) tail--;
	return {
		start,
		deleted: before.length - start - tail,
		inserted: after.slice(start, after.length - tail)
	};
}

function isHighHalf(text: string, at: number): boolean {
	const unit = text.charCodeAt(at);
	return unit >= 0xd800 && unit < 0xdc00;
}

function writeValues(
	map: Y.Map<unknown>,
	before: Record<string, string>,
	after: Record<string, string>
): void {
	for (const [name, value] of Object.entries(after))
		if (before[name] !== value) map.set(name, value);
	for (const name of Object.keys(before)) if (!(name in after)) map.delete(name);
}

function writeDrug(row: Y.Map<string>, before: TypedDrug, after: TypedDrug): void {
	for (const field of DRUG_FIELDS) if (before[field] !== after[field]) row.set(field, after[field]);
}

/** The rows between those that are the same at both ends: changed in place where that can be, else anew. */
function writeRows<Row, Kept>(
	array: Y.Array<Kept>,
	before: Row[],
	after: Row[],
	{
		make,
		change
	}: { make: (row: Row) => Kept; change?: (kept: Kept, before: Row, after: Row) => void }
): void {
	const isSame = (a: Row | undefined, b: Row | undefined) =>
		JSON.stringify(a) === JSON.stringify(b);
	const shorter = Math.min(before.length, after.length);
	let start = 0;
	while (start < shorter && isSame(before[start], after[start])) start++;
	let tail = 0;
	while (tail < shorter - start && isSame(before.at(-1 - tail), after.at(-1 - tail))) tail++;
	const old = before.slice(start, before.length - tail);
	const fresh = after.slice(start, after.length - tail);
	const changed = change === undefined ? 0 : Math.min(old.length, fresh.length);
	for (let at = 0; at < changed; at++) {
		const [from, to] = [old[at], fresh[at]];
		if (from !== undefined && to !== undefined) change?.(array.get(start + at), from, to);
	}
	if (old.length > changed) array.delete(start + changed, old.length - changed);
	if (fresh.length > changed) array.insert(start + changed, fresh.slice(changed).map(make));
}
