/** Correcting one entry: the form with its reason, and the save. */
import { book } from '#lib/app.ts';
import type { CorrectionDraft } from '#lib/domain/book/form-drafts.ts';
import type { BookId } from '#lib/domain/ids.ts';
import type { TimelineItem } from '#lib/domain/projections/book-view.ts';
import { t } from '#lib/i18n/messages/correct.ts';
import { createOnePress } from '#lib/ui/book/dose/one-press.ts';
import type { SaveFailureReason } from '#lib/ui/book/save-failure.ts';
import type { Amendment, SaveOutcome } from '#lib/worker/book-api.ts';
import { justSaved } from './just-saved.svelte.ts';
import type { OpenForm } from './open-form.ts';
import { failureOf, trySave } from './save-failure.ts';

export interface TypedCorrecting {
	correction: CorrectionDraft;
	form: object;
}

/** One entry being corrected. The versions it is based on stay those that were seen when the writing began. */
export class OpenCorrection<Typed extends TypedCorrecting> {
	isSaving = $state(false);
	failure = $state<SaveFailureReason>();
	/** The version shown when the form was opened. */
	readonly item: TimelineItem;
	readonly draft: OpenForm<Typed>;
	readonly #book: BookId;
	readonly #onsaved: () => Promise<void>;
	readonly #press = createOnePress(() => Date.now());

	/** @param onsaved called once it is stored */
	constructor(
		bookId: BookId,
		item: TimelineItem,
		draft: OpenForm<Typed>,
		onsaved: () => Promise<void>
	) {
		this.item = item;
		this.draft = draft;
		this.#book = bookId;
		this.#onsaved = onsaved;
	}

	get form(): Typed['form'] {
		return this.draft.typed.form;
	}

	get correction(): CorrectionDraft {
		return this.draft.typed.correction;
	}

	/** A new version of the entry. */
	amend(
		content: Amendment['content'],
		occurred: Amendment['occurred'] = this.item.occurred
	): Promise<void> {
		const { reason, basedOn } = this.correction;
		const amendment: Amendment = {
			book: this.#book,
			basedOn: [...basedOn],
			content,
			occurred,
			reason: reason.trim()
		};
		return this.save(() => book.amendEntry(amendment, this.draft.name));
	}

	async save(act: () => Promise<SaveOutcome>): Promise<void> {
		if (this.isSaving || !this.#press.isNew()) return;
		this.isSaving = true;
		const outcome = await trySave(act);
		this.failure = failureOf(outcome);
		this.isSaving = false;
		if (outcome.type !== 'saved') return;
		this.draft.end();
		justSaved.tell(t.amend.saved, this.#book, [outcome.id]);
		await this.#onsaved();
	}
}
