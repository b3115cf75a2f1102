import { describe, expect, it } from 'vitest';
import type { EntryId } from '#lib/domain/ids.ts';
import type { DoseLine, VaccinationCard } from '#lib/domain/projections/book-view.ts';
import { vaccinationGrid } from './vaccination-grid.ts';

function cardOf(rows: Record<string, string[]>): VaccinationCard {
	const ids = [...new Set(Object.values(rows).flat())];
	return {
		doses: ids.map((id) => ({ id, occurred: '2026-01-01' }) as DoseLine),
		byAntigen: Object.entries(rows).map(([antigen, doses]) => ({
			antigen,
			doses: doses as EntryId[]
		}))
	};
}
const rowsOf = (rows: Record<string, string[]>) =>
	vaccinationGrid(cardOf(rows)).rows.map(({ antigens, doses }) => [
		antigens.join('+'),
		doses.map(({ id }) => id).join(' ')
	]);

describe('the grid of the vaccination card', () => {
	it('fills several rows by one combined vaccine', () => {
		expect(rowsOf({ HepB: ['a', 'b'], Hib: ['b'] })).toEqual([
			['HepB', 'a b'],
			['Hib', 'b']
		]);
	});
	it('joins diseases that are named together only while all their doses are the same', () => {
		expect(rowsOf({ Diphtheria: ['a'], Pertussis: ['a'], Tetanus: ['a'], Hib: ['a'] })).toEqual([
			['Diphtheria+Pertussis+Tetanus', 'a'],
			['Hib', 'a']
		]);
		expect(rowsOf({ Diphtheria: ['a', 'b'], Pertussis: ['a'], Tetanus: ['a', 'b'] })).toEqual([
			['Diphtheria+Tetanus', 'a b'],
			['Pertussis', 'a']
		]);
	});
	it('has a column for every dose of the longest row, and never fewer than four', () => {
		expect(vaccinationGrid(cardOf({ BCG: ['a'] })).columns).toBe(4);
		expect(vaccinationGrid(cardOf({ Tetanus: ['a', 'b', 'c', 'd', 'e'] })).columns).toBe(5);
		expect(vaccinationGrid(cardOf({})).rows).toEqual([]);
	});
});
