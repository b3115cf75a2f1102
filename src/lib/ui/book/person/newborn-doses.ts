/** The two doses of a newborn: which product the sheet offers for each, the one used here lately first. */
import type { VaccineEntry } from '#lib/domain/catalogues/kinds.ts';
import { emptyDose, type TypedDose } from '../dose/dose-form.ts';
import { choiceOf, type RecentLot } from '../dose/vaccine-choice.ts';

/** Circular 13/2026/TT-BYT: hepatitis B within 24 hours, tuberculosis within the first month. */
export const BIRTH_ANTIGENS = ['HepB', 'BCG'] as const;
export type BirthAntigen = (typeof BIRTH_ANTIGENS)[number];

export function birthDose(
	antigen: BirthAntigen,
	key: number,
	catalogue: readonly VaccineEntry[],
	recent: readonly RecentLot[]
): TypedDose {
	const fitting = catalogue.filter(
		({ antigens }) => antigens.length === 1 && antigens[0] === antigen
	);
	const last = recent.find(({ code }) => fitting.some((vaccine) => vaccine.code === code));
	const vaccine = fitting.find(({ code }) => code === last?.code) ?? fitting[0];
	const empty = emptyDose(key);
	if (vaccine === undefined) return empty;
	return {
		...empty,
		product: choiceOf(vaccine),
		productText: vaccine.name,
		lot: last?.lot ?? '',
		expiry: last?.expiry ?? '',
		route: last?.route ?? vaccine.route,
		site: last?.site ?? ''
	};
}

/** Which of the birth doses a row stands for. */
export function birthAntigenOf(dose: TypedDose): BirthAntigen | undefined {
	return BIRTH_ANTIGENS.find((antigen) => dose.product?.antigens.includes(antigen));
}
