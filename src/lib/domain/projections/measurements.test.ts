import { describe, expect, it } from 'vitest';
import type { BookEntry } from '../book/book-entry.ts';
import type { Measurements } from '../book/measurements.ts';
import type { ClinicalDate } from '../time/clinical-time.ts';
import { projectBook } from './project-book.ts';
import { BOOK, idOf, state, visit, voids, type Stated } from './stated.fixture.ts';

function measured(...entries: BookEntry[]) {
	const deps = { isProductKnown: () => true, today: '2026-11-24' as ClinicalDate };
	return projectBook(BOOK, entries, deps).measurements;
}

const observation = (label: string, measurements: Measurements, stated?: Stated) =>
	state(label, { kind: 'observation', body: { measurements } }, stated);
const examined = (label: string, measurements: Measurements, stated?: Stated) =>
	state(label, { kind: 'visit', body: { reason: 'Khám', measurements } }, stated);

describe('measurements', () => {
	it('come from visits and observations alike, each with its source', () => {
		const seen = measured(
			observation('o', { weight_g: 3_300 }, { at: '2026-11-02' }),
			examined('v', { weight_g: 3_900 }, { at: '2026-11-20' })
		);
		expect(seen).toMatchObject([
			{ id: idOf('o'), name: 'weight_g', value: 3_300, from: 'observation' },
			{ id: idOf('v'), name: 'weight_g', value: 3_900, from: 'visit' }
		]);
	});

	it('are oldest first within a name, in the order of the names', () => {
		const seen = measured(
			examined('b', { weight_g: 2, height_mm: 20 }, { at: '2026-11-20' }),
			examined('a', { weight_g: 1, temperature_dC: 370 }, { at: '2026-11-02' })
		);
		expect(seen.map(({ name, value }) => [name, value])).toEqual([
			['temperature_dC', 370],
			['weight_g', 1],
			['weight_g', 2],
			['height_mm', 20]
		]);
	});

	it('follow the amended version, also in their order', () => {
		const seen = measured(
			examined('a', { weight_g: 1 }, { at: '2026-11-02' }),
			examined('b', { weight_g: 2 }, { at: '2026-11-03' }),
			examined('a2', { weight_g: 3 }, { at: '2026-11-04', basedOn: ['a'] })
		);
		expect(seen.map(({ value }) => value)).toEqual([2, 3]);
	});

	it('leave with a voided entry', () => {
		expect(measured(examined('a', { weight_g: 1 }), voids('v', ['a']))).toEqual([]);
	});

	it('are none where nothing was measured', () => {
		expect(measured(visit('v', 'Ho'))).toEqual([]);
	});
});
