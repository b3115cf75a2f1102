/** Correcting one entry: the draft with its reason, and the save. */
import { goto } from '$app/navigation';
import { book } from '#lib/app.ts';
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import type { TimelineItem } from '#lib/domain/projections/book-view.ts';
import { t } from '#lib/i18n/messages/correct.ts';
import type { TypedCorrection } from '#lib/ui/book/correct/correction-form.ts';
import { createOnePress } from '#lib/ui/book/dose/one-press.ts';
import type { SaveFailureReason } from '#lib/ui/book/save-failure.ts';
import type { Amendment } from '#lib/worker/book-api.ts';
import { justSaved } from './just-saved.svelte.ts';
import { openDraft } from './open-draft.ts';
import { failureOf, trySave } from './save-failure.ts';

interface Typed<Form> {
	correction: TypedCorrection;
	form: Form;
}

export interface CorrectionDraft<Form> extends Typed<Form> {
	isStarted: () => boolean;
	end: () => void;
}

/**
 * The form as it was left, or with the values of the version shown. The versions it is based on stay
 * those that were seen when the writing began.
 */
export function openCorrection<Form extends object>(
	bookId: BookId,
	item: TimelineItem,
	typedAgain: () => Form
): CorrectionDraft<Form> {
	const create = (): Typed<Form> => ({
		correction: { reason: '', basedOn: [item.id, ...item.rivals] },
		form: typedAgain()
	});
	const untouched = JSON.stringify(['', typedAgain()]);
	const isStarted = ({ correction, form }: Typed<Form>): boolean =>
		JSON.stringify([correction.reason, form]) !== untouched;
	const { typed, end } = openDraft(`correct:${bookId}:${item.id}`, create, isStarted);
	return { ...typed, isStarted: () => isStarted(typed), end };
}

export class Correcting {
	isSaving = $state(false);
	failure = $state<SaveFailureReason>();
	readonly #press = createOnePress(() => Date.now());

	/** `beforeLeave` is called once it is stored, before the page goes back to `path`. */
	async save(
		bookId: BookId,
		{ correction, end }: Pick<CorrectionDraft<object>, 'correction' | 'end'>,
		{ content, occurred }: Pick<Amendment, 'content' | 'occurred'>,
		{ path, beforeLeave }: { path: string; beforeLeave: () => void }
	): Promise<void> {
		if (this.isSaving || !this.#press.isNew()) return;
		this.isSaving = true;
		const basedOn: EntryId[] = [...correction.basedOn];
		const reason = correction.reason.trim();
		const amendment = { book: bookId, basedOn, content, occurred, reason };
		const outcome = await trySave(() => book.amendEntry(amendment));
		this.failure = failureOf(outcome);
		this.isSaving = false;
		if (outcome.type !== 'saved') return;
		end();
		justSaved.tell(t.amend.saved, bookId, [outcome.id]);
		beforeLeave();
		await goto(path, { replaceState: true });
	}
}
