/** Measurements as a small table and a line; the line says nothing that the table does not. */
import type { MeasurementName } from '#lib/domain/book/measurements.ts';
import type { MeasurementView } from '#lib/domain/projections/book-view.ts';
import { daysBetween, earliestDay, type ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import { MEASUREMENT_FORMS } from './measurement-fields.ts';

/** Drawn as a line where there are two points or more. */
export const SPARKLINE_NAMES: MeasurementName[] = ['weight_g', 'height_mm', 'temperature_dC'];

export interface MeasurementRow {
	occurred: ClinicalTime;
	values: Partial<Record<MeasurementName, MeasurementView>>;
	/** An entry of a newer version changes one of them. */
	isChangedByNewer: boolean;
}

/** One row per stated time, newest first. */
export function measurementRows(measurements: MeasurementView[]): MeasurementRow[] {
	const rowsByTime = new Map<string, MeasurementRow>();
	for (const measured of measurements) {
		const row = rowsByTime.get(measured.occurred) ?? {
			occurred: measured.occurred,
			values: {},
			isChangedByNewer: false
		};
		row.values[measured.name] = measured;
		row.isChangedByNewer ||= measured.isChangedByNewer === true;
		rowsByTime.set(measured.occurred, row);
	}
	return [...rowsByTime.values()].toSorted((a, b) => (a.occurred < b.occurred ? 1 : -1));
}

/** The measurements that occur, in the order of the form. */
export function measuredColumns(measurements: MeasurementView[]): MeasurementName[] {
	const present = new Set(measurements.map(({ name }) => name));
	return (Object.keys(MEASUREMENT_FORMS) as MeasurementName[]).filter((name) => present.has(name));
}

export interface SparklinePoint {
	x: number;
	y: number;
}

/**
 * Points in a box of the given size, with days along x and the value up y. A single point lies in the
 * middle; equal values make a level line.
 */
export function sparklinePoints(
	values: Pick<MeasurementView, 'occurred' | 'value'>[],
	box: { width: number; height: number; inset: number }
): SparklinePoint[] {
	const first = values[0];
	if (first === undefined) return [];
	const days = values.map(({ occurred }) =>
		daysBetween(earliestDay(first.occurred), earliestDay(occurred))
	);
	const across = scaleTo(days, box.inset, box.width - box.inset);
	const up = scaleTo(
		values.map(({ value }) => value),
		box.height - box.inset,
		box.inset
	);
	return values.map((_, at) => ({ x: across[at] ?? 0, y: up[at] ?? 0 }));
}

function scaleTo(values: number[], from: number, to: number): number[] {
	const least = Math.min(...values);
	const span = Math.max(...values) - least;
	return values.map((value) =>
		span === 0 ? (from + to) / 2 : round(from + ((value - least) / span) * (to - from))
	);
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}
