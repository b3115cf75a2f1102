/** Books opened in an emergency, in the state in memory, and what colleagues said of them. */
import type { BookId } from '#lib/domain/ids.ts';
import type {
	Emergency,
	EmergencyRequest,
	EmergencyReviewRequest,
	EmergencyReviewResult,
	ListedEmergency
} from './emergencies.ts';

export class MemoryEmergencies {
	readonly #all: ListedEmergency[] = [];

	add(emergency: Emergency): void {
		this.#all.push({ ...emergency, number: this.#all.length + 1 });
	}

	/** The oldest that counts, where there are enough of them. */
	tooMany({ person, sinceMs, openingsMax }: EmergencyRequest): Emergency | undefined {
		const recent = this.#all.filter((one) => one.person === person && one.at > sinceMs);
		return recent.length >= openingsMax ? recent[0] : undefined;
	}

	ofFacility(facility: string, limit: number): ListedEmergency[] {
		return this.#newest(limit, (one) => one.facility === facility);
	}

	ofBooks(books: BookId[], sinceMs: number, limit: number): ListedEmergency[] {
		return this.#newest(limit, ({ book, at }) => books.includes(book) && at > sinceMs);
	}

	judgeReview({ number, facility, person }: EmergencyReviewRequest): EmergencyReviewResult {
		const found = this.#all[number - 1];
		if (found?.facility !== facility) return { type: 'not-found' };
		if (found.person === person) return { type: 'own' };
		return { type: found.review === undefined ? 'reviewed' : 'already-reviewed' };
	}

	/** Answers the book it is about. */
	review({ number, at, person, verdict, note }: EmergencyReviewRequest): BookId | undefined {
		const found = this.#all[number - 1];
		if (found !== undefined) found.review = { at, person, verdict, note };
		return found?.book;
	}

	#newest(limit: number, isAsked: (one: ListedEmergency) => boolean): ListedEmergency[] {
		return this.#all.filter(isAsked).slice(-limit).reverse();
	}
}
