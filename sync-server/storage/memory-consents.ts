/** Decisions about purposes, in the state in memory. */
import type { BookId } from '#lib/domain/ids.ts';
import type { ConsentRequest, ConsentResult, StoredConsentDecision } from './consents.ts';

export class MemoryConsents {
	readonly #all: StoredConsentDecision[] = [];

	judge({ decisions: [first], after }: ConsentRequest): ConsentResult {
		const last = this.#all.findLast(
			({ book, purpose }) => book === first.book && purpose === first.purpose
		);
		return { type: (last?.number ?? 0) === after ? 'decided' : 'moved-on' };
	}

	add({ decisions }: ConsentRequest): void {
		for (const one of decisions) this.#all.push({ ...one, number: this.#all.length + 1 });
	}

	ofBook(book: BookId, limit: number): StoredConsentDecision[] {
		return this.#all
			.filter((one) => one.book === book)
			.slice(-limit)
			.reverse();
	}
}
