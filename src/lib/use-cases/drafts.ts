/** What the person signed in has begun to write and not signed, on this device. Nobody else is shown it. */
import type { VisitDraft } from '#lib/domain/book/visit-draft.ts';
import type { BookId } from '#lib/domain/ids.ts';
import { decodeVisitDraft } from '#lib/entry/draft-codec.ts';
import type { UseCaseDeps } from './deps.ts';

/** Name of the visit form in the key of a draft. */
export const VISIT_FORM = 'visit';

export type KeptDraft =
	| { type: 'none' }
	| { type: 'kept'; typed: VisitDraft; changedMs: number }
	/** There is one, and it cannot be read: the form opens empty and says so. */
	| { type: 'unreadable'; changedMs: number };

/** One line of "visits left open". */
export interface DraftLine {
	book: BookId;
	personName: string;
	changedMs: number;
	isReadable: boolean;
}

type DraftDeps = Pick<UseCaseDeps, 'storage' | 'vault' | 'people'>;

export async function readVisitDraft(deps: DraftDeps, book: BookId): Promise<KeptDraft> {
	const person = deps.vault.session()?.staff.person;
	if (person === undefined) return { type: 'none' };
	const row = await deps.storage.readDraft({ person, book, form: VISIT_FORM });
	if (row === undefined) return { type: 'none' };
	const { changedMs } = row;
	const typed = decodeVisitDraft(row.bytes);
	return typed === undefined
		? { type: 'unreadable', changedMs }
		: { type: 'kept', typed, changedMs };
}

/** Newest first. */
export async function listVisitDrafts(deps: DraftDeps): Promise<DraftLine[]> {
	const person = deps.vault.session()?.staff.person;
	if (person === undefined) return [];
	const rows = await deps.storage.listDrafts(person);
	return rows
		.filter(({ form }) => form === VISIT_FORM)
		.map(({ book, bytes, changedMs }) => ({
			book,
			personName: deps.people.get(book)?.names[0] ?? '',
			changedMs,
			isReadable: decodeVisitDraft(bytes) !== undefined
		}))
		.sort((a, b) => b.changedMs - a.changedMs);
}
