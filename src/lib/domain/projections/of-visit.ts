/** What was prescribed and which letters were written, also for one visit. */
import type { EntryId } from '../ids.ts';
import type { BookView, LineContent, TimelineItem } from './book-view.ts';
import type { VisitItem } from './follow-up.ts';

type ItemOf<K extends LineContent['kind']> = TimelineItem & {
	content: Extract<LineContent, { kind: K }>;
};
export type PrescriptionItem = ItemOf<'prescription'>;
export type ReferralItem = ItemOf<'referral'>;

/** Prescriptions that stand, newest first. */
export function prescriptionsOf({ timeline }: Pick<BookView, 'timeline'>): PrescriptionItem[] {
	return timeline.filter(
		(item): item is PrescriptionItem =>
			item.status === 'current' && item.content?.kind === 'prescription'
	);
}

/** Letters that stand, newest first. */
export function referralsOf({ timeline }: Pick<BookView, 'timeline'>): ReferralItem[] {
	return timeline.filter(
		(item): item is ReferralItem => item.status === 'current' && item.content?.kind === 'referral'
	);
}

/** Those written in a visit: they name it, or were written at its very time at the same place. */
export function prescriptionsOfVisit(
	view: Pick<BookView, 'timeline'>,
	visit: VisitItem
): PrescriptionItem[] {
	return prescriptionsOf(view).filter(({ content, occurred, author }) =>
		content.body.visit === undefined
			? occurred === visit.occurred && author.facility === visit.author.facility
			: isVersionOf(visit, content.body.visit)
	);
}

/** Those that name it, in any of its versions. */
export function referralsOfVisit(
	view: Pick<BookView, 'timeline'>,
	visit: VisitItem
): ReferralItem[] {
	return referralsOf(view).filter(
		({ content }) => content.body.visit !== undefined && isVersionOf(visit, content.body.visit)
	);
}

function isVersionOf(visit: VisitItem, id: EntryId): boolean {
	return visit.id === id || visit.versions.some((version) => version.id === id);
}
