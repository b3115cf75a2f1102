/**
 * What was recorded, as it would have been typed: a correction opens the form with the old values. What
 * the form does not show is carried over, since a new version repeats the whole body.
 */
import type { Allergy } from '#lib/domain/book/allergy.ts';
import type { Immunization } from '#lib/domain/book/immunization.ts';
import type { MeasurementName, Measurements } from '#lib/domain/book/measurements.ts';
import type { Visit } from '#lib/domain/book/visit.ts';
import { emptyVisit, type VisitDraft } from '#lib/domain/book/visit-draft.ts';
import type { ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import { writeTypedDate } from '../../primitives/typed-date.ts';
import { emptyAllergy, type TypedAllergy } from '../allergy/allergy-form.ts';
import { emptyDose, type TypedDose, type TypedDoseSheet } from '../dose/dose-form.ts';
import { typedMeasurementsOf } from '../measurements/read-measurements.ts';
import { VISIT_MEASUREMENTS } from '../visit/visit-form.ts';

export function typedVisitOf(visit: Visit): VisitDraft {
	return {
		...emptyVisit(),
		reason: visit.reason,
		...typedMeasurementsOf(VISIT_MEASUREMENTS, visit.measurements),
		findings: visit.findings ?? '',
		diagnoses: visit.diagnoses?.map((diagnosis) => ({ ...diagnosis })) ?? [],
		treatment: visit.treatment ?? '',
		advice: visit.advice ?? '',
		followUpDate: visit.followUp === undefined ? '' : writeTypedDate(visit.followUp.date),
		followUpWhat: visit.followUp?.what ?? ''
	};
}

/** `read` from the form, with what of `before` the form does not show. */
export function correctedVisit(read: Visit, before: Visit): Visit {
	const shown = new Set<string>(VISIT_MEASUREMENTS);
	const names = Object.keys(before.measurements ?? {}) as MeasurementName[];
	const hidden = names.filter((name) => !shown.has(name));
	if (hidden.length === 0) return read;
	const kept: Measurements = {};
	for (const name of hidden) {
		const value = before.measurements?.[name];
		if (value !== undefined) kept[name] = value;
	}
	return { ...read, measurements: { ...kept, ...read.measurements } };
}

export function typedDoseSheetOf(dose: Immunization, occurred: ClinicalTime): TypedDoseSheet {
	return {
		fromPaper: dose.fromPaper === true,
		date: writeTypedDate(occurred),
		time: occurred.slice(11),
		place: dose.place?.name ?? '',
		givenBy: dose.givenBy ?? '',
		doses: [typedDoseOf(dose)]
	};
}

function typedDoseOf(dose: Immunization): TypedDose {
	const { code, name } = dose.product;
	const antigens = [...dose.antigens];
	return {
		...emptyDose(1),
		product: code === undefined ? undefined : { code, name, antigens },
		productText: name,
		otherProduct: code === undefined ? name : '',
		otherAntigens: code === undefined ? antigens : [],
		lot: dose.lot ?? '',
		expiry: dose.expiry === undefined ? '' : writeTypedDate(dose.expiry),
		site: dose.site ?? '',
		route: dose.route ?? '',
		statedDose: dose.statedDose?.toString() ?? ''
	};
}

export function correctedDose(read: Immunization, before: Immunization): Immunization {
	const isSamePlace = before.place !== undefined && read.place?.name === before.place.name;
	return {
		...(before.note === undefined ? {} : { note: before.note }),
		...read,
		...(isSamePlace ? { place: before.place } : {})
	};
}

export function typedAllergyOf(allergy: Extract<Allergy, { finding: 'allergy' }>): TypedAllergy {
	const { substance, category, severity, reaction = '', note = '', since } = allergy;
	return {
		...emptyAllergy(),
		substance,
		category,
		severity,
		reaction,
		note,
		since: since === undefined ? '' : writeTypedDate(since)
	};
}
