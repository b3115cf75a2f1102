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
import { createRandom, type Random } from './random.ts';
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
const SMALL_YEARS = 6;
const AT_HOSPITAL_PERCENT = 7;
const EXPECTED_THESE_DAYS_PERCENT = 7;
const MISSED_PERCENT = 8;
/** Days from today in which somebody is expected. */
const THESE_DAYS = [0, 7] as const;
/** Days from today in which somebody was expected who did not come. */
const MISSED_DAYS = [-30, -2] as const;

/** How often somebody came and whether they keep their promises depends on `seed` and the person only, not on the
 * day on which the demo is made: every demo shows the same kinds of people. */
export function visitsOf(
	random: Random,
	person: DemoPerson,
	{ today, seed }: { today: ClinicalDate; seed: string }
): DemoVisit[] {
	const daysKnown = daysBetween(person.registered, today);
	if (daysKnown < 3) return [];
	const traits = createRandom(`${seed}/life/${person.household}/${person.name}`);
	const visits: DemoVisit[] = [];
	for (let count = numberOfVisits(traits, person, today); count > 0; count--) {
		const day = addDays(person.registered, random.between(1, daysKnown - 1));
		const template = pickTemplate(random, person, day);
		if (template !== undefined) visits.push(visitOf(random, person, template, day));
	}
	const kept = visits.map((visit) => withoutBrokenPromise(visit, visits, today));
	if (traits.chance(EXPECTED_THESE_DAYS_PERCENT))
		kept.push(...visitThatExpects(random, person, today, THESE_DAYS));
	else if (traits.chance(MISSED_PERCENT))
		kept.push(...visitThatExpects(random, person, today, MISSED_DAYS));
	return kept;
}

/** Most people come when they were asked to; a station has a few dozen who did not, not hundreds. */
function withoutBrokenPromise(
	{ visit: { followUp, ...visit }, ...rest }: DemoVisit,
	all: DemoVisit[],
	today: ClinicalDate
): DemoVisit {
	if (followUp === undefined) return { ...rest, visit };
	const isMet = followUp.date >= today || all.some(({ day }) => day >= followUp.date);
	return { ...rest, visit: isMet ? { ...visit, followUp } : visit };
}

/** The old and the small come most. */
function numberOfVisits(random: Random, { born }: DemoPerson, today: ClinicalDate): number {
	const years = daysBetween(born, today) / DAYS_PER_YEAR;
	if (years >= 60 || years < SMALL_YEARS) return random.between(1, 3);
	return random.between(0, 2);
}

/** The last visit of somebody who is expected on one of these days. */
function visitThatExpects(
	random: Random,
	person: DemoPerson,
	today: ClinicalDate,
	[from, to]: readonly [number, number]
): DemoVisit[] {
	const expected = addDays(today, random.between(from, to));
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
