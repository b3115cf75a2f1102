/** Products as the dose sheet offers them: those used here lately first, then the catalogue's order. */
import type { VaccinationRoute, VaccinationSite } from '#lib/domain/book/immunization.ts';
import { findAntigen } from '#lib/domain/catalogues/antigens.ts';
import type { VaccineEntry } from '#lib/domain/catalogues/kinds.ts';
import { foldText, foldWords } from '#lib/domain/text/fold.ts';

export interface VaccineChoice {
	code: string;
	name: string;
	antigens: string[];
	/** How it is usually given; the person at the tablet may say otherwise. */
	route?: VaccinationRoute;
}

/** What was written for a product the last time: the vial is usually still open. */
export interface RecentLot {
	code: string;
	lot: string;
	expiry: string;
	route: VaccinationRoute | '';
	site: VaccinationSite | '';
}

export const VACCINES_SHOWN_MAX = 30;

export function choiceOf({ code, name, antigens, route }: VaccineEntry): VaccineChoice {
	return { code, name, antigens: [...antigens], route };
}

/** Products whose name, maker or disease has words beginning with what was typed. */
export function findVaccineChoices(
	typed: string,
	catalogue: readonly VaccineEntry[],
	recent: readonly RecentLot[]
): VaccineEntry[] {
	const asked = foldWords(typed);
	const order = recent.map(({ code }) => code);
	return catalogue
		.filter((vaccine) => asked.every((word) => textOf(vaccine).includes(` ${word}`)))
		.toSorted((a, b) => rankOf(a.code, order) - rankOf(b.code, order))
		.slice(0, VACCINES_SHOWN_MAX);
}

function rankOf(code: string, recent: string[]): number {
	const at = recent.indexOf(code);
	return at === -1 ? recent.length : at;
}

function textOf({ code, name, maker, antigens }: VaccineEntry): string {
	const diseases = antigens.flatMap((antigen) => {
		const disease = findAntigen(antigen)?.disease;
		return disease === undefined ? [antigen] : [antigen, disease.vi, disease.en];
	});
	const text = [name, code, maker ?? '', ...diseases].join(' ');
	return ` ${foldText(text).replace(/[^\p{L}\p{N}]+/gu, ' ')}`;
}
