/** Requests for correction, in the state in memory. */
import { byDue } from '#lib/domain/access/correction-request.ts';
import type { BookId } from '#lib/domain/ids.ts';
import type {
	CorrectionAnswerRequest,
	CorrectionAnswerResult,
	CorrectionAskRequest,
	CorrectionAskResult,
	StoredCorrectionRequest
} from './corrections.ts';

export class MemoryCorrections {
	readonly #all: StoredCorrectionRequest[] = [];

	judgeAsking({ book, entry, openMax }: CorrectionAskRequest): CorrectionAskResult {
		const open = this.#all.filter((one) => one.book === book && one.answer === undefined);
		if (open.some((one) => one.entry === entry)) return { type: 'open-already' };
		return { type: open.length >= openMax ? 'too-many' : 'asked' };
	}

	ask({ openMax: _openMax, ...request }: CorrectionAskRequest): void {
		this.#all.push({ ...request, number: this.#all.length + 1 });
	}

	judgeAnswer({ number, facility }: CorrectionAnswerRequest): CorrectionAnswerResult {
		const found = this.#all[number - 1];
		if (found?.facility !== facility) return { type: 'not-found' };
		return { type: found.answer === undefined ? 'answered' : 'already-answered' };
	}

	/** Answers the book it is about. */
	answer({
		number,
		at,
		outcome,
		person,
		entry,
		reason
	}: CorrectionAnswerRequest): BookId | undefined {
		const found = this.#all[number - 1];
		if (found !== undefined)
			found.answer = { at, outcome, person, reason, ...(entry !== undefined && { entry }) };
		return found?.book;
	}

	atFacility(
		facility: string,
		which: 'open' | 'answered',
		limit: number
	): StoredCorrectionRequest[] {
		const those = this.#all.filter(
			(one) => one.facility === facility && (one.answer === undefined) === (which === 'open')
		);
		const ordered = which === 'open' ? those.sort(byDue) : those.reverse();
		return ordered.slice(0, limit);
	}

	ofBooks(books: BookId[], limit: number): StoredCorrectionRequest[] {
		return this.#all
			.filter(({ book }) => books.includes(book))
			.slice(-limit)
			.reverse();
	}
}
