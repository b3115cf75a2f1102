/** The doses a person has had, by age, with the products of their time. */
import type { Immunization, VaccinationSite } from '#lib/domain/book/immunization.ts';
import { findVaccine } from '#lib/domain/catalogues/vaccines.ts';
import {
	addDays,
	daysBetween,
	type ClinicalDate,
	type ClinicalTime
} from '#lib/domain/time/clinical-time.ts';
import type { DemoPerson } from './households.ts';
import type { Random } from './random.ts';

export interface DemoDose {
	occurred: ClinicalTime;
	day: ClinicalDate;
	immunization: Immunization;
	/** Written when the book was begun, from the paper book. */
	isFromPaper: boolean;
}

interface PlannedDose {
	ageDays: number;
	/** Possible products, the likeliest first: the first in use on the day is taken. */
	products: readonly string[];
	dose: number;
	site: VaccinationSite;
}

const MONTH = 30.44;
const planned = (
	months: number,
	products: readonly string[],
	dose: number,
	site: VaccinationSite
): PlannedDose => ({ ageDays: Math.round(months * MONTH), products, dose, site });

const FIVE_IN_ONE = ['DPT-VGB-HIB-SII', 'COMBE-FIVE', 'QUINVAXEM'];
const POLIO = ['OPV-POLYVAC', 'TOPV-POLYVAC'];

/** A round as children of a mountain commune get it; no schedule of the programme, no rule is drawn from it. */
const CHILDHOOD: readonly PlannedDose[] = [
	planned(0, ['GENE-HBVAX-05'], 0, 'right-thigh'),
	planned(0.3, ['BCG-IVAC'], 1, 'left-arm'),
	...[2, 3, 4].flatMap((months, at) => [
		planned(months, FIVE_IN_ONE, at + 1, 'left-thigh'),
		planned(months, POLIO, at + 1, 'mouth')
	]),
	planned(5, ['IPV-IMOVAX'], 1, 'right-thigh'),
	planned(9, ['MVVAC'], 1, 'left-arm'),
	planned(12.2, ['JEVAX'], 1, 'left-arm'),
	planned(12.6, ['JEVAX'], 2, 'right-arm'),
	planned(18, ['MRVAC', 'MVVAC'], 1, 'left-arm'),
	planned(18, ['DPT-IVAC'], 4, 'right-thigh'),
	planned(24.8, ['JEVAX'], 3, 'left-arm')
];
/** Of older children, what was copied from the paper book. */
const COPIED = new Set(['BCG-IVAC', 'DPT-VGB-HIB-SII', 'MRVAC']);
const COPIED_FROM_YEARS = 6;
const DAYS_PER_YEAR = 365.25;
const LOT_LIFE_DAYS = 700;

export function dosesOf(
	random: Random,
	person: DemoPerson,
	today: ClinicalDate,
	givenBy: string
): DemoDose[] {
	const ageDays = daysBetween(person.born, today);
	if (ageDays >= 18 * DAYS_PER_YEAR) return adultDoses(random, person, today, givenBy);
	const isOlder = ageDays >= COPIED_FROM_YEARS * DAYS_PER_YEAR;
	const wanted = isOlder
		? CHILDHOOD.filter(({ products, dose }) => COPIED.has(products[0] ?? '') && dose <= 1)
		: CHILDHOOD;
	// Some families come late to everything, some stop coming.
	const lateDays = random.chance(15) ? random.between(20, 120) : random.between(0, 9);
	const stopsAfter = random.chance(8) ? random.between(3, 8) : wanted.length;
	return wanted
		.slice(0, stopsAfter)
		.flatMap((plan, at) => doseOf(random, person, plan, at === 0 ? 0 : lateDays, today, givenBy));
}

/** Tetanus in pregnancy. */
function adultDoses(
	random: Random,
	person: DemoPerson,
	today: ClinicalDate,
	givenBy: string
): DemoDose[] {
	if (person.sex !== 'female' || daysBetween(person.born, today) > 40 * DAYS_PER_YEAR) return [];
	if (random.chance(60)) return [];
	const ageDays = daysBetween(person.born, person.registered) + random.between(5, 50);
	return [1, 2].flatMap((dose) => {
		const plan: PlannedDose = {
			ageDays: ageDays + dose * 32,
			products: ['VAT-IVAC'],
			dose,
			site: 'left-arm'
		};
		return doseOf(random, person, plan, 0, today, givenBy);
	});
}

function doseOf(
	random: Random,
	person: DemoPerson,
	plan: PlannedDose,
	lateDays: number,
	today: ClinicalDate,
	givenBy: string
): DemoDose[] {
	const day = addDays(person.born, plan.ageDays + lateDays);
	if (day >= today) return [];
	const product = plan.products
		.map((code) => findVaccine(code, day))
		.find((found) => found !== undefined);
	if (product === undefined) return [];
	const isFromPaper = day < person.registered;
	const lot = lotOf(random, product.code, day);
	const immunization: Immunization = {
		product: { code: product.code, name: product.name },
		antigens: product.antigens,
		statedDose: plan.dose,
		...(isFromPaper
			? { fromPaper: true, ...(random.chance(50) && { lot }) }
			: { lot, expiry: expiryOf(random, day), givenBy }),
		site: plan.site,
		...(product.route !== undefined && { route: product.route })
	};
	const time = `T${random.chance(50) ? '08' : '09'}:${String(random.below(60)).padStart(2, '0')}`;
	const occurred = (isFromPaper ? day : `${day}${time}`) as ClinicalTime;
	return [{ occurred, day, immunization, isFromPaper }];
}

function lotOf(random: Random, product: string, day: ClinicalDate): string {
	const letters = product.replace(/[^A-Z]/g, '').slice(0, 3);
	// A few lots are in use at a time: one every quarter.
	const quarter = Math.floor((Number(day.slice(5, 7)) - 1) / 3) + 1;
	return `${letters}${day.slice(2, 4)}${quarter}${random.chance(50) ? '1' : '2'}`;
}

function expiryOf(random: Random, day: ClinicalDate): ClinicalDate {
	return addDays(day, random.between(120, LOT_LIFE_DAYS));
}
