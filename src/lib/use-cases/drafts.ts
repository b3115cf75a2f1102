/** What the person signed in has begun to write and not signed, on this device. Nobody else is shown it. */
import { formNameSchema, type FormName, type KeptForms } from '#lib/domain/book/form-drafts.ts';
import { entryIdSchema, type BookId, type EntryId, type PersonId } from '#lib/domain/ids.ts';
import { decodeFormDraft, decodeVisitDraft, type StoredDraft } from '#lib/entry/draft-codec.ts';
import type { DraftRow } from '#lib/storage/port.ts';
import type { UseCaseDeps } from './deps.ts';
import type { EndsDraft } from './save-entry.ts';

/** Name of the visit form in the key of a draft. */
export const VISIT_FORM = 'visit';
/** Visits that were signed here and by a colleague too; followed by the id of the draft. */
export const BOTH_SIGNED_FORM = 'both-signed/';
/** Rows of what was signed and not yet told; followed by the id of the draft. */
export const SIGNED_FORM = 'signed/';

export type KeptDraft =
	| { type: 'none' }
	| ({ type: 'kept'; changedMs: number } & StoredDraft)
	/** There is one, and it cannot be read: the form opens empty and says so. */
	| { type: 'unreadable'; changedMs: number };

/** One line of "visits left open". */
export interface DraftLine {
	/** Tells lines of one book apart. */
	form: string;
	book: BookId;
	personName: string;
	changedMs: number;
	isReadable: boolean;
	/** Nothing to go on with: this colleague signed the visit too, and somebody has to look at both. */
	alsoSignedBy?: string;
}

type DraftDeps = Pick<UseCaseDeps, 'storage' | 'vault' | 'people'>;

/** Of one person there is one of each form in a book, or about an entry, or of somebody who has no book yet. */
export interface DraftName {
	form: FormName;
	book?: BookId;
	/** The entry that is corrected in it. */
	entry?: EntryId;
}

export type KeptForm =
	| { type: 'none' }
	| { type: 'kept'; forms: KeptForms; changedMs: number }
	/** There is one, and it cannot be read: the form opens empty and says so. */
	| { type: 'unreadable'; changedMs: number };

type Row = Pick<DraftRow, 'bytes' | 'changedMs'> | undefined;

export function endsDraftOf({ form, book, entry }: DraftName): EndsDraft {
	return { book: book ?? '', form: entry === undefined ? form : `${form}/${entry}` };
}

export function keptForm(form: FormName, row: Row): KeptForm {
	if (row === undefined) return { type: 'none' };
	const { bytes, changedMs } = row;
	const forms = decodeFormDraft(form, bytes);
	return forms === undefined
		? { type: 'unreadable', changedMs }
		: { type: 'kept', forms, changedMs };
}

export function keptVisit(row: Row): KeptDraft {
	if (row === undefined) return { type: 'none' };
	const { bytes, changedMs } = row;
	const stored = decodeVisitDraft(bytes);
	return stored === undefined
		? { type: 'unreadable', changedMs }
		: { type: 'kept', ...stored, changedMs };
}

/** Newest first. */
export async function listVisitDrafts(deps: DraftDeps): Promise<DraftLine[]> {
	const person = deps.vault.session()?.staff.person;
	if (person === undefined) return [];
	const rows = await deps.storage.listDrafts(person);
	return rows
		.flatMap((row) => (isShown(row.form) && row.book !== '' ? [lineOf(deps, row, row.book)] : []))
		.sort((a, b) => b.changedMs - a.changedMs);
}

function isShown(form: string): boolean {
	return form === VISIT_FORM || form.startsWith(BOTH_SIGNED_FORM);
}

function lineOf(
	{ people }: DraftDeps,
	{ form, bytes, changedMs }: DraftRow,
	book: BookId
): DraftLine {
	const stored = decodeVisitDraft(bytes);
	return {
		form,
		book,
		personName: people.get(book)?.names[0] ?? '',
		changedMs,
		isReadable: stored !== undefined,
		...(stored?.alsoSignedBy !== undefined && { alsoSignedBy: stored.alsoSignedBy })
	};
}

/** One line of "short forms left open". */
export interface FormLine {
	name: DraftName;
	/** Of somebody who has no book yet, as far as it is typed. */
	personName: string;
	changedMs: number;
}

/** Newest first. */
export async function listFormDrafts(deps: DraftDeps): Promise<FormLine[]> {
	const person = deps.vault.session()?.staff.person;
	if (person === undefined) return [];
	const rows = await deps.storage.listDrafts(person);
	return rows
		.flatMap((row) => formLineOf(deps, row) ?? [])
		.sort((a, b) => b.changedMs - a.changedMs);
}

function formLineOf({ people }: DraftDeps, row: DraftRow): FormLine | undefined {
	const [start, about] = row.form.split('/');
	const form = formNameSchema.safeParse(start).data;
	if (form === undefined) return undefined;
	const { book, changedMs } = row;
	const entry = entryIdSchema.safeParse(about).data;
	const typed = decodeFormDraft(form, row.bytes)?.person;
	const personName = book === '' ? typed?.person.name : people.get(book)?.names[0];
	const name = { form, ...(book !== '' && { book }), ...(entry && { entry }) };
	return { name, personName: personName ?? '', changedMs };
}

/** Everything that is being written; what was signed is not. */
export async function countDrafts(
	storage: DraftDeps['storage'],
	person: PersonId
): Promise<number> {
	const rows = await storage.listDrafts(person);
	const wasSigned = (form: string) =>
		[BOTH_SIGNED_FORM, SIGNED_FORM].some((start) => form.startsWith(start));
	return rows.filter(({ form }) => !wasSigned(form)).length;
}
