/**
 * Before a needle: was the same antigen given only days ago, as far as this tablet knows? No schedule is
 * judged here. The window is the shortest usual distance of two doses of one series, four weeks; within
 * it a second dose is asked about, never refused.
 */
import type { DoseLine } from '#lib/domain/projections/book-view.ts';
import {
	daysBetween,
	earliestDay,
	latestDay,
	type ClinicalTime
} from '#lib/domain/time/clinical-time.ts';

export const RECENT_DOSE_DAYS = 28;

export interface RecentDose {
	dose: DoseLine;
	/** The antigens both have. */
	antigens: string[];
	/** Days from it to the dose being recorded, at least; negative when it was given later. */
	daysBefore: number;
}

/** The nearest recorded dose within the window that shares an antigen; nothing when none. */
export function findRecentDose(
	antigens: string[],
	occurred: ClinicalTime,
	recorded: DoseLine[]
): RecentDose | undefined {
	const near = recorded
		.map((dose) => ({
			dose,
			antigens: dose.antigens.filter((antigen) => antigens.includes(antigen)),
			daysBefore: leastDays(dose.occurred, occurred)
		}))
		.filter(
			(recent) => recent.antigens.length > 0 && Math.abs(recent.daysBefore) < RECENT_DOSE_DAYS
		);
	return near.toSorted((a, b) => Math.abs(a.daysBefore) - Math.abs(b.daysBefore))[0];
}

/** The least number of days that two stated times, possibly partial, can be apart. */
function leastDays(from: ClinicalTime, to: ClinicalTime): number {
	const gap = daysBetween(latestDay(from), earliestDay(to));
	if (gap >= 0) return gap;
	const gapAfter = daysBetween(latestDay(to), earliestDay(from));
	return gapAfter > 0 ? -gapAfter : 0;
}
