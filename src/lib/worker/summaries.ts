/**
 * Summaries of the people in a page, computed while it is applied: at a first sync for ten thousand books
 * in a row. They are a cache, so entries are read without validating them once more, and only what a summary looks
 * at; where that goes wrong, the strict reader says what can be shown.
 */
import type { BookEntry } from '#lib/domain/book/book-entry.ts';
import type { BookId } from '#lib/domain/ids.ts';
import type { PersonSummary } from '#lib/domain/people/person-summary.ts';
import { isSummarised, projectSummary } from '#lib/domain/projections/project-summary.ts';
import { clinicalDateOf } from '#lib/domain/time/clinical-time.ts';
import { readJudgedEntry } from '#lib/entry/judged-entry.ts';
import { encodeSummary } from '#lib/entry/person-summary-codec.ts';
import { readStoredEntry } from '#lib/entry/stored-entry.ts';
import type { StoredEntry } from '#lib/storage/port.ts';

export interface Summaries {
	/** The bytes that are stored beside the entries of a page. */
	summarise(book: BookId, entries: StoredEntry[]): Uint8Array;
	/** What was last computed for the book, once: the list of people need not compute it again. */
	take(book: BookId): PersonSummary | undefined;
}

export function createSummaries(clock: { nowMs(): number }): Summaries {
	const computed = new Map<BookId, PersonSummary>();

	function compute(
		book: BookId,
		stored: StoredEntry[],
		read: (book: BookId, entry: StoredEntry) => BookEntry
	): Uint8Array {
		const entries = stored.map((entry) => read(book, entry));
		const summary = projectSummary(book, entries, clinicalDateOf(clock.nowMs()));
		const bytes = encodeSummary(summary);
		computed.set(book, summary);
		return bytes;
	}

	return {
		summarise: (book, stored) => {
			try {
				return compute(book, stored, (of, entry) => readJudgedEntry(of, entry, isSummarised));
			} catch {
				return compute(book, stored, readStoredEntry);
			}
		},
		take: (book) => {
			const summary = computed.get(book);
			computed.delete(book);
			return summary;
		}
	};
}
