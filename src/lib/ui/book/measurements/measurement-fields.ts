/**
 * How each measurement is typed and shown, what is usual, and what is asked again. A limit of the schema
 * refuses (no instrument shows it); a usual range only colours and tells; a plausible range asks once
 * more, because a slip of the comma is likelier than the value. None of them judges the person.
 *
 * Usual ranges: temperature and breathing from WHO IMCI chart booklet (2014) and, with pulse, from the
 * age table of AHA PALS (2020); blood pressure of adults from WHO HEARTS (2020); oxygen from the WHO
 * pocket book of hospital care for children (2013). Weight and length have no usual range here: that is
 * the growth chart's work.
 */
import {
	measurementsSchema,
	type MeasurementName,
	type Measurements
} from '#lib/domain/book/measurements.ts';
import { writeTypedNumber } from '../../primitives/typed-number.ts';
import { readScaled } from '../typed/typed-number.ts';
import type { TypedField } from '../typed/field-error.ts';

export interface Range {
	min: number;
	max: number;
}
export type MeasurementUnit = '°C' | '/min' | 'mmHg' | '%' | 'kg' | 'cm' | 'mmol/L';

/** Digits after the comma between the unit people type and the stored unit. */
export const MEASUREMENT_FORMS: Record<
	MeasurementName,
	{ decimals: number; unit: MeasurementUnit }
> = {
	temperature_dC: { decimals: 1, unit: '°C' },
	pulse_perMin: { decimals: 0, unit: '/min' },
	respiration_perMin: { decimals: 0, unit: '/min' },
	systolic_mmHg: { decimals: 0, unit: 'mmHg' },
	diastolic_mmHg: { decimals: 0, unit: 'mmHg' },
	oxygenSaturation_pct: { decimals: 0, unit: '%' },
	weight_g: { decimals: 3, unit: 'kg' },
	height_mm: { decimals: 1, unit: 'cm' },
	headCircumference_mm: { decimals: 1, unit: 'cm' },
	armCircumference_mm: { decimals: 1, unit: 'cm' },
	bloodGlucose_umolPerL: { decimals: 3, unit: 'mmol/L' }
};

const DAYS_PER_YEAR = 365.25;
/** Without a birth date an adult is assumed: the ranges only tell, they refuse nothing. */
const AGE_DAYS_UNKNOWN = 30 * DAYS_PER_YEAR;
const TYPED_RANGE: Range = { min: 0, max: 1_000_000 };

interface AgeBand {
	/** Up to this age in years, exclusive. */
	untilYears: number;
	pulse: Range;
	respiration: Range;
	weight_g: Range;
	height_mm: Range;
}
const NEWBORN_YEARS = 28 / DAYS_PER_YEAR;
/** Pulse and breathing are usual ranges; weight and height plausible ones (beyond WHO's ±3 SD). */
const OLDEST_BAND = band(Infinity, [60, 100], [12, 20], [25_000, 200_000], [1_200, 2_200]);
const AGE_BANDS: AgeBand[] = [
	band(NEWBORN_YEARS, [100, 205], [30, 60], [500, 7_000], [250, 640]),
	band(1, [100, 180], [30, 53], [1_500, 16_000], [400, 900]),
	band(3, [98, 140], [22, 37], [4_000, 25_000], [550, 1_150]),
	band(6, [80, 120], [20, 28], [7_000, 45_000], [700, 1_400]),
	band(12, [75, 118], [18, 25], [10_000, 100_000], [850, 1_850]),
	band(18, [60, 100], [12, 20], [18_000, 180_000], [1_100, 2_150])
];
const USUAL_TEMPERATURE_DC: Range = { min: 360, max: 375 };
const USUAL_OXYGEN_PCT: Range = { min: 95, max: 100 };
const USUAL_SYSTOLIC_ADULT: Range = { min: 90, max: 139 };
const USUAL_DIASTOLIC_ADULT: Range = { min: 60, max: 89 };
const ADULT_YEARS = 18;

const PLAUSIBLE: Partial<Record<MeasurementName, Range>> = {
	temperature_dC: { min: 340, max: 415 },
	pulse_perMin: { min: 40, max: 220 },
	respiration_perMin: { min: 8, max: 90 },
	systolic_mmHg: { min: 60, max: 230 },
	diastolic_mmHg: { min: 35, max: 140 },
	oxygenSaturation_pct: { min: 80, max: 100 },
	headCircumference_mm: { min: 260, max: 640 },
	armCircumference_mm: { min: 70, max: 500 },
	bloodGlucose_umolPerL: { min: 2_200, max: 30_000 }
};
/** A weight this far from the last known one is asked again. */
const WEIGHT_STEP_RATIO_MAX = 1.25;
const WEIGHT_STEP_DAYS_MAX = 60;

/** What the schema takes, in the stored unit. */
export function limitsOf(name: MeasurementName): Range {
	const schema = measurementsSchema.shape[name].unwrap();
	return { min: schema.minValue ?? 0, max: schema.maxValue ?? TYPED_RANGE.max };
}

/** The same in the unit that is typed, for a sentence. */
export function typedLimitsOf(name: MeasurementName): { min: string; max: string } {
	const { min, max } = limitsOf(name);
	const { decimals } = MEASUREMENT_FORMS[name];
	return { min: writeTypedNumber(min, decimals), max: writeTypedNumber(max, decimals) };
}

/** Reads one typed value to the stored unit; beyond the schema's limits it is `out-of-range`. */
export function readMeasurement(name: MeasurementName, typed: string): TypedField<number> {
	const read = readScaled(typed, MEASUREMENT_FORMS[name].decimals, TYPED_RANGE);
	if (read.type !== 'value') return read;
	const { min, max } = limitsOf(name);
	return read.value < min || read.value > max ? { type: 'error', code: 'out-of-range' } : read;
}

/** What is usual at this age, in the stored unit; nothing where no range is known. */
export function usualRange(name: MeasurementName, ageDays?: number): Range | undefined {
	const years = yearsOf(ageDays);
	if (name === 'temperature_dC') return USUAL_TEMPERATURE_DC;
	if (name === 'oxygenSaturation_pct') return USUAL_OXYGEN_PCT;
	if (name === 'pulse_perMin') return bandOf(years).pulse;
	if (name === 'respiration_perMin') return bandOf(years).respiration;
	if (years < ADULT_YEARS) return undefined;
	if (name === 'systolic_mmHg') return USUAL_SYSTOLIC_ADULT;
	return name === 'diastolic_mmHg' ? USUAL_DIASTOLIC_ADULT : undefined;
}

/** Beyond this the form asks once more whether it is right. */
export function plausibleRange(name: MeasurementName, ageDays?: number): Range {
	const years = yearsOf(ageDays);
	if (name === 'weight_g' || name === 'height_mm') return bandOf(years)[name];
	return PLAUSIBLE[name] ?? limitsOf(name);
}

export interface LastMeasured {
	value: number;
	daysAgo: number;
}

/** Why a value is asked again, if it is. */
export function whyAskAgain(
	name: MeasurementName,
	value: number,
	known: { ageDays?: number | undefined; last?: LastMeasured | undefined }
): 'implausible' | 'far-from-last' | undefined {
	if (!isWithin(value, plausibleRange(name, known.ageDays))) return 'implausible';
	return name === 'weight_g' && known.last !== undefined && isFarFrom(value, known.last)
		? 'far-from-last'
		: undefined;
}

export function isUsual(name: MeasurementName, value: number, ageDays?: number): boolean {
	const range = usualRange(name, ageDays);
	return range === undefined || isWithin(value, range);
}

/** The names of a set of measurements in the order of the form. */
export function measuredNames(measurements: Measurements): MeasurementName[] {
	return (Object.keys(MEASUREMENT_FORMS) as MeasurementName[]).filter(
		(name) => measurements[name] !== undefined
	);
}

function isFarFrom(value: number, last: LastMeasured): boolean {
	if (last.daysAgo > WEIGHT_STEP_DAYS_MAX) return false;
	const ratio = value > last.value ? value / last.value : last.value / value;
	return ratio > WEIGHT_STEP_RATIO_MAX;
}

function isWithin(value: number, range: Range): boolean {
	return value >= range.min && value <= range.max;
}

function yearsOf(ageDays = AGE_DAYS_UNKNOWN): number {
	return ageDays / DAYS_PER_YEAR;
}

function bandOf(years: number): AgeBand {
	return AGE_BANDS.find((candidate) => years < candidate.untilYears) ?? OLDEST_BAND;
}

type Pair = [number, number];

function band(
	untilYears: number,
	pulse: Pair,
	respiration: Pair,
	weight: Pair,
	height: Pair
): AgeBand {
	const range = ([min, max]: Pair): Range => ({ min, max });
	return {
		untilYears,
		pulse: range(pulse),
		respiration: range(respiration),
		weight_g: range(weight),
		height_mm: range(height)
	};
}
