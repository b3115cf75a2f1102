/** What was decided about the purposes of one book, as the server has it. */
import { citizen } from '#lib/citizen.ts';
import type {
	BookId,
	ConsentAnswer,
	ConsentChoice,
	HeldConsents
} from '#lib/worker/citizen-api.ts';

export class BookConsents {
	held = $state.raw<HeldConsents>();
	/** Why nothing is shown. */
	trouble = $state<'unreachable' | 'signed-out' | 'not-yours'>();
	isAsking = $state(true);
	isDeciding = $state(false);
	/** How the last decision ended. */
	outcome = $state<'given' | 'withdrawn' | 'moved-on' | 'not-saved'>();

	readonly #book: BookId;
	constructor(book: BookId) {
		this.#book = book;
	}

	async ask(): Promise<void> {
		this.isAsking = true;
		const answer = await citizen
			.askConsents(this.#book)
			.catch((): ConsentAnswer => ({ type: 'unreachable' }));
		this.isAsking = false;
		this.#take(answer);
	}

	async decide(choice: Omit<ConsentChoice, 'book'>): Promise<void> {
		if (this.isDeciding) return;
		this.isDeciding = true;
		this.outcome = undefined;
		const answer = await citizen
			.decideConsent({ ...choice, book: this.#book })
			.catch((): ConsentAnswer => ({ type: 'unreachable' }));
		this.isDeciding = false;
		if (answer.type === 'consents') this.outcome = choice.act;
		// What is on the screen is still what the server had.
		else if (answer.type === 'unreachable') return void (this.outcome = 'not-saved');
		else if (answer.type === 'moved-on') {
			this.outcome = 'moved-on';
			return this.ask();
		}
		this.#take(answer);
	}

	#take(answer: ConsentAnswer): void {
		const { type } = answer;
		this.held = type === 'consents' ? answer.consents : undefined;
		this.trouble = type === 'consents' || type === 'moved-on' ? undefined : type;
	}
}
