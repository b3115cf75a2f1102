/** Measurements as typed, and what they say: an unlikely one is taken only when somebody said that it is right. */
import type { MeasurementName, Measurements } from '#lib/domain/book/measurements.ts';
import type { VisitDraft } from '#lib/domain/book/visit-draft.ts';
import { writeTypedNumber } from '../../primitives/typed-number.ts';
import type { createErrorList } from '../typed/field-error.ts';
import {
	MEASUREMENT_FORMS,
	readMeasurement,
	typedLimitsOf,
	whyAskAgain,
	type LastMeasured
} from './measurement-fields.ts';

export type TypedMeasurements = Pick<VisitDraft, 'measurements' | 'confirmed'>;

export interface MeasurementKnowledge {
	ageDays?: number | undefined;
	last?: Partial<Record<MeasurementName, LastMeasured>>;
}

type ErrorList = ReturnType<typeof createErrorList>;

/** What was recorded, as it would have been typed. Whoever wrote it was asked then; a value that is typed
 * anew is asked about again. */
export function typedMeasurementsOf(
	names: readonly MeasurementName[],
	recorded: Measurements = {}
): TypedMeasurements {
	const measurements: Record<string, string> = {};
	for (const name of names) {
		const value = recorded[name];
		if (value !== undefined)
			measurements[name] = writeTypedNumber(value, MEASUREMENT_FORMS[name].decimals);
	}
	return { measurements, confirmed: { ...measurements } };
}

/** Those of `names` that were typed; nothing when there are none. */
export function takeMeasurements(
	names: readonly MeasurementName[],
	typed: TypedMeasurements,
	known: MeasurementKnowledge,
	list: ErrorList
): Measurements | undefined {
	const values: Measurements = {};
	for (const name of names) {
		const text = typed.measurements[name] ?? '';
		const read = readMeasurement(name, text);
		if (read.type === 'error') addRangeError(name, read.code, list);
		if (read.type !== 'value') continue;
		values[name] = read.value;
		const why = whyAskAgain(name, read.value, { ageDays: known.ageDays, last: known.last?.[name] });
		if (why !== undefined && typed.confirmed[name] !== text.trim()) list.add(name, 'confirm-value');
	}
	checkPressure(values, list);
	return Object.keys(values).length === 0 ? undefined : values;
}

function addRangeError(
	name: MeasurementName,
	code: 'out-of-range' | Parameters<ErrorList['add']>[1],
	list: ErrorList
): void {
	if (code !== 'out-of-range') return list.add(name, code);
	list.add(name, code, typedLimitsOf(name));
}

function checkPressure({ systolic_mmHg, diastolic_mmHg }: Measurements, list: ErrorList): void {
	const hasUpper = systolic_mmHg !== undefined;
	const hasLower = diastolic_mmHg !== undefined;
	const isNoted = list.errors.some(({ field }) => field.endsWith('_mmHg'));
	if (isNoted || (!hasUpper && !hasLower)) return;
	if (hasUpper !== hasLower)
		list.add(hasUpper ? 'diastolic_mmHg' : 'systolic_mmHg', 'pressure-form');
	else if ((systolic_mmHg ?? 0) <= (diastolic_mmHg ?? 0))
		list.add('systolic_mmHg', 'pressure-form');
}
