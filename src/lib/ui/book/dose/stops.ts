/**
 * What stands between a dose and its record until a person answers: the same antigen days ago as far as
 * this tablet knows, an allergy to the vaccine, the same antigen twice on one sheet.
 */
import type { Allergy } from '#lib/domain/book/allergy.ts';
import { findAntigen } from '#lib/domain/catalogues/antigens.ts';
import type { DoseLine } from '#lib/domain/projections/book-view.ts';
import { foldWords } from '#lib/domain/text/fold.ts';
import type { ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import { antigensOf, occurredOf, type TypedDose, type TypedDoseSheet } from './dose-form.ts';
import { findRecentDose, type RecentDose } from './recent-dose.ts';

type KnownAllergy = Extract<Allergy, { finding: 'allergy' }>;
export type AllergyLine = Pick<KnownAllergy, 'substance' | 'category'>;

export type DoseStop =
	| { type: 'recent'; recent: RecentDose }
	| { type: 'allergy'; substance: string }
	| { type: 'twice'; antigens: string[] };

export interface StopKnowledge {
	now: ClinicalTime;
	recorded: DoseLine[];
	allergies: AllergyLine[];
}

/** The stops of each row that has any, by the key of the row. */
export function stopsOf(sheet: TypedDoseSheet, known: StopKnowledge): Map<number, DoseStop[]> {
	const occurred = occurredOf(sheet, known.now) ?? known.now;
	const stops = new Map<number, DoseStop[]>();
	const seen = new Set<string>();
	for (const dose of sheet.doses) {
		const antigens = antigensOf(dose);
		const found = [
			...recentStop(antigens, occurred, known.recorded),
			...allergyStop(dose, known.allergies),
			...twiceStop(antigens, seen)
		];
		for (const antigen of antigens) seen.add(antigen);
		if (found.length > 0) stops.set(dose.key, found);
	}
	return stops;
}

/** Tells one set of stops from another. */
export function signatureOf(stops: DoseStop[]): string {
	return stops
		.map((stop) => {
			if (stop.type === 'recent') return `recent ${stop.recent.dose.id} ${stop.recent.daysBefore}`;
			return stop.type === 'allergy'
				? `allergy ${stop.substance}`
				: `twice ${stop.antigens.join(' ')}`;
		})
		.join(', ');
}

function recentStop(antigens: string[], occurred: ClinicalTime, recorded: DoseLine[]): DoseStop[] {
	const recent = findRecentDose(antigens, occurred, recorded);
	return recent === undefined ? [] : [{ type: 'recent', recent }];
}

function twiceStop(antigens: string[], seen: ReadonlySet<string>): DoseStop[] {
	const repeated = antigens.filter((antigen) => seen.has(antigen));
	return repeated.length === 0 ? [] : [{ type: 'twice', antigens: repeated }];
}

function allergyStop(dose: TypedDose, allergies: AllergyLine[]): DoseStop[] {
	return allergies
		.filter((allergy) => allergy.category === 'vaccine' && isAbout(allergy.substance, dose))
		.map(({ substance }) => ({ type: 'allergy', substance }));
}

/** Words that every vaccine has in its name tell nothing. */
const EVERY_VACCINE = new Set([
	'vac',
	'xin',
	'vacxin',
	'vaccine',
	'vaccin',
	'tiem',
	'mui',
	'phong'
]);

/** Does an allergy to a vaccine name this product or a disease it protects from? One of no name is about all. */
function isAbout(substance: string, dose: TypedDose): boolean {
	const words = foldWords(substance).filter((word) => !EVERY_VACCINE.has(word));
	if (words.length === 0) return true;
	const names = [dose.product?.name ?? dose.otherProduct, ...antigensOf(dose).flatMap(diseaseOf)];
	return names.some((name) => {
		const named = new Set(foldWords(name));
		return named.size > 0 && words.every((word) => named.has(word));
	});
}

function diseaseOf(antigen: string): string[] {
	const disease = findAntigen(antigen)?.disease;
	return disease === undefined ? [antigen] : [antigen, disease.vi, disease.en];
}
