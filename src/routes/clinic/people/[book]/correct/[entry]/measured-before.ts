import type { MeasurementView, TimelineItem } from '#lib/domain/projections/book-view.ts';

/** What was known when an entry was written: its own values and later ones are not. */
export function measuredBefore(
	measurements: readonly MeasurementView[],
	{ id, occurred }: Pick<TimelineItem, 'id' | 'occurred'>
): MeasurementView[] {
	return measurements.filter((one) => one.id !== id && one.occurred <= occurred);
}
