/** Rows of a prescription as typed. A drug that matches a recorded allergy cannot be prescribed. */
import type { PrescribedDrug } from '#lib/domain/book/prescription.ts';
import type { TypedDrug } from '#lib/domain/book/visit-draft.ts';
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

/** The drugs of all rows that have anything in them; errors go to `drugs.<row>.<field>`.
 * @param recorded drugs that were prescribed already and are not judged again */
export function readDrugs(
	rows: TypedDrug[],
	allergies: string[],
	list: ReturnType<typeof createErrorList>,
	recorded: readonly string[] = []
): PrescribedDrug[] {
	return rows.flatMap((row, index) => {
		if (isDrugEmpty(row)) return [];
		const judged = recorded.includes(row.drug.trim()) ? [] : allergies;
		return readDrug(row, `drugs.${index}`, judged, list);
	});
}

function readDrug(
	typed: TypedDrug,
	path: string,
	allergies: string[],
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
	if (allergyAgainst(drug, allergies) !== undefined) list.add(`${path}.drug`, 'allergy');
	if (dosage === undefined || quantity === undefined || unit === undefined) return [];
	return [{ drug, dosage, quantity, unit, ...withoutEmpty({ days }) }];
}
