import { describe, expect, it } from 'vitest';
import type { BookEntry } from '../book/book-entry.ts';
import type { Immunization } from '../book/immunization.ts';
import type { ClinicalDate } from '../time/clinical-time.ts';
import type { VaccinationCard } from './book-view.ts';
import { projectBook } from './project-book.ts';
import { BOOK, idOf, state, voids, type Stated } from './stated.fixture.ts';

const KNOWN = ['QV5', 'BCG-VN'];

function card(...entries: BookEntry[]): VaccinationCard {
	const deps = {
		isProductKnown: (code: string, on: string) => KNOWN.includes(code) && on >= '2020',
		today: '2026-11-24' as ClinicalDate
	};
	return projectBook(BOOK, entries, deps).vaccinations;
}

interface Given extends Partial<Omit<Immunization, 'product'>> {
	code?: string;
	name?: string;
}

function dose(label: string, at: string, given: Given = {}, stated: Stated = {}): BookEntry {
	const { code, name, ...rest } = given;
	const product = { name: name ?? 'BCG', ...(code === undefined ? {} : { code }) };
	const body: Immunization = { product, antigens: ['BCG'], ...rest };
	return state(label, { kind: 'immunization', body }, { at, ...stated });
}

const DAY = '2026-11-24T08:00';

describe('the vaccination card', () => {
	it('lists doses newest first, and oldest first per antigen in the order of the programme', () => {
		const seen = card(
			dose('five', '2026-09-01', { antigens: ['Hib', 'HepB'], name: 'Năm trong một' }),
			dose('birth', '2026-07-01', { antigens: ['HepB'], name: 'Gene-HBvax' }),
			dose('other', '2026-10-01', { antigens: ['Zoster', 'Anthrax'], name: 'x' })
		);
		expect(seen.doses.map(({ id }) => id)).toEqual([idOf('other'), idOf('five'), idOf('birth')]);
		expect(seen.byAntigen).toEqual([
			{ antigen: 'HepB', doses: [idOf('birth'), idOf('five')] },
			{ antigen: 'Hib', doses: [idOf('five')] },
			{ antigen: 'Zoster', doses: [idOf('other')] },
			{ antigen: 'Anthrax', doses: [idOf('other')] }
		]);
	});

	it('shows what was stated and gives no verdict', () => {
		const place = { name: 'Bệnh viện tỉnh' };
		const seen = card(
			dose('a', DAY, { code: 'BCG-VN', statedDose: 1, lot: 'L1', place, fromPaper: true })
		);
		expect(seen.doses).toEqual([
			expect.objectContaining({
				productName: 'BCG',
				productCode: 'BCG-VN',
				isOutsideCatalogue: false,
				antigens: ['BCG'],
				statedDose: 1,
				lot: 'L1',
				place: 'Bệnh viện tỉnh',
				fromPaper: true
			})
		]);
	});

	it('flags a product outside the catalogue of its day', () => {
		const outside = (given: Given, at = DAY) => card(dose('a', at, given)).doses[0];
		expect(outside({ code: 'BCG-VN' })?.isOutsideCatalogue).toBe(false);
		expect(outside({ code: 'BCG-VN' }, '2019-12-31')?.isOutsideCatalogue).toBe(true);
		expect(outside({ code: 'OTHER' })?.isOutsideCatalogue).toBe(true);
		expect(outside({})?.isOutsideCatalogue).toBe(true);
	});

	it('drops voided doses and follows amendments', () => {
		const amended = dose('b', '2026-11-23', { lot: 'L2' }, { basedOn: ['a'] });
		expect(card(dose('a', DAY), voids('v', ['a'])).doses).toEqual([]);
		expect(card(dose('a', DAY), amended).doses).toMatchObject([{ id: idOf('b'), lot: 'L2' }]);
	});
});

describe('two records of one dose', () => {
	it('are one line with two witnesses', () => {
		const seen = card(
			dose('station', DAY, { lot: 'L1' }, { by: 'nurse' }),
			dose('hospital', '2026-11-24T15:30', { lot: 'l 1' }, { by: 'doctor' })
		);
		expect(seen.doses).toHaveLength(1);
		expect(seen.doses[0]?.witnesses.map(({ id }) => id)).toEqual([
			idOf('station'),
			idOf('hospital')
		]);
		expect(seen.byAntigen).toEqual([{ antigen: 'BCG', doses: [idOf('station')] }]);
	});

	it('complete each other: details come from whoever knew them', () => {
		const seen = card(
			dose('paper', '2026-11-24', { fromPaper: true, statedDose: 1, name: 'Lao' }),
			dose('station', DAY, { code: 'BCG-VN', lot: 'L1' })
		);
		expect(seen.doses).toMatchObject([
			{ id: idOf('station'), statedDose: 1, lot: 'L1', productName: 'BCG', fromPaper: false }
		]);
	});

	it('are never folded across days', () => {
		expect(card(dose('a', '2026-11-24'), dose('b', '2026-11-25')).doses).toHaveLength(2);
		expect(card(dose('a', '2026-11-24'), dose('b', '2026-11')).doses).toHaveLength(2);
		expect(card(dose('a', '2026-11'), dose('b', '2026-11')).doses).toHaveLength(2);
	});

	it('are not folded when antigens differ, in whatever order they are stated', () => {
		const one = dose('a', DAY, { antigens: ['Hib', 'HepB'] });
		expect(card(one, dose('b', DAY, { antigens: ['HepB', 'Hib'] })).doses).toHaveLength(1);
		expect(card(one, dose('b', DAY, { antigens: ['HepB'] })).doses).toHaveLength(2);
	});

	it('are not folded when lots or products contradict', () => {
		const lots = card(dose('a', DAY, { lot: 'L1' }), dose('b', DAY, { lot: 'L2' }));
		expect(lots.doses).toHaveLength(2);
		const codes = card(dose('a', DAY, { code: 'BCG-VN' }), dose('b', DAY, { code: 'QV5' }));
		expect(codes.doses).toHaveLength(2);
		const names = card(dose('a', DAY, { name: 'Bcg' }), dose('b', DAY, { name: 'Khác' }));
		expect(names.doses).toHaveLength(2);
		expect(
			card(dose('a', DAY, { name: 'Bcg' }), dose('b', DAY, { name: 'BCG' })).doses
		).toHaveLength(1);
	});

	it('are not folded when site, route or place contradict: two injections of one visit', () => {
		const rabies = { code: 'QV5', lot: 'L1' };
		const apart: [Given, Given][] = [
			[{ site: 'left-arm' }, { site: 'right-arm' }],
			[{ route: 'intradermal' }, { route: 'intramuscular' }],
			[{ place: { name: 'Trạm A' } }, { place: { name: 'Trạm B' } }],
			[
				{ place: { facility: '01001', name: 'Trạm' } },
				{ place: { facility: '01002', name: 'Trạm' } }
			]
		];
		for (const [a, b] of apart)
			expect(
				card(dose('a', DAY, { ...rabies, ...a }), dose('b', DAY, { ...rabies, ...b })).doses
			).toHaveLength(2);
		const left = dose('a', DAY, { ...rabies, site: 'left-arm' });
		expect(card(left, dose('b', DAY, rabies)).doses).toHaveLength(1);
		const one = { ...rabies, place: { facility: '01001', name: 'Trạm A' } };
		const sameFacility = { ...rabies, place: { facility: '01001', name: 'Trạm y tế xã A' } };
		expect(card(dose('a', DAY, one), dose('b', DAY, sameFacility)).doses).toHaveLength(1);
	});

	it('are found among forty times as many of one day at nearly the same cost for each', () => {
		const ofOneDay = (count: number) => [
			...Array.from({ length: count / 2 }, (_, at) => dose(`lot${at}`, DAY, { lot: `L${at}` })),
			...Array.from({ length: count / 2 }, (_, at) =>
				dose(`many${at}`, DAY, {
					lot: 'L1',
					antigens: [`A${at % (count / 4)}`, `B${at}`, `C${at}`]
				})
			)
		];
		/** As many doses in all, whatever the count: both times are long enough to be compared. */
		const costMs = (count: number): number => {
			const doses = ofOneDay(count);
			const times = Array.from({ length: 3 }, () => {
				const startedMs = performance.now();
				for (let done = 0; done < MANY; done += count)
					expect(card(...doses).doses).toHaveLength(count);
				return performance.now() - startedMs;
			});
			return Math.min(...times);
		};
		const MANY = 8_000;
		// Each with each would be forty times the cost.
		expect(costMs(MANY) / costMs(MANY / 40)).toBeLessThan(15);
	}, 30_000);

	it('never join two lots through a record that names none', () => {
		const seen = card(
			dose('vague', DAY),
			dose('a', DAY, { lot: 'L1' }),
			dose('b', DAY, { lot: 'L2' })
		);
		expect(seen.doses).toHaveLength(2);
		expect(seen.doses.flatMap(({ witnesses }) => witnesses)).toHaveLength(3);
	});

	it('copied from paper do not join two lots through what was written at the time', () => {
		const seen = card(
			dose('station', DAY, { code: 'BCG-VN' }),
			dose('paper1', DAY, { lot: 'L1', fromPaper: true }),
			dose('paper2', DAY, { lot: 'L2', fromPaper: true })
		);
		expect(seen.doses).toHaveLength(2);
	});

	it('part again when one is voided', () => {
		const seen = card(dose('a', DAY, { lot: 'L1' }), dose('b', DAY), voids('v', ['a']));
		expect(seen.doses).toMatchObject([{ id: idOf('b'), witnesses: [{ id: idOf('b') }] }]);
	});
});
