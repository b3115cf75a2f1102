/** The visits a person has made, most of them to the station, some with a follow-up promised for these days. */
import type { Measurements } from '#lib/domain/book/measurements.ts';
import type { Prescription } from '#lib/domain/book/prescription.ts';
import type { Visit } from '#lib/domain/book/visit.ts';
import {
	addDays,
	daysBetween,
	type ClinicalDate,
	type ClinicalTime
} from '#lib/domain/time/clinical-time.ts';
import { sizeOf } from './growth.ts';
import type { DemoPerson } from './households.ts';
import type { Random } from './random.ts';
import { VISITS, type MeasurementRange, type VisitTemplate } from './visits-data.ts';

export interface DemoVisit {
	day: ClinicalDate;
	occurred: ClinicalTime;
	visit: Visit;
	prescription?: Prescription;
	isAtHospital: boolean;
}

const DAYS_PER_YEAR = 365.25;
const DAYS_PER_MONTH = 30.44;
const AT_HOSPITAL_PERCENT = 7;
const EXPECTED_THESE_DAYS_PERCENT = 7;
const MISSED_PERCENT = 8;
/** Follow-ups lie from two days ago to a week from now. */
const EXPECTED_FROM_DAYS = -2;
const EXPECTED_TO_DAYS = 7;

export function visitsOf(random: Random, person: DemoPerson, today: ClinicalDate): DemoVisit[] {
	const daysKnown = daysBetween(person.registered, today);
	if (daysKnown < 3) return [];
	const visits: DemoVisit[] = [];
	for (let count = numberOfVisits(random, person, today); count > 0; count--) {
		const day = addDays(person.registered, random.between(1, daysKnown - 1));
		const template = pickTemplate(random, person, day);
		if (template !== undefined) visits.push(visitOf(random, person, template, day));
	}
	if (random.chance(EXPECTED_THESE_DAYS_PERCENT))
		visits.push(...visitThatExpects(random, person, today));
	return visits.map((visit) => withPromiseOrWithout(random, visit, visits, today));
}

/** Most people come when they were asked to; a station has a few dozen who did not, not hundreds. */
function withPromiseOrWithout(
	random: Random,
	{ visit: { followUp, ...visit }, ...rest }: DemoVisit,
	all: DemoVisit[],
	today: ClinicalDate
): DemoVisit {
	if (followUp === undefined) return { ...rest, visit };
	const isMet = followUp.date >= today || all.some(({ day }) => day >= followUp.date);
	const isKept = isMet || random.chance(MISSED_PERCENT);
	return { ...rest, visit: isKept ? { ...visit, followUp } : visit };
}

/** The old and the small come most. */
function numberOfVisits(random: Random, { born }: DemoPerson, today: ClinicalDate): number {
	const years = daysBetween(born, today) / DAYS_PER_YEAR;
	if (years >= 60) return random.between(1, 3);
	return random.between(0, 2);
}

/** The last visit of somebody who is expected today or in the next days. */
function visitThatExpects(random: Random, person: DemoPerson, today: ClinicalDate): DemoVisit[] {
	const expected = addDays(today, random.between(EXPECTED_FROM_DAYS, EXPECTED_TO_DAYS));
	const fitting = VISITS.filter(
		({ followUpDays }) => followUpDays !== undefined && addDays(expected, -followUpDays) < today
	).filter(({ followUpDays = 0 }) => addDays(expected, -followUpDays) > person.registered);
	const templates = fitting.filter((template) => fits(template, person, today));
	if (templates.length === 0) return [];
	const template = random.pick(templates);
	const visit = visitOf(random, person, template, addDays(expected, -(template.followUpDays ?? 0)));
	return [{ ...visit, isAtHospital: false }];
}

function pickTemplate(
	random: Random,
	person: DemoPerson,
	day: ClinicalDate
): VisitTemplate | undefined {
	const templates = VISITS.filter((template) => fits(template, person, day));
	return templates.length === 0 ? undefined : random.pick(templates);
}

function fits(template: VisitTemplate, { born, sex }: DemoPerson, day: ClinicalDate): boolean {
	const years = daysBetween(born, day) / DAYS_PER_YEAR;
	return (
		years >= template.fromYears &&
		years < template.untilYears &&
		(template.onlyFor === undefined || template.onlyFor === sex)
	);
}

function visitOf(
	random: Random,
	person: DemoPerson,
	template: VisitTemplate,
	day: ClinicalDate
): DemoVisit {
	const { reason, findings, treatment, advice, diagnosis, beside, followUpDays, followUpWhat } =
		template;
	const visit: Visit = {
		reason,
		findings,
		measurements: measurementsOf(random, person, template, day),
		diagnoses: [
			{ ...diagnosis, main: true },
			...(beside !== undefined && random.chance(30) ? [{ ...beside, main: false }] : [])
		],
		...(treatment !== undefined && { treatment }),
		advice,
		...(followUpDays !== undefined && {
			followUp: {
				date: addDays(day, followUpDays),
				...(followUpWhat !== undefined && { what: followUpWhat })
			}
		})
	};
	const minutes = String(random.below(60)).padStart(2, '0');
	const occurred =
		`${day}T${String(random.between(7, 16)).padStart(2, '0')}:${minutes}` as ClinicalTime;
	const isAtHospital = random.chance(AT_HOSPITAL_PERCENT);
	const prescription = random.chance(30) ? { drugs: template.drugs } : undefined;
	return {
		day,
		occurred,
		visit,
		isAtHospital,
		...(prescription !== undefined && { prescription })
	};
}

function measurementsOf(
	random: Random,
	person: DemoPerson,
	template: VisitTemplate,
	day: ClinicalDate
): Measurements {
	const within = ([from, to]: MeasurementRange) => random.between(from, to);
	const months = daysBetween(person.born, day) / DAYS_PER_MONTH;
	const { bloodPressure, bloodGlucose_umolPerL } = template;
	return {
		temperature_dC: within(template.temperature_dC),
		pulse_perMin: months < 60 ? random.between(96, 128) : random.between(66, 92),
		weight_g: sizeOf(random, person, months).weight_g,
		...(bloodPressure !== undefined && {
			systolic_mmHg: within(bloodPressure.systolic),
			diastolic_mmHg: within(bloodPressure.diastolic)
		}),
		...(bloodGlucose_umolPerL !== undefined && {
			bloodGlucose_umolPerL: within(bloodGlucose_umolPerL)
		})
	};
}
