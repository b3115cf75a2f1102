/** Correcting one entry: the form with its reason, and the save. */
import { book } from '#lib/app.ts';
import type { BookId } from '#lib/domain/ids.ts';
import type { TimelineItem } from '#lib/domain/projections/book-view.ts';
import { t } from '#lib/i18n/messages/correct.ts';
import type { TypedCorrection } from '#lib/ui/book/correct/correction-form.ts';
import { createOnePress } from '#lib/ui/book/dose/one-press.ts';
import type { SaveFailureReason } from '#lib/ui/book/save-failure.ts';
import type { Amendment, SaveOutcome } from '#lib/worker/book-api.ts';
import { justSaved } from './just-saved.svelte.ts';
import { openDraft } from './open-draft.ts';
import { failureOf, trySave } from './save-failure.ts';

interface Typed<Form> {
	correction: TypedCorrection;
	form: Form;
}

export interface Opening<Form> {
	book: BookId;
	/** The version shown when the form was opened. */
	item: TimelineItem;
	/** What it says, as it would have been typed. */
	typedAgain: () => Form;
	/** Has anything been changed? Without it, what differs from `typedAgain` was. */
	isChanged?: ((form: Form) => boolean) | undefined;
	/** Called once it is stored. */
	onsaved: () => Promise<void>;
}

/** One entry being corrected. The versions it is based on stay those that were seen when the writing began. */
export class OpenCorrection<Form extends object> {
	isSaving = $state(false);
	failure = $state<SaveFailureReason>();
	readonly form: Form;
	readonly correction: TypedCorrection;
	readonly item: TimelineItem;
	readonly end: () => void;
	readonly #opening: Opening<Form>;
	readonly #isChanged: (form: Form) => boolean;
	readonly #press = createOnePress(() => Date.now());

	constructor(opening: Opening<Form>) {
		const { item, typedAgain } = opening;
		this.#opening = opening;
		const untouched = JSON.stringify(typedAgain());
		this.#isChanged = opening.isChanged ?? ((form) => JSON.stringify(form) !== untouched);
		const create = (): Typed<Form> => ({
			correction: { reason: '', basedOn: [item.id, ...item.rivals] },
			form: typedAgain()
		});
		const { typed, end } = openDraft(`correct:${opening.book}:${item.id}`, create, (one) =>
			this.#differs(one)
		);
		this.item = item;
		this.form = typed.form;
		this.correction = typed.correction;
		this.end = end;
	}

	isStarted(): boolean {
		return !this.isSaving && this.#differs(this);
	}

	#differs({ correction, form }: Typed<Form>): boolean {
		return correction.reason.trim() !== '' || this.#isChanged(form);
	}

	/** A new version of the entry. */
	amend(
		content: Amendment['content'],
		occurred: Amendment['occurred'] = this.item.occurred
	): Promise<void> {
		return this.save(() =>
			book.amendEntry({
				book: this.#opening.book,
				basedOn: [...this.correction.basedOn],
				content,
				occurred,
				reason: this.correction.reason.trim()
			})
		);
	}

	async save(act: () => Promise<SaveOutcome>): Promise<void> {
		if (this.isSaving || !this.#press.isNew()) return;
		this.isSaving = true;
		const outcome = await trySave(act);
		this.failure = failureOf(outcome);
		this.isSaving = false;
		if (outcome.type !== 'saved') return;
		this.end();
		justSaved.tell(t.amend.saved, this.#opening.book, [outcome.id]);
		await this.#opening.onsaved();
	}
}
