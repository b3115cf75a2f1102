/** What is measured on a person. Integers in the unit that the name ends with; limits are what an
 * instrument can show of a living person, not what is usual. */
import { z } from 'zod';

const within = (min: number, max: number) => z.number().int().min(min).max(max).optional();

const shape = {
	temperature_dC: within(250, 450),
	pulse_perMin: within(20, 300),
	respiration_perMin: within(4, 150),
	systolic_mmHg: within(30, 320),
	diastolic_mmHg: within(10, 220),
	oxygenSaturation_pct: within(20, 100),
	weight_g: within(200, 400_000),
	height_mm: within(150, 2_600),
	headCircumference_mm: within(150, 800),
	armCircumference_mm: within(40, 700),
	bloodGlucose_umolPerL: within(200, 100_000)
};

export const measurementsSchema = z
	.strictObject(shape)
	.refine(
		(values) => Object.values(values).some((value) => value !== undefined),
		'nothing-measured'
	)
	.refine(
		({ systolic_mmHg, diastolic_mmHg }) =>
			(systolic_mmHg === undefined) === (diastolic_mmHg === undefined) &&
			(systolic_mmHg ?? 1) > (diastolic_mmHg ?? 0),
		'blood-pressure-incomplete'
	);
export type Measurements = z.infer<typeof measurementsSchema>;
export type MeasurementName = keyof Measurements;
export const MEASUREMENT_NAMES = Object.keys(shape) as MeasurementName[];
