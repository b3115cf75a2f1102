/**
 * The search field in the frame and its results in the people page share this. What was typed is kept
 * out of the address, which browsers write down.
 */
import { book } from '#lib/app.ts';
import type { CitizenCard } from '#lib/domain/people/citizen-card.ts';
import type { PersonHit } from '#lib/worker/book-api.ts';
import type { NewPersonSeed } from './people/new-person-seed.ts';

class PeopleSearch {
	query = $state('');
	hits = $state.raw<PersonHit[]>([]);
	/** The scanned card whose number stands in the field. */
	card = $state.raw<CitizenCard>();
	/** The sheet for a question to the server is open. */
	isAskingServer = $state(false);
	/** The device could not be asked. */
	hasFailed = $state(false);
	/** The query that `hits` answers; undefined before the first answer. */
	answered = $state<string>();

	/** Asks for what stands in the field now. An answer that comes late is thrown away. */
	async run(): Promise<void> {
		const asked = this.query.trim();
		const hits = asked === '' ? [] : await book.searchPeople(asked).catch(() => undefined);
		if (asked !== this.query.trim()) return;
		this.hasFailed = hits === undefined;
		if (hits === undefined) return;
		this.hits = hits;
		this.answered = asked;
	}

	/** What a form for a new person may start from. */
	seed(): NewPersonSeed {
		const typed = this.query.trim();
		if (this.card?.personalNumber === typed) return { card: this.card };
		return typed === '' ? {} : { typed };
	}

	clear(): void {
		this.query = '';
		this.hits = [];
		this.answered = undefined;
		this.hasFailed = false;
		this.card = undefined;
		this.isAskingServer = false;
	}
}

export const peopleSearch = new PeopleSearch();
