/** What the server holds back of this station, while it can be asked. */
import { book } from '#lib/app.ts';
import type { HeldLine } from '#lib/worker/book-api.ts';

class HeldAtServer {
	/** As the server said last; nothing for whoever may not decide. */
	entries = $state.raw<readonly HeldLine[]>([]);
	/** Those of which nobody has said that they can wait, and that do not stand among the returned ones too. */
	get undecided(): number {
		return this.entries.filter(({ review, isReturnedHere }) => !review && !isReturnedHere).length;
	}

	async load(): Promise<void> {
		const outcome = await book.listHeld().catch(() => undefined);
		this.entries = outcome?.type === 'listed' ? outcome.held : [];
	}

	forget(): void {
		this.entries = [];
	}
}

/** The list and the number beside it are of one answer. */
export const heldAtServer = new HeldAtServer();
