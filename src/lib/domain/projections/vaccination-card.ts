/**
 * The vaccination card as recorded. Two records of one dose become one line with two witnesses: same
 * antigens, same full day, and nothing they state of lot, product, site, route or place contradicts: two
 * injections of one visit are two doses. Records of different
 * days, or of a day not fully known, are never folded: a dose too many on the card is seen and
 * corrected, a dose too few is given again.
 */
import { compareByOccurred, isEntryOf, type EntryOf } from '../book/book-entry.ts';
import type { Immunization } from '../book/immunization.ts';
import { compareAntigens } from '../catalogues/antigens.ts';
import { dateOfClinicalTime, isClinicalDate, type ClinicalTime } from '../time/clinical-time.ts';
import type { EntryId } from '../ids.ts';
import type { DoseLine, VaccinationCard } from './book-view.ts';
import { changedMark, sourceOf } from './entry-set.ts';
import type { Thread } from './threads.ts';

type DoseRecord = EntryOf<'immunization'>;
export type IsProductKnown = (code: string, on: ClinicalTime) => boolean;

export function projectVaccinations(
	threads: readonly Thread[],
	isProductKnown: IsProductKnown
): VaccinationCard {
	const records: DoseRecord[] = [];
	for (const { shown, heads } of threads)
		if (heads.length > 0 && isEntryOf(shown, 'immunization')) records.push(shown);
	const changed = new Set(
		threads.filter((thread) => thread.isChangedByNewer).map((thread) => thread.shown.id)
	);
	const doses = foldRecords(records)
		.sort((a, b) => compareByOccurred(primaryOf(b), primaryOf(a)))
		.map((witnesses) => ({
			...doseLine(witnesses, isProductKnown),
			...changedMark(witnesses.some(({ id }) => changed.has(id)))
		}));
	return { doses, byAntigen: byAntigen(doses) };
}

/** What records of one dose may not contradict each other in, in comparable form; absent: not stated. */
interface DoseForm {
	lot: string | undefined;
	code: string | undefined;
	/** Only where there is no code. */
	name: string | undefined;
	site: string | undefined;
	route: string | undefined;
	facility: string | undefined;
	placeName: string | undefined;
}

/** Records of one dose, with all that they state together. */
interface DoseGroup {
	form: DoseForm;
	records: DoseRecord[];
}

/** The groups of one day and its antigens, oldest group first. */
interface DayOfDoses {
	groups: DoseGroup[];
	/** Whoever states the very same belongs to the very same dose. */
	groupOfForm: Map<string, DoseGroup>;
}

/** Groups of records of one dose, the most telling record of each first. */
function foldRecords(records: DoseRecord[]): DoseRecord[][] {
	const doses: DoseRecord[][] = [];
	const days = new Map<string, DayOfDoses>();
	for (const record of records.sort(mostTellingFirst)) {
		const day = dateOfClinicalTime(record.envelope.occurred);
		if (!isClinicalDate(day)) {
			doses.push([record]);
			continue;
		}
		const key = `${day} ${record.content.body.antigens.toSorted().join(' ')}`;
		const sameDay = days.get(key) ?? { groups: [], groupOfForm: new Map() };
		days.set(key, sameDay);
		const group = groupFor(record.content.body, sameDay);
		if (group.records.push(record) === 1) doses.push(group.records);
	}
	return doses;
}

function groupFor(dose: Immunization, { groups, groupOfForm }: DayOfDoses): DoseGroup {
	const form = formOf(dose);
	const { lot, code, name, site, route, facility, placeName } = form;
	const key = JSON.stringify([lot, code, name, site, route, facility, placeName]);
	const known = groupOfForm.get(key);
	if (known !== undefined) return known;
	const group = groups.find((one) => mayBeOneDose(one.form, form)) ?? { form, records: [] };
	if (group.records.length === 0) groups.push(group);
	group.form = mergeForms(group.form, form);
	groupOfForm.set(key, group);
	return group;
}

/**
 * Records with a lot and a product code come first, so that vague ones join them whatever the order of
 * arrival; what was written down at the time before what was copied from paper.
 */
function mostTellingFirst(a: DoseRecord, b: DoseRecord): number {
	return tellingness(b.content.body) - tellingness(a.content.body) || compareByOccurred(a, b);
}

function tellingness(dose: Immunization): number {
	return (
		(dose.fromPaper === true ? 0 : 4) +
		(dose.lot === undefined ? 0 : 2) +
		(dose.product.code === undefined ? 0 : 1)
	);
}

function formOf({ lot, product, site, route, place }: Immunization): DoseForm {
	return {
		lot: lotForm(lot),
		code: product.code,
		name: product.code === undefined ? nameForm(product.name) : undefined,
		site,
		route,
		facility: place?.facility,
		placeName: place === undefined ? undefined : nameForm(place.name)
	};
}

function mayBeOneDose(a: DoseForm, b: DoseForm): boolean {
	return (
		!contradict(a.lot, b.lot) &&
		!contradict(a.code, b.code) &&
		!contradict(a.name, b.name) &&
		!contradict(a.site, b.site) &&
		!contradict(a.route, b.route) &&
		!arePlacesApart(a, b)
	);
}

/** A facility has one code and is written in many ways. */
function arePlacesApart(a: DoseForm, b: DoseForm): boolean {
	if (a.facility !== undefined && b.facility !== undefined) return a.facility !== b.facility;
	return contradict(a.placeName, b.placeName);
}

/** Two forms that do not contradict each other, as one: a later record must fit both. */
function mergeForms(a: DoseForm, b: DoseForm): DoseForm {
	return {
		lot: a.lot ?? b.lot,
		code: a.code ?? b.code,
		name: a.name ?? b.name,
		site: a.site ?? b.site,
		route: a.route ?? b.route,
		facility: a.facility ?? b.facility,
		placeName: a.placeName ?? b.placeName
	};
}

function contradict(a: string | undefined, b: string | undefined): boolean {
	return a !== undefined && b !== undefined && a !== b;
}

function lotForm(lot: string | undefined): string | undefined {
	return lot?.replace(/[\s.-]/g, '').toUpperCase();
}

function nameForm(name: string): string {
	return name.replace(/\s+/g, ' ').toLowerCase();
}

function primaryOf(witnesses: readonly DoseRecord[]): DoseRecord {
	const primary = witnesses[0];
	if (primary === undefined) throw new Error('a dose has at least one record');
	return primary;
}

function doseLine(witnesses: readonly DoseRecord[], isProductKnown: IsProductKnown): DoseLine {
	const primary = primaryOf(witnesses);
	const bodies = witnesses.map((witness) => witness.content.body);
	const coded = witnesses.find((witness) => witness.content.body.product.code !== undefined);
	const product = (coded ?? primary).content.body.product;
	const line: DoseLine = {
		...sourceOf(primary),
		productName: product.name,
		isOutsideCatalogue:
			product.code === undefined || !isProductKnown(product.code, primary.envelope.occurred),
		antigens: inGridOrder(primary.content.body.antigens),
		fromPaper: bodies.every((body) => body.fromPaper === true),
		witnesses: witnesses.map(sourceOf)
	};
	const statedDose = bodies.find((body) => body.statedDose !== undefined)?.statedDose;
	const lot = bodies.find((body) => body.lot !== undefined)?.lot;
	const place = bodies.find((body) => body.place !== undefined)?.place?.name;
	if (product.code !== undefined) line.productCode = product.code;
	if (statedDose !== undefined) line.statedDose = statedDose;
	if (lot !== undefined) line.lot = lot;
	if (place !== undefined) line.place = place;
	return line;
}

function byAntigen(newestFirst: readonly DoseLine[]): VaccinationCard['byAntigen'] {
	const dosesOf = new Map<string, EntryId[]>();
	for (const { id, antigens } of newestFirst.toReversed())
		for (const antigen of antigens) {
			const doses = dosesOf.get(antigen);
			if (doses === undefined) dosesOf.set(antigen, [id]);
			else doses.push(id);
		}
	return inGridOrder([...dosesOf.keys()]).map((antigen) => ({
		antigen,
		doses: dosesOf.get(antigen) ?? []
	}));
}

function inGridOrder(antigens: readonly string[]): string[] {
	return antigens.toSorted(compareAntigens);
}
