import { describe, expect, it } from 'vitest';
import { MEASUREMENT_NAMES } from '#lib/domain/book/measurements.ts';
import type { MeasurementView } from '#lib/domain/projections/book-view.ts';
import {
	isUsual,
	limitsOf,
	plausibleRange,
	readMeasurement,
	usualRange,
	whyAskAgain
} from './measurement-fields.ts';
import { measuredColumns, measurementRows, sparklinePoints } from './series.ts';

const years = (count: number) => Math.round(count * 365.25);
const AGES = [0, 20, 100, years(2), years(5), years(10), years(16), years(40), years(90)];

describe('what a measurement may be', () => {
	it('is usual within plausible within what the schema takes, at every age', () => {
		for (const name of MEASUREMENT_NAMES)
			for (const age of AGES) {
				const limits = limitsOf(name);
				const plausible = plausibleRange(name, age);
				expect(plausible.min, name).toBeGreaterThanOrEqual(limits.min);
				expect(plausible.max, name).toBeLessThanOrEqual(limits.max);
				const usual = usualRange(name, age);
				if (usual === undefined) continue;
				expect(usual.min, name).toBeGreaterThanOrEqual(plausible.min);
				expect(usual.max, name).toBeLessThanOrEqual(plausible.max);
			}
	});
	it('follows the age: a pulse of a baby is none of an adult', () => {
		expect(isUsual('pulse_perMin', 150, 60)).toBe(true);
		expect(isUsual('pulse_perMin', 150, years(30))).toBe(false);
		expect(isUsual('pulse_perMin', 150)).toBe(false);
	});
	it('has no usual blood pressure for children, whose range is another table', () => {
		expect(usualRange('systolic_mmHg', years(5))).toBeUndefined();
		expect(usualRange('systolic_mmHg', years(18))).toEqual({ min: 90, max: 139 });
	});
	it('is read in the unit people type', () => {
		expect(readMeasurement('weight_g', '3,15')).toEqual({ type: 'value', value: 3_150 });
		expect(readMeasurement('height_mm', '49,5')).toEqual({ type: 'value', value: 495 });
		expect(readMeasurement('bloodGlucose_umolPerL', '5,6')).toEqual({
			type: 'value',
			value: 5_600
		});
		expect(readMeasurement('pulse_perMin', '301')).toEqual({ type: 'error', code: 'out-of-range' });
	});
	it('is asked again when a comma was lost', () => {
		expect(whyAskAgain('weight_g', 31_500, { ageDays: 0 })).toBe('implausible');
		expect(whyAskAgain('height_mm', 1_560, { ageDays: years(34) })).toBeUndefined();
		expect(whyAskAgain('temperature_dC', 382, {})).toBeUndefined();
	});
	it('is asked again when it is far from the last, up or down, for weeks only', () => {
		const ageDays = years(2);
		const last = { value: 10_000, daysAgo: 30 };
		expect(whyAskAgain('weight_g', 12_600, { ageDays, last })).toBe('far-from-last');
		expect(whyAskAgain('weight_g', 7_900, { ageDays, last })).toBe('far-from-last');
		expect(whyAskAgain('weight_g', 12_400, { ageDays, last })).toBeUndefined();
		expect(whyAskAgain('weight_g', 12_600, { ageDays, last: { ...last, daysAgo: 61 } })).toBe(
			undefined
		);
	});
});

describe('measurements of a book', () => {
	const measured = (occurred: string, name: string, value: number) =>
		({ occurred, name, value }) as MeasurementView;
	const all = [
		measured('2026-11-01T08:00', 'weight_g', 8_000),
		measured('2026-11-11T08:00', 'weight_g', 8_500),
		measured('2026-11-11T08:00', 'temperature_dC', 370)
	];
	it('stand in one row for each time, newest first, in the columns of the form', () => {
		expect(measuredColumns(all)).toEqual(['temperature_dC', 'weight_g']);
		const rows = measurementRows(all);
		expect(rows.map(({ occurred }) => occurred)).toEqual(['2026-11-11T08:00', '2026-11-01T08:00']);
		expect(rows[0]?.values.temperature_dC?.value).toBe(370);
	});
	it('mark the row of one that a newer version changes', () => {
		const changed = {
			...measured('2026-11-11T08:00', 'height_mm', 700),
			isChangedByNewer: true as const
		};
		expect(measurementRows([...all, changed]).map((row) => row.isChangedByNewer)).toEqual([
			true,
			false
		]);
	});
	it('are drawn by days and value, up is more', () => {
		const box = { width: 100, height: 50, inset: 5 };
		const points = sparklinePoints(all.slice(0, 2), box);
		expect(points).toEqual([
			{ x: 5, y: 45 },
			{ x: 95, y: 5 }
		]);
		expect(sparklinePoints(all.slice(0, 1), box)).toEqual([{ x: 50, y: 25 }]);
		expect(sparklinePoints([], box)).toEqual([]);
	});
});
