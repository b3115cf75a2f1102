import { describe, expect, it } from 'vitest';
import type { ClinicalDate } from '../time/clinical-time.ts';
import { catalogueOn } from './built-in.ts';
import { drugLabel, findDrug, searchDrugs } from './drugs.ts';

const edition = await catalogueOn('drugs', '2026-11-24' as ClinicalDate);
if (edition === undefined) throw new Error('no list of drugs ships');
const codes = (query: string, recent: string[] = []) =>
	searchDrugs(query, edition, recent).map(({ code }) => code);
const codeOf = (text: string) => findDrug(text, edition)?.code;

describe('search for a drug', () => {
	it('goes by the beginnings of words without accents, in any order, strength and form included', () => {
		expect(codes('amox')[0]).toBe('AMOXICILLIN-500');
		expect(codes('500mg amox')).toEqual(['AMOXICILLIN-500', 'AMOXICLAV-625']);
		expect(codes('para goi')).toEqual(['PARACETAMOL-150G', 'PARACETAMOL-250G']);
		expect(codes('kẽm siro')).toEqual(['KEM-10S']);
		expect(codes('thuoocs nho mat tobra')).toEqual(['TOBRAMYCIN-NM']);
	});

	it('goes by the active ingredient, whatever the name', () => {
		expect(codes('sulfame')).toEqual(['COTRIMOXAZOL-480']);
		expect(codes('acetylsalicylic')).toEqual(['ASPIRIN-81']);
	});

	it('shows first what was prescribed lately', () => {
		expect(codes('para')[0]).toBe('PARACETAMOL-500');
		const lately = ['Oresol pha 1 lít, gói bột', 'Paracetamol 120 mg/5 ml, siro'];
		expect(codes('para', lately)[0]).toBe('PARACETAMOL-120S');
	});

	it('finds nothing for nothing, and twenty at most', () => {
		expect(codes(' ')).toEqual([]);
		expect(codes('q'.repeat(100_000))).toEqual([]);
		expect(codes('v')).toHaveLength(20);
	});
});

describe('the words on a prescription', () => {
	it('name a drug of the list in its own words, also without accents and spaces', () => {
		for (const drug of edition.entries) expect(findDrug(drugLabel(drug), edition)).toBe(drug);
		expect(codeOf('amoxicillin 500mg, vien nang')).toBe('AMOXICILLIN-500');
	});

	it('name it without its form where only one has that name and strength', () => {
		expect(codeOf('Paracetamol 500 mg')).toBe('PARACETAMOL-500');
		expect(codeOf('Paracetamol 150 mg')).toBeUndefined();
	});

	it('name nothing by a part of a name, or with another strength', () => {
		expect(codeOf('Paracetamol')).toBeUndefined();
		expect(codeOf('Paracetamol 5 00 mg viên')).toBeUndefined();
		expect(codeOf('Meloxicam 75 mg')).toBeUndefined();
		expect(codeOf('')).toBeUndefined();
	});
});
