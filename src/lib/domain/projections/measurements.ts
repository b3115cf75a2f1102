/** Everything measured, whether it was taken down in a visit or apart, each value with its source. */
import { isEntryOf, type BookEntry } from '../book/book-entry.ts';
import { MEASUREMENT_NAMES, type Measurements } from '../book/measurements.ts';
import type { MeasurementView } from './book-view.ts';
import { changedMark, sourceOf } from './entry-set.ts';
import type { Thread } from './threads.ts';

/** In the order of `MEASUREMENT_NAMES`, oldest first within a name. `byTime` is oldest first. */
export function projectMeasurements(byTime: readonly Thread[]): MeasurementView[] {
	const views: MeasurementView[] = [];
	for (const { shown, heads, isChangedByNewer } of byTime) {
		const taken = heads.length === 0 ? undefined : takenIn(shown);
		if (taken === undefined) continue;
		for (const name of MEASUREMENT_NAMES) {
			const value = taken.values[name];
			if (value === undefined) continue;
			const mark = changedMark(isChangedByNewer);
			views.push({ ...sourceOf(shown), name, value, from: taken.from, ...mark });
		}
	}
	return views.sort(
		(a, b) => MEASUREMENT_NAMES.indexOf(a.name) - MEASUREMENT_NAMES.indexOf(b.name)
	);
}

function takenIn(
	entry: BookEntry
): { values: Measurements; from: MeasurementView['from'] } | undefined {
	if (isEntryOf(entry, 'observation'))
		return { values: entry.content.body.measurements, from: 'observation' };
	if (!isEntryOf(entry, 'visit') || entry.content.body.measurements === undefined) return undefined;
	return { values: entry.content.body.measurements, from: 'visit' };
}
