/** Vaccine products by date: small enough to be always at hand. */
import { VACCINES, VACCINES_FROM, VACCINES_ORIGIN } from './data/vaccines.ts';
import { editionOn, type Edition } from './edition.ts';
import type { VaccineEntry } from './kinds.ts';
import { foldText, foldWords } from '../text/fold.ts';
import {
	earliestDay,
	latestDay,
	type ClinicalTime,
	type PartialDate
} from '../time/clinical-time.ts';

export const VACCINE_EDITION: Edition<'vaccines'> = {
	kind: 'vaccines',
	from: VACCINES_FROM,
	origin: VACCINES_ORIGIN,
	entries: VACCINES
};

/** Products in use on a date, in the order of the catalogue; with a partial date, on any day it can mean. */
export function vaccinesOn(
	on: ClinicalTime | PartialDate,
	editions: readonly Edition<'vaccines'>[] = [VACCINE_EDITION]
): VaccineEntry[] {
	const edition = editionOn(editions, latestDay(on));
	return edition === undefined ? [] : productsInUse(edition, on);
}

/** Products of this edition that nothing says came later or were gone by then. */
export function productsInUse(
	edition: Edition<'vaccines'>,
	on: ClinicalTime | PartialDate
): VaccineEntry[] {
	return edition.entries.filter((vaccine) => isInUse(vaccine, on));
}

/** The product with this code, if it was in use on the date. */
export function findVaccine(
	code: string,
	on: ClinicalTime | PartialDate,
	editions: readonly Edition<'vaccines'>[] = [VACCINE_EDITION]
): VaccineEntry | undefined {
	return vaccinesOn(on, editions).find((vaccine) => vaccine.code === code);
}

/** Products whose name has words beginning with what was typed; all of them for an empty query. */
export function searchVaccines(
	query: string,
	on: ClinicalTime | PartialDate,
	editions: readonly Edition<'vaccines'>[] = [VACCINE_EDITION]
): VaccineEntry[] {
	const asked = foldWords(query);
	return vaccinesOn(on, editions).filter((vaccine) => {
		const text = ` ${foldText(`${vaccine.name} ${vaccine.code}`).replace(/[(),/]/g, ' ')}`;
		return asked.every((word) => text.includes(` ${word}`));
	});
}

function isInUse(vaccine: VaccineEntry, on: ClinicalTime | PartialDate): boolean {
	return (
		(vaccine.from === undefined || vaccine.from <= latestDay(on)) &&
		(vaccine.until === undefined || vaccine.until >= earliestDay(on))
	);
}
