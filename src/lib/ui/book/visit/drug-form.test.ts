import { describe, expect, it } from 'vitest';
import { prescriptionSchema } from '#lib/domain/book/prescription.ts';
import { builtInEditions } from '#lib/domain/catalogues/built-in.ts';
import { createErrorList } from '../typed/field-error.ts';
import {
	allergyOfRow,
	emptyDrug,
	listedDrug,
	readDrugs,
	takesAdultDose,
	withListedDrug
} from './drug-form.ts';

const [drugs] = await builtInEditions('drugs');
const known = { allergies: [], drugs, isAdult: true };
const row = (drug: string, dosage = '') => ({ ...emptyDrug(), drug, dosage });
const listed = (text: string) => listedDrug(row(text), known) ?? expect.unreachable(text);

describe('a drug of the list', () => {
	it('brings its unit, and the usual phrase for an adult only', () => {
		const amoxicillin = listed('Amoxicillin 500 mg, viên nang');
		expect(withListedDrug(row('amox'), amoxicillin, known)).toEqual({
			drug: 'Amoxicillin 500 mg, viên nang',
			dosage: '1 viên/lần, 3 lần/ngày',
			quantity: '',
			unit: 'viên',
			days: ''
		});
		const child = withListedDrug(row('amox'), amoxicillin, { ...known, isAdult: false });
		expect(child.dosage).toBe('');
	});

	it('leaves a typed dosage alone, and replaces the phrase of the drug chosen before', () => {
		const typed = withListedDrug(row('lora', 'nửa viên'), listed('Loratadin 10 mg'), known);
		expect(typed.dosage).toBe('nửa viên');
		const first = withListedDrug(row('lora'), listed('Loratadin 10 mg'), known);
		const retyped = { ...first, drug: 'capto' };
		expect(withListedDrug(retyped, listed('Captopril 25 mg'), known).dosage).toBe('');
	});

	it('is prescribed under its code, by its words alone; one outside the list without', () => {
		const rows = ['paracetamol 500mg', 'Cao lá thường xuân'].map((drug) => ({
			...{ drug, dosage: 'khi sốt', quantity: '10', unit: 'viên', days: '' }
		}));
		const list = createErrorList();
		const read = readDrugs(rows, known, list);
		expect(read).toEqual([
			{
				drug: 'Paracetamol 500 mg, viên nén',
				code: 'PARACETAMOL-500',
				strength: '500 mg',
				route: 'oral',
				dosage: 'khi sốt',
				quantity: 10,
				unit: 'viên'
			},
			{ drug: 'Cao lá thường xuân', dosage: 'khi sốt', quantity: 10, unit: 'viên' }
		]);
		expect(prescriptionSchema.safeParse({ drugs: read }).success).toBe(true);
		expect(list.errors).toEqual([]);
	});

	it('runs into an allergy by its active ingredient, also where its name says nothing', () => {
		const allergies = ['Trimethoprim', 'nhóm Penicillin'];
		expect(allergyOfRow(row('Cotrimoxazol 400 mg/80 mg'), { ...known, allergies })).toBe(
			'Trimethoprim'
		);
		expect(allergyOfRow(row('Cotrimoxazol 400 mg/80 mg'), { allergies })).toBeUndefined();
		expect(allergyOfRow(row('Aspirin 81 mg'), { ...known, allergies: ['acetylsalicylic'] })).toBe(
			'acetylsalicylic'
		);
	});

	it('that is a sulphate is no sulphonamide', () => {
		const allergies = ['Sulfamid'];
		expect(allergyOfRow(row('Magnesi sulfat 15%'), { ...known, allergies })).toBeUndefined();
		expect(allergyOfRow(row('Sulfadiazin bạc 1%'), { ...known, allergies })).toBe('Sulfamid');
	});
});

it('an adult dose is proposed from 16 years on, never where the age is unknown', () => {
	expect([undefined, 0, 5_843, 5_845].map(takesAdultDose)).toEqual([false, false, false, true]);
});
