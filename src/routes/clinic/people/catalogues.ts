/** The dated catalogues that forms need, in force on a day. What is not at hand is an empty list. */
import { book } from '#lib/app.ts';
import type { Edition } from '#lib/domain/catalogues/edition.ts';
import type { CatalogueKind, CommuneEntry, VaccineEntry } from '#lib/domain/catalogues/kinds.ts';
import { latestDay, type ClinicalDate, type PartialDate } from '#lib/domain/time/clinical-time.ts';

export async function readCommunes(on: PartialDate): Promise<readonly CommuneEntry[]> {
	return (await readEdition('communes', on))?.entries ?? [];
}

export interface VaccineCatalogue {
	products: readonly VaccineEntry[];
	/** The day lies before all editions: these are the products of the first one, which begins then. */
	beginsLater?: ClinicalDate;
}

/** Products in use on the day; with a partial date on any day it can mean. */
export async function readVaccines(on: PartialDate): Promise<VaccineCatalogue> {
	const { productsInUse } = await import('#lib/domain/catalogues/vaccines.ts');
	const edition = await readEdition('vaccines', on);
	if (edition === undefined) return { products: [] };
	const products = productsInUse(edition, on);
	return edition.from > latestDay(on) ? { products, beginsLater: edition.from } : { products };
}

export function readDiagnoses(on: PartialDate): Promise<Edition<'icd10'> | undefined> {
	return readEdition('icd10', on);
}

export function readDrugs(on: PartialDate): Promise<Edition<'drugs'> | undefined> {
	return readEdition('drugs', on);
}

export function readFacilities(on: PartialDate): Promise<Edition<'facilities'> | undefined> {
	return readEdition('facilities', on);
}

async function readEdition<K extends CatalogueKind>(
	kind: K,
	on: PartialDate
): Promise<Edition<K> | undefined> {
	const edition: unknown = await book.readCatalogue(kind, on).catch(() => undefined);
	return isEditionOf(kind, edition) ? edition : undefined;
}

/** The worker checks every entry when it takes an edition in; here only the kind is told apart. */
function isEditionOf<K extends CatalogueKind>(kind: K, value: unknown): value is Edition<K> {
	return (
		typeof value === 'object' &&
		value !== null &&
		'kind' in value &&
		value.kind === kind &&
		'entries' in value &&
		Array.isArray(value.entries)
	);
}
