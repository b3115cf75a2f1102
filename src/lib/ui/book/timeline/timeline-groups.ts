/** The timeline in months, and the groups of kinds that its filter knows. */
import type { TimelineItem } from '#lib/domain/projections/book-view.ts';

export const TIMELINE_GROUPS = [
	'visit',
	'dose',
	'drug',
	'measurement',
	'safety',
	'paper',
	'other'
] as const;
export type TimelineGroup = (typeof TIMELINE_GROUPS)[number];

const GROUP_OF_KIND: Record<TimelineItem['kind'], TimelineGroup> = {
	visit: 'visit',
	immunization: 'dose',
	prescription: 'drug',
	referral: 'paper',
	observation: 'measurement',
	allergy: 'safety',
	facts: 'other',
	guardianLink: 'other',
	note: 'other',
	samePerson: 'other',
	differentPerson: 'other',
	void: 'other',
	unknown: 'other'
};

export interface TimelineMonth {
	/** `2026-11`, `2026` for what happened in an unknown month, nothing where no date is readable. */
	month: string;
	items: TimelineItem[];
}

export function groupOf(item: Pick<TimelineItem, 'kind'>): TimelineGroup {
	return GROUP_OF_KIND[item.kind];
}

/** The groups that occur, in the order of the filter. */
export function groupsPresent(timeline: TimelineItem[]): TimelineGroup[] {
	const present = new Set(timeline.map(groupOf));
	return TIMELINE_GROUPS.filter((group) => present.has(group));
}

/** Without what was undone at once, unless somebody asks for it. */
export function unfolded(timeline: TimelineItem[], showsUndone: boolean): TimelineItem[] {
	return showsUndone ? timeline : timeline.filter((item) => item.isUndoneAtOnce !== true);
}

/** Items newest first, cut into months. */
export function monthsOf(timeline: TimelineItem[], group?: TimelineGroup): TimelineMonth[] {
	const months: TimelineMonth[] = [];
	for (const item of timeline) {
		if (group !== undefined && groupOf(item) !== group) continue;
		const month = monthOf(item);
		const last = months.at(-1);
		if (last?.month === month) last.items.push(item);
		else months.push({ month, items: [item] });
	}
	return months;
}

/** The day that stands in for a date that is not readable is a full one; otherwise nothing is known. */
function monthOf({ occurred, isOccurredUnknown }: TimelineItem): string {
	return isOccurredUnknown === true && occurred.length === 4 ? '' : occurred.slice(0, 7);
}
