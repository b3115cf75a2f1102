import { describe, expect, it } from 'vitest';
import type { ClinicalDate } from '../time/clinical-time.ts';
import type { Edition } from './edition.ts';
import { hospitalsNear, searchFacilities } from './facilities.ts';

const edition: Edition<'facilities'> = {
	kind: 'facilities',
	from: '2026-01-01' as ClinicalDate,
	entries: [
		{ code: '14SB1', name: 'Trạm Y tế Suối Bạc', commune: '03901' },
		{ code: '14TI1', name: 'Bệnh viện đa khoa tỉnh', commune: '03600' },
		{ code: '14MV1', name: 'Bệnh viện khu vực Mường Vạt', commune: '03910' },
		{ code: '01BM1', name: 'Bệnh viện Bạch Mai' },
		{ code: '14MV2', name: 'Trạm Y tế Mường Vạt', commune: '03911' }
	]
};
const found = (query: string) => searchFacilities(query, edition).map(({ code }) => code);

describe('a facility to send somebody to', () => {
	it('is found by words without accents, or by its code, hospitals first', () => {
		expect(found('muong vat')).toEqual(['14MV1', '14MV2']);
		expect(found('vạt bệnh')).toEqual(['14MV1']);
		expect(found('14sb')).toEqual(['14SB1']);
		expect(found(' ')).toEqual([]);
		expect(found('q'.repeat(100_000))).toEqual([]);
	});

	it('is offered when it is a hospital, the nearest first, one without a commune last', () => {
		const codes = hospitalsNear('03901', edition).map(({ code }) => code);
		expect(codes).toEqual(['14MV1', '14TI1', '01BM1']);
		expect(hospitalsNear(undefined, edition)).toHaveLength(3);
	});
});
