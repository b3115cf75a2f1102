import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { editionOfText } from '#lib/domain/catalogues/edition.ts';
import type { CatalogueKind } from '#lib/domain/catalogues/kinds.ts';
import type { ClinicalDate } from '#lib/domain/time/clinical-time.ts';
import { createMemoryDisk, openMemoryStorage } from '../storage/memory.ts';
import { importCatalogue } from './catalogue-import.ts';

const FROM = '2026-07-01' as ClinicalDate;
const WHOLE_ICD10 = '../shared/data/vietnam/icd10-vi-qd4469-2020.tsv';

function openStorage() {
	const epoch = new Uint8Array(6);
	return openMemoryStorage(createMemoryDisk(epoch));
}

function importText(storage: ReturnType<typeof openStorage>, kind: CatalogueKind, text: string) {
	const bytes = new TextEncoder().encode(text);
	return importCatalogue(storage, { kind, from: FROM, bytes, fileName: 'a.csv', nowMs: 0 });
}

describe('importing a catalogue', () => {
	it.each([
		['CSV', 'code,name\n14123,"Trạm Y tế xã ""Thử"", khu A"\n14124,Trạm Y tế B\n'],
		[
			'CSV of a spreadsheet',
			'\ufeffcode;name;x\r\n14123;"Trạm Y tế xã ""Thử"", khu A";\r\n14124;Trạm Y tế B;\r\n'
		],
		['TSV', 'name\tcode\nTrạm Y tế xã "Thử", khu A\t14123\n\nTrạm Y tế B\t14124'],
		[
			'JSON',
			'[{"code":"14123","name":"Trạm Y tế xã \\"Thử\\", khu A"},{"code":"14124","name":"Trạm Y tế B"}]'
		]
	])('takes %s', async (_, text) => {
		const storage = openStorage();
		expect(await importText(storage, 'facilities', text)).toEqual({
			type: 'added',
			entries: 2,
			repeatedLines: 0
		});
		const stored = await storage.readCatalogue('facilities', FROM);
		expect(editionOfText('facilities', FROM, stored ?? '')).toMatchObject({
			ok: true,
			edition: {
				entries: [
					{ code: '14123', name: 'Trạm Y tế xã "Thử", khu A' },
					{ code: '14124', name: 'Trạm Y tế B' }
				]
			}
		});
	});

	it("takes a station's list of drugs, ingredients of several words apart", async () => {
		const storage = openStorage();
		const text =
			'code,name,ingredients,strength,form,unit,route,usual\n' +
			'BIS-1,Augbactam,Amoxicillin + Acid clavulanic,"500 mg/125 mg",viên nén,viên,oral,"1 viên/lần, 2 lần/ngày"\n' +
			'CAO-HO,Cao ho bổ phế,Bạch linh;Cát cánh,,siro,chai,,\n';
		expect(await importText(storage, 'drugs', text)).toMatchObject({ type: 'added', entries: 2 });
		const stored = await storage.readCatalogue('drugs', FROM);
		expect(editionOfText('drugs', FROM, stored ?? '')).toMatchObject({
			ok: true,
			edition: {
				entries: [
					{ name: 'Augbactam', ingredients: ['Amoxicillin', 'Acid clavulanic'], route: 'oral' },
					{ code: 'CAO-HO', ingredients: ['Bạch linh', 'Cát cánh'], form: 'siro' }
				]
			}
		});
		const wrong = 'code,name,ingredients,form,unit,route\nA-1,Thuốc,X,viên,viên,uống\n';
		expect(await importText(openStorage(), 'drugs', wrong)).toEqual({
			type: 'wrong-file',
			failures: [{ line: 2, column: 'route', code: 'invalid_value' }]
		});
	});

	it('changes nothing for a wrong file and says which lines', async () => {
		const storage = openStorage();
		const text = 'code,name\n14123,"two\nlines"\n1412,B\n14125,C,D\n14126,\n';
		expect(await importText(storage, 'facilities', text)).toEqual({
			type: 'wrong-file',
			failures: [{ line: 5, column: '', code: 'number-of-columns' }]
		});
		expect(await importText(storage, 'facilities', text.replace(',D', ''))).toEqual({
			type: 'wrong-file',
			failures: [
				{ line: 4, column: 'code', code: 'invalid_format' },
				{ line: 6, column: 'name', code: 'invalid_type' }
			]
		});
		expect(await storage.listCatalogues()).toEqual([]);
	});

	it.each([
		['', 'no-header'],
		['code,name', 'no-entries'],
		['code,title\n1,2', 'column-missing'],
		['code,name\n"14123,A', 'quote-open'],
		['{"entries":', 'not-json'],
		['{"entries":5}', 'not-a-list'],
		[`code,name\n${'14123,A\n'.repeat(30_002)}`, 'too-many-lines']
	])('refuses %.20j', async (text, code) => {
		const outcome = await importText(openStorage(), 'facilities', text);
		expect(outcome).toMatchObject({ type: 'wrong-file', failures: [{ code }] });
	});

	it('refuses bytes that are no UTF-8', async () => {
		const bytes = new Uint8Array([0x63, 0xff, 0xfe]);
		const input = { kind: 'icd10' as const, from: FROM, bytes, fileName: 'x', nowMs: 0 };
		expect(await importCatalogue(openStorage(), input)).toMatchObject({
			type: 'wrong-file',
			failures: [{ code: 'not-utf-8' }]
		});
	});

	it('takes dagger and asterisk from a code, and the plain line where both stand', async () => {
		const storage = openStorage();
		const text =
			'code\tname_vi\nD63*\tThiếu máu khác\nA17†\tLao\nA17\tLao hệ thần kinh\nD77*\tMáu\n';
		expect(await importText(storage, 'icd10', text)).toEqual({
			type: 'added',
			entries: 3,
			repeatedLines: 1
		});
		const stored = JSON.parse((await storage.readCatalogue('icd10', FROM)) ?? '{}') as object;
		expect(stored).toMatchObject({
			entries: [
				{ code: 'D63', flags: ['not-main'] },
				{ code: 'A17', name: 'Lao hệ thần kinh' },
				{ code: 'D77', flags: ['not-main'] }
			]
		});
		const twice = 'code,name\nA00,Bệnh tả\nA00,Bệnh khác\n';
		expect(await importText(openStorage(), 'icd10', twice)).toMatchObject({
			type: 'wrong-file',
			failures: [{ line: 3, column: 'code', code: 'code-twice' }]
		});
	});

	it('never rewrites an edition', async () => {
		const storage = openStorage();
		await importText(storage, 'icd10', 'code,name\nA00,Bệnh tả\n');
		expect(await importText(storage, 'icd10', 'code,name\nA00,Bệnh tả\n')).toMatchObject({
			type: 'same'
		});
		expect(await importText(storage, 'icd10', 'code,name\nA00,Tả\n')).toEqual({ type: 'differs' });
	});

	it('takes the whole published ICD-10, where the file is at hand', async () => {
		if (!existsSync(WHOLE_ICD10)) {
			console.log('not run: the published ICD-10 file is not at hand');
			return;
		}
		const bytes = readFileSync(WHOLE_ICD10);
		const input = { kind: 'icd10' as const, from: FROM, bytes, fileName: 'icd10.tsv', nowMs: 0 };
		expect(await importCatalogue(openStorage(), input)).toMatchObject({
			type: 'added',
			entries: 12_137,
			repeatedLines: 82
		});
	});
});
