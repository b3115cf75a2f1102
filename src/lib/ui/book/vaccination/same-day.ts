/**
 * Two places that wrote down a dose against the same disease on one day: two tablets without a network
 * saw the same child. Both stay as recorded; a person who asks the family knows which one was given.
 */
import type { EntryId } from '#lib/domain/ids.ts';
import type { DoseLine } from '#lib/domain/projections/book-view.ts';
import { isClinicalDate } from '#lib/domain/time/clinical-time.ts';

/** To each dose in question one of another place. */
export function sameDayElsewhere(doses: readonly DoseLine[]): Map<EntryId, DoseLine> {
	const found = new Map<EntryId, DoseLine>();
	for (const [day, onDay] of Map.groupBy(doses, ({ occurred }) => occurred.slice(0, 10)))
		for (const dose of isClinicalDate(day) ? onDay : []) {
			const other = onDay.find((one) => arePlacesApart(one, dose) && protectAlike(one, dose));
			if (other !== undefined) found.set(dose.id, other);
		}
	return found;
}

function protectAlike(a: DoseLine, b: DoseLine): boolean {
	return a.antigens.some((antigen) => b.antigens.includes(antigen));
}

function arePlacesApart(a: DoseLine, b: DoseLine): boolean {
	if (a.place !== undefined && b.place !== undefined) return a.place !== b.place;
	return a.author.facility !== b.author.facility;
}
