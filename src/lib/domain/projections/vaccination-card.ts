/**
 * The vaccination card as recorded. Two records of one dose become one line with two witnesses: same
 * antigens, same full day, and nothing they state of lot or product contradicts. Records of different
 * days, or of a day not fully known, are never folded: a dose too many on the card is seen and
 * corrected, a dose too few is given again.
 */
import { compareByOccurred, isEntryOf, type EntryOf } from '../book/book-entry.ts';
import type { Immunization } from '../book/immunization.ts';
import { compareAntigens } from '../catalogues/antigens.ts';
import { dateOfClinicalTime, isClinicalDate, type ClinicalTime } from '../time/clinical-time.ts';
import type { DoseLine, VaccinationCard } from './book-view.ts';
import { sourceOf } from './entry-set.ts';
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
	const doses = foldRecords(records)
		.sort((a, b) => compareByOccurred(primaryOf(b), primaryOf(a)))
		.map((witnesses) => doseLine(witnesses, isProductKnown));
	return { doses, byAntigen: byAntigen(doses) };
}

/** Groups of records of one dose, the most telling record of each first. */
function foldRecords(records: DoseRecord[]): DoseRecord[][] {
	const doses: DoseRecord[][] = [];
	const dosesOfDay = new Map<string, DoseRecord[][]>();
	for (const record of records.sort(mostTellingFirst)) {
		const day = dateOfClinicalTime(record.envelope.occurred);
		if (!isClinicalDate(day)) {
			doses.push([record]);
			continue;
		}
		const key = `${day} ${record.content.body.antigens.toSorted().join(' ')}`;
		const sameDay = dosesOfDay.get(key) ?? [];
		dosesOfDay.set(key, sameDay);
		const dose = sameDay.find((others) => others.every((other) => mayBeOneDose(record, other)));
		if (dose !== undefined) dose.push(record);
		else {
			const first = [record];
			sameDay.push(first);
			doses.push(first);
		}
	}
	return doses;
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

function mayBeOneDose(a: DoseRecord, b: DoseRecord): boolean {
	const [one, other] = [a.content.body, b.content.body];
	if (contradict(lotForm(one.lot), lotForm(other.lot))) return false;
	if (contradict(one.product.code, other.product.code)) return false;
	const haveCode = one.product.code !== undefined || other.product.code !== undefined;
	return haveCode || nameForm(one.product.name) === nameForm(other.product.name);
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
	const antigens = inGridOrder([...new Set(newestFirst.flatMap((dose) => dose.antigens))]);
	return antigens.map((antigen) => ({
		antigen,
		doses: newestFirst
			.filter((dose) => dose.antigens.includes(antigen))
			.map((dose) => dose.id)
			.reverse()
	}));
}

function inGridOrder(antigens: readonly string[]): string[] {
	return antigens.toSorted(compareAntigens);
}
