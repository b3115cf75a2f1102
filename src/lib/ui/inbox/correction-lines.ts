/** Requests for correction as the station's list draws them. */
import type { CorrectionOutcome } from '#lib/domain/access/correction-request.ts';
import { byDue } from '#lib/domain/access/correction-request.ts';

export interface CorrectionItem {
	number: number;
	book: string;
	entry: string;
	atMs: number;
	due: string;
	words: string;
	kind?: string | undefined;
	occurred?: string | undefined;
	/** Who wrote the entry. */
	author?: string | undefined;
	authorName?: string | undefined;
	/** Absent: the book is not on this tablet. */
	personName?: string | undefined;
	answer?:
		| { atMs: number; outcome: CorrectionOutcome; reason: string; by?: string | undefined }
		| undefined;
}

/** Those that wait, by their day and the own first among those of one day; then what was answered, newest first. */
export function inOrder<Item extends CorrectionItem>(items: readonly Item[], me: string): Item[] {
	const isMine = ({ author }: Item): number => (author === me ? 0 : 1);
	const waiting = items
		.filter(({ answer }) => answer === undefined)
		.sort((a, b) => (a.due === b.due ? isMine(a) - isMine(b) : 0) || byDue(a, b));
	const answered = items
		.filter(({ answer }) => answer !== undefined)
		.sort((a, b) => b.number - a.number);
	return [...waiting, ...answered];
}
