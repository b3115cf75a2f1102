/** The station's emergency openings as the review list draws them. */
import { EMERGENCIES_PER_DAY_MAX } from '#lib/domain/access/emergency.ts';

const DAY_MS = 24 * 60 * 60_000;

export interface EmergencyItem {
	number: number;
	book: string;
	/** Who opened it. */
	person: string;
	name?: string | undefined;
	/** Absent: the book is not on this tablet. */
	personName?: string | undefined;
	atMs: number;
	untilMs: number;
	reason: string;
	note: string;
	review?: { atMs: number; by?: string | undefined; verdict: string; note: string } | undefined;
}

/** Those that wait for this person: nobody reviews what they opened themselves. */
export function toReview(items: readonly EmergencyItem[], me: string): EmergencyItem[] {
	return items.filter(({ person, review }) => review === undefined && person !== me);
}

/** Who opened as many within a day as the server lets one person, and how many that were at most. */
export function oftenOpened(
	items: readonly EmergencyItem[]
): { person: string; name?: string | undefined; count: number }[] {
	const byPerson = Map.groupBy(items, ({ person }) => person);
	return [...byPerson].flatMap(([person, those]) => {
		const counts = those.map(
			({ atMs }) => those.filter((one) => one.atMs <= atMs && one.atMs > atMs - DAY_MS).length
		);
		const count = Math.max(...counts);
		return count < EMERGENCIES_PER_DAY_MAX ? [] : [{ person, name: those[0]?.name, count }];
	});
}
