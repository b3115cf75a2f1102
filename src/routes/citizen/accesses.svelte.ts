/** Who opened a book: first what this phone holds, then what the server says now. */
import { citizen } from '#lib/citizen.ts';
import type { AskOutcome, BookId, HeldAccesses } from '#lib/worker/citizen-api.ts';

export class BookAccesses {
	held = $state.raw<HeldAccesses>();
	/** How the last question ended. */
	outcome = $state<AskOutcome>();
	isAsking = $state(true);

	readonly #book: BookId;
	constructor(book: BookId) {
		this.#book = book;
	}

	/** Asked again each time: nothing of it comes by itself. */
	async ask(): Promise<void> {
		this.isAsking = true;
		try {
			this.held = await citizen.readAccesses(this.#book);
			this.outcome = await citizen.askAccesses(this.#book);
			this.held = await citizen.readAccesses(this.#book);
		} catch {
			// The worker is gone: the frame of the page says so.
			this.outcome = 'unreachable';
		} finally {
			this.isAsking = false;
		}
	}
}
