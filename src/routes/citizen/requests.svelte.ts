/** What was said to be wrong in one book, as the server has it. */
import { citizen } from '#lib/citizen.ts';
import type { BookId, CorrectionsAnswer } from '#lib/worker/citizen-api.ts';

type Requests = Extract<CorrectionsAnswer, { type: 'corrections' }>['corrections']['requests'];

export class BookRequests {
	held = $state.raw<Requests>();
	isAsking = $state(true);
	isSending = $state(false);
	/** Why the last request was not taken. */
	failure = $state<Exclude<CorrectionsAnswer['type'], 'corrections'>>();

	readonly #book: BookId;
	constructor(book: BookId) {
		this.#book = book;
	}

	async ask(): Promise<void> {
		this.isAsking = true;
		const answer = await citizen
			.askCorrections(this.#book)
			.catch((): CorrectionsAnswer => ({ type: 'unreachable' }));
		this.isAsking = false;
		this.held = answer.type === 'corrections' ? answer.corrections.requests : undefined;
	}

	/** Answers whether it was taken. */
	async send(entry: string, words: string): Promise<boolean> {
		if (this.isSending) return false;
		this.isSending = true;
		const answer = await citizen
			.requestCorrection({ book: this.#book, entry, words })
			.catch((): CorrectionsAnswer => ({ type: 'unreachable' }));
		this.isSending = false;
		this.failure = answer.type === 'corrections' ? undefined : answer.type;
		return answer.type === 'corrections';
	}
}
