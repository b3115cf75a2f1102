/**
 * Rows of a prescription as typed. A row is a drug of the station's list exactly when its words name one. A drug
 * that matches a recorded allergy, by name or by active ingredient, cannot be prescribed.
 */
import type { PrescribedDrug } from '#lib/domain/book/prescription.ts';
import type { TypedDrug } from '#lib/domain/book/visit-draft.ts';
import { drugLabel, findDrug } from '#lib/domain/catalogues/drugs.ts';
import type { Edition } from '#lib/domain/catalogues/edition.ts';
import type { DrugEntry } from '#lib/domain/catalogues/kinds.ts';
import { withoutEmpty, type createErrorList } from '../typed/field-error.ts';
import { readScaled } from '../typed/typed-number.ts';
import { readLine } from '../typed/typed-text.ts';
import { allergyAgainst } from './allergy-check.ts';

export const DRUGS_MAX = 30;
export const DRUG_TEXT_MAX = { drug: 200, dosage: 300, unit: 30 } as const;
const QUANTITY_RANGE = { min: 1, max: 10_000 };
const DAYS_RANGE = { min: 1, max: 366 };

export function emptyDrug(): TypedDrug {
	return { drug: '', dosage: '', quantity: '', unit: '', days: '' };
}

export function isDrugEmpty({ drug, dosage, quantity, unit, days }: TypedDrug): boolean {
	return [drug, dosage, quantity, unit, days].every((text) => text.trim() === '');
}

export interface DrugKnowledge {
	/** Substances this person is allergic to. */
	allergies: string[];
	/** The list in force on the day; absent when the tablet has none. */
	drugs?: Edition<'drugs'> | undefined;
}

/** From 16 years on the usual phrases hold; below, and where the age is not known, a dose is thought out. */
const ADULT_DAYS = 16 * 365.25;

export function takesAdultDose(ageDays: number | undefined): boolean {
	return ageDays !== undefined && ageDays >= ADULT_DAYS;
}

/** The drug of the list that a row names. */
export function listedDrug(
	{ drug }: Pick<TypedDrug, 'drug'>,
	{ drugs }: Pick<DrugKnowledge, 'drugs'>
): DrugEntry | undefined {
	return drugs === undefined ? undefined : findDrug(drug, drugs);
}

/** The allergy that a row runs into, as it was recorded. */
export function allergyOfRow(
	row: Pick<TypedDrug, 'drug'>,
	known: DrugKnowledge
): string | undefined {
	const ingredients = listedDrug(row, known)?.ingredients ?? [];
	return allergyAgainst([row.drug, ...ingredients].join(' '), known.allergies);
}

/**
 * A row for a drug of the list. Its unit comes along; the usual phrase only for an adult, and never over what
 * somebody typed.
 */
export function withListedDrug(
	row: TypedDrug,
	chosen: DrugEntry,
	known: DrugKnowledge & { isAdult: boolean }
): TypedDrug {
	const isProposed = known.drugs?.entries.some((entry) => entry.usual === row.dosage) === true;
	const isDosageFree = row.dosage.trim() === '' || isProposed;
	const usual = known.isAdult ? (chosen.usual ?? '') : '';
	return {
		...row,
		drug: drugLabel(chosen),
		unit: chosen.unit,
		dosage: isDosageFree ? usual : row.dosage
	};
}

/** The drugs of all rows that have anything in them; errors go to `drugs.<row>.<field>`.
 * @param recorded drugs that were prescribed already and are not judged again */
export function readDrugs(
	rows: TypedDrug[],
	known: DrugKnowledge,
	list: ReturnType<typeof createErrorList>,
	recorded: readonly string[] = []
): PrescribedDrug[] {
	return rows.flatMap((row, index) => {
		if (isDrugEmpty(row)) return [];
		const judged = recorded.includes(row.drug.trim()) ? { ...known, allergies: [] } : known;
		return readDrug(row, `drugs.${index}`, judged, list);
	});
}

function readDrug(
	typed: TypedDrug,
	path: string,
	known: DrugKnowledge,
	list: ReturnType<typeof createErrorList>
): PrescribedDrug[] {
	const drug = list.takeRequired(`${path}.drug`, readLine(typed.drug, DRUG_TEXT_MAX.drug));
	const dosage = list.takeRequired(`${path}.dosage`, readLine(typed.dosage, DRUG_TEXT_MAX.dosage));
	const quantity = list.takeRequired(
		`${path}.quantity`,
		readScaled(typed.quantity, 0, QUANTITY_RANGE)
	);
	const unit = list.takeRequired(`${path}.unit`, readLine(typed.unit, DRUG_TEXT_MAX.unit));
	const days = list.take(`${path}.days`, readScaled(typed.days, 0, DAYS_RANGE));
	if (drug === undefined) return [];
	if (allergyOfRow({ drug }, known) !== undefined) list.add(`${path}.drug`, 'allergy');
	if (dosage === undefined || quantity === undefined || unit === undefined) return [];
	const listed = listedDrug({ drug }, known);
	return [
		{
			drug: listed === undefined ? drug : drugLabel(listed),
			dosage,
			quantity,
			unit,
			...withoutEmpty({
				code: listed?.code,
				strength: listed?.strength,
				route: listed?.route,
				days
			})
		}
	];
}
