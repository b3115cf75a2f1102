import { describe, expect, it } from 'vitest';
import type { DoseLine } from '#lib/domain/projections/book-view.ts';
import { sameDayElsewhere } from './same-day.ts';

const dose = (id: string, change: Partial<DoseLine> = {}): DoseLine =>
	({
		id,
		occurred: '2026-11-25T10:02',
		antigens: ['Rotavirus'],
		place: 'Trạm Y tế Suối Bạc',
		author: { facility: '14SB1' },
		...change
	}) as DoseLine;
const elsewhere = { place: 'Trạm Y tế Nà Lầu' };
const inQuestion = (...doses: DoseLine[]) => [...sameDayElsewhere(doses).keys()];

describe('doses of one day that two places wrote down', () => {
	it('are in question when they are against one disease, each because of the other', () => {
		const found = sameDayElsewhere([dose('a'), dose('b', elsewhere), dose('c', { antigens: [] })]);
		expect([...found].map(([id, other]) => `${id} ${other.id}`)).toEqual(['a b', 'b a']);
	});

	it('are in question when a combined vaccine holds what the other protects against', () => {
		const combined = dose('b', { ...elsewhere, antigens: ['HepB', 'Rotavirus'] });
		expect(inQuestion(dose('a'), combined)).toEqual(['a', 'b']);
	});

	it('are told apart by who wrote them down where no place is stated', () => {
		const { place: _, ...nowhere } = dose('b');
		expect(inQuestion(dose('a'), nowhere)).toEqual([]);
		const others = { ...nowhere.author, facility: '14NL1' };
		expect(inQuestion(dose('a'), { ...nowhere, author: others })).toEqual(['a', 'b']);
	});

	it('are not in question of one place, of other days, or of a day not fully known', () => {
		expect(inQuestion(dose('a'), dose('b'))).toEqual([]);
		const nextDay = { occurred: '2026-11-26' } as Partial<DoseLine>;
		expect(inQuestion(dose('a'), dose('b', { ...elsewhere, ...nextDay }))).toEqual([]);
		const month = { occurred: '2026-11' } as Partial<DoseLine>;
		expect(inQuestion(dose('a', month), dose('b', { ...elsewhere, ...month }))).toEqual([]);
	});
});
