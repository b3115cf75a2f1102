/** The next visit that somebody was asked to come for. */
import {
	addDays,
	earliestDay,
	type ClinicalDate,
	type ClinicalTime
} from '../time/clinical-time.ts';
import type { BookView, LineContent, TimelineItem } from './book-view.ts';

/** A visit this many days before the promised day still meets the promise. */
const FOLLOW_UP_EARLY_DAYS = 3;

interface PromisingVisit {
	occurred: ClinicalTime;
	followUp: ClinicalDate | undefined;
}

/**
 * The latest visit that made a promise, unless a later visit met it: one on the promised day or after it, or
 * up to 3 days before. Coming for something else earlier keeps no promise. `visits`: oldest first.
 */
export function openPromise<Visit extends PromisingVisit>(
	visits: readonly Visit[]
): (Visit & { followUp: ClinicalDate }) | undefined {
	const at = visits.findLastIndex(({ followUp }) => followUp !== undefined);
	const promising = visits[at];
	if (promising?.followUp === undefined) return undefined;
	const { followUp } = promising;
	const metFrom = addDays(followUp, -FOLLOW_UP_EARLY_DAYS);
	const isMet = visits.slice(at + 1).some(({ occurred }) => earliestDay(occurred) >= metFrom);
	return isMet ? undefined : { ...promising, followUp };
}

export type VisitItem = TimelineItem & { content: Extract<LineContent, { kind: 'visit' }> };

/** Visits of a book that stand, newest first. */
export function visitsOf({ timeline }: Pick<BookView, 'timeline'>): VisitItem[] {
	return timeline.filter(
		(item): item is VisitItem => item.status === 'current' && item.content?.kind === 'visit'
	);
}

/** The visit that promised the next one, and the promised day. */
export function nextFollowUp(
	view: Pick<BookView, 'timeline'>
): { date: ClinicalDate; visit: VisitItem } | undefined {
	const visits = visitsOf(view)
		.toReversed()
		.map((visit) => ({
			visit,
			occurred: visit.occurred,
			followUp: visit.content.body.followUp?.date
		}));
	const promise = openPromise(visits);
	return promise && { date: promise.followUp, visit: promise.visit };
}
