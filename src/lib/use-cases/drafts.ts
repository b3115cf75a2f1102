/** What the person signed in has begun to write and not signed, on this device. Nobody else is shown it. */
import type { BookId, PersonId } from '#lib/domain/ids.ts';
import { decodeVisitDraft, type StoredDraft } from '#lib/entry/draft-codec.ts';
import type { DraftRow } from '#lib/storage/port.ts';
import type { UseCaseDeps } from './deps.ts';

/** Name of the visit form in the key of a draft. */
export const VISIT_FORM = 'visit';
/** Visits that were signed here and by a colleague too; followed by the id of the draft. */
export const BOTH_SIGNED_FORM = 'both-signed/';

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

export async function readVisitDraft(deps: DraftDeps, book: BookId): Promise<KeptDraft> {
	const person = deps.vault.session()?.staff.person;
	if (person === undefined) return { type: 'none' };
	const row = await deps.storage.readDraft({ person, book, form: VISIT_FORM });
	if (row === undefined) return { type: 'none' };
	const { changedMs } = row;
	const stored = decodeVisitDraft(row.bytes);
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
		.filter(({ form }) => isShown(form))
		.map((row) => lineOf(deps, row))
		.sort((a, b) => b.changedMs - a.changedMs);
}

function isShown(form: string): boolean {
	return form === VISIT_FORM || form.startsWith(BOTH_SIGNED_FORM);
}

function lineOf({ people }: DraftDeps, { form, book, bytes, changedMs }: DraftRow): DraftLine {
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

export async function countVisitDrafts(
	storage: DraftDeps['storage'],
	person: PersonId
): Promise<number> {
	return (await storage.listDrafts(person)).filter(({ form }) => form === VISIT_FORM).length;
}
