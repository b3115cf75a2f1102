/** What a family may say is wrong, and how a request stands, in words. */
import { isLate, type CorrectionOutcome } from '#lib/domain/access/correction-request.ts';
import type { TimelineItem } from '#lib/domain/projections/book-view.ts';
import type { ClinicalDate } from '#lib/domain/time/clinical-time.ts';
import { formatDate } from '#lib/i18n/format.ts';
import { t } from '#lib/i18n/messages/wrong.ts';
import { summaryOf } from '../book/timeline/entry-summary.ts';
import type { Member } from './family-words.ts';

export interface ShownRequest {
	number: number;
	entry: string;
	atMs: number;
	due: string;
	words: string;
	facility: string;
	answer?:
		| { atMs: number; outcome: CorrectionOutcome; reason: string; by?: string | undefined }
		| undefined;
}

/** Entries that a facility wrote and that stand, newest first. */
export function entriesToAsk({ view }: Member): TimelineItem[] {
	return view.timeline
		.filter(
			({ status, content, author }) =>
				status === 'current' && content !== undefined && author.facility !== undefined
		)
		.filter(({ kind }) => kind !== 'samePerson' && kind !== 'differentPerson')
		.sort((a, b) => (a.occurred < b.occurred ? 1 : -1));
}

/** By any version of it: a request is about the one that was shown then. */
export function findEntry({ view }: Member, entry: string): TimelineItem | undefined {
	return view.timeline.find(({ id, versions }) =>
		[id, ...versions.map((version) => version.id)].some((known) => known === entry)
	);
}

/** What it is, what it says, and its day. */
export function entryWords(item: TimelineItem): { title: string; line: string } {
	const { title, result } = summaryOf(item, () => undefined);
	const day = formatDate(item.occurred.slice(0, 10));
	return { title, line: result === '' ? day : `${day} · ${result}` };
}

export function requestState(
	{ due, answer }: ShownRequest,
	today: ClinicalDate
): 'waiting' | 'late' | CorrectionOutcome {
	if (answer !== undefined) return answer.outcome;
	return isLate(due, today) ? 'late' : 'waiting';
}

export function stateWords(state: ReturnType<typeof requestState>): string {
	return t.requests[state];
}
