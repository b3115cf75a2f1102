/**
 * A citizen says that something in their book is wrong; whoever wrote it answers within two working days (Decree
 * 356/2025/NĐ-CP): by a correction, which is an entry like any other and answers by being there, or by saying why not.
 */
import { z } from 'zod';
import type { BookEntry } from '../book/book-entry.ts';
import type { EntryId } from '../ids.ts';
import { paragraphSchema } from '../text/text.ts';
import { clinicalDateOf, type ClinicalDate } from '../time/clinical-time.ts';
import { addWorkingDays } from '../time/working-days.ts';

export const ANSWER_WORKING_DAYS = 2;
/** Of one book that wait for an answer; more are one conversation with the station. */
export const OPEN_REQUESTS_MAX = 20;

const WORDS_LENGTH_MIN = 5;
export const CORRECTION_WORDS_LENGTH_MAX = 500;
/** What is wrong, or why it stays: words that say something. */
export const correctionWordsSchema = paragraphSchema(CORRECTION_WORDS_LENGTH_MAX).refine(
	(text) => text.length >= WORDS_LENGTH_MIN,
	'too-short'
);

export const CORRECTION_OUTCOMES = ['corrected', 'declined'] as const;
export type CorrectionOutcome = (typeof CORRECTION_OUTCOMES)[number];
export const correctionOutcomeSchema = z.enum(CORRECTION_OUTCOMES);

/** The last day on which an answer is in time. */
export function correctionDue(receivedMs: number): ClinicalDate {
	return addWorkingDays(clinicalDateOf(receivedMs), ANSWER_WORKING_DAYS);
}

export function isLate(due: string, today: ClinicalDate): boolean {
	return today > due;
}

/** Late ones first, then those due first, then in the order in which they came. */
export function byDue<Request extends { due: string; number: number }>(
	a: Request,
	b: Request
): number {
	if (a.due !== b.due) return a.due < b.due ? -1 : 1;
	return a.number - b.number;
}

/**
 * The entry that corrects or withdraws `target`, itself or a correction of it: the first among `later`, which came
 * after the request. `earlier`: what the book held before.
 */
export function correctionAmong(
	target: EntryId,
	earlier: readonly BookEntry[],
	later: readonly BookEntry[]
): BookEntry | undefined {
	const about = new Set<EntryId>([target]);
	const changes = ({ envelope: { effect, basedOn = [] } }: BookEntry): boolean =>
		(effect === 'replaces' || effect === 'voids') && basedOn.some(({ id }) => about.has(id));
	for (const entry of earlier) if (changes(entry)) about.add(entry.id);
	return later.find(changes);
}
