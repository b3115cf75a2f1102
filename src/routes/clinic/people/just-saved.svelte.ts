/** What was saved a moment ago, so that the page that follows can say so and take it back. */
import { book } from '#lib/app.ts';
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import { t } from '#lib/i18n/messages/record.ts';

class JustSaved {
	message = $state<string>();
	/** Tells one message from the next, also when the words are the same. */
	told = $state(0);
	#book: BookId | undefined;
	#ids = $state.raw<EntryId[]>([]);
	readonly canUndo = $derived(this.#ids.length > 0);

	/** @param bookId where it was saved; none: it was about no book of this tablet
	 * @param ids what "undo" withdraws; none: it cannot be undone */
	tell(message: string, bookId: BookId | undefined, ids: EntryId[]): void {
		this.message = message;
		this.told += 1;
		this.#book = bookId;
		this.#ids = ids;
	}

	isOf(bookId: string): boolean {
		return this.message !== undefined && this.#book === bookId;
	}

	close(): void {
		this.message = undefined;
		this.#ids = [];
	}

	/** Withdraws everything of the last save, the last entry first. */
	async undo(): Promise<void> {
		const bookId = this.#book;
		const ids = this.#ids;
		this.#ids = [];
		if (bookId === undefined) return;
		let areAllUndone = true;
		for (const id of ids.toReversed()) {
			const outcome = await book
				.undo({ book: bookId, id })
				.catch(() => ({ type: 'not-stored' as const }));
			areAllUndone &&= outcome.type === 'saved';
		}
		this.message = areAllUndone ? t.undone : t.notUndone;
		this.told += 1;
	}
}

export const justSaved = new JustSaved();
