import { describe, expect, it } from 'vitest';
import type { VaccineEntry } from '#lib/domain/catalogues/kinds.ts';
import { findVaccineChoices } from './vaccine-choice.ts';

const vaccine = (code: string, name: string, antigens: string[]): VaccineEntry => ({
	code,
	name,
	antigens,
	route: 'intramuscular'
});
const catalogue = [
	vaccine('BCG', 'BCG', ['BCG']),
	vaccine('MR', 'MRVAC (sởi - rubella)', ['Measles', 'Rubella']),
	vaccine('MMR', 'M-M-R II', ['Measles', 'Mumps', 'Rubella'])
];
const found = (typed: string, recent: string[] = []) =>
	findVaccineChoices(
		typed,
		catalogue,
		recent.map((code) => ({ code, lot: 'L', expiry: '', route: '', site: '' }))
	).map(({ code }) => code);

describe('vaccines offered', () => {
	it('are found by name or by disease, without accents', () => {
		expect(found('mrvac')).toEqual(['MR']);
		expect(found('soi')).toEqual(['MR', 'MMR']);
		expect(found('quai bi')).toEqual(['MMR']);
		expect(found('lao')).toEqual(['BCG']);
		expect(found('không có')).toEqual([]);
	});
	it('begin with those used here lately', () => {
		expect(found('', ['MMR', 'MR'])).toEqual(['MMR', 'MR', 'BCG']);
		expect(found('soi', ['MMR'])).toEqual(['MMR', 'MR']);
	});
});
