import { describe, expect, it } from 'vitest';
import type { BookEntry } from '../book/book-entry.ts';
import type { BookId, PersonId } from '../ids.ts';
import { answersIn } from './answers.ts';
import { facts, idOf, state, visit, voids, type Stated } from './stated.fixture.ts';

const NURSE = idOf('nurse') as string as PersonId;
const OTHERS = { by: 'doctor' };
const OTHER_BOOK = idOf('other') as string as BookId;

function told(...entries: BookEntry[]) {
	return answersIn(entries, NURSE, () => true).map((answer) => {
		if (answer.type === 'decided') return { type: answer.type, facts: answer.facts };
		return 'kind' in answer ? { type: answer.type, kind: answer.kind } : { type: answer.type };
	});
}

describe('what somebody is told', () => {
	it('is that another decided where they differed, with the facts', () => {
		const apart = [
			facts('mine', { phone: '0911111111' }),
			facts('hers', { phone: '0922222222' }, OTHERS)
		];
		const basedOn = ['mine', 'hers'].map((of) => ({ of, fact: 'phone' }));
		const choice = { ...OTHERS, basedOn, effect: 'resolves' } as const;
		expect(told(...apart, facts('choice', { phone: '0922222222' }, choice))).toEqual([
			{ type: 'decided', facts: ['phone'] }
		]);
		const own = facts('choice', { phone: '0922222222' }, { ...choice, by: 'nurse' });
		expect(told(...apart, own)).toEqual([]);
	});

	it('is not that another wrote a newer value, or decided between others', () => {
		const mine = facts('mine', { phone: '0911111111' });
		const basedOn = [{ of: 'mine', fact: 'phone' }];
		expect(told(mine, facts('newer', { phone: '0922222222' }, { ...OTHERS, basedOn }))).toEqual([]);
		const among: Stated = {
			...OTHERS,
			basedOn: [{ of: 'hers', fact: 'phone' }],
			effect: 'resolves'
		};
		const hers = facts('hers', { phone: '0922222222' }, OTHERS);
		expect(told(mine, hers, facts('choice', { phone: '0922222222' }, among))).toEqual([]);
	});

	it('is that another amended or withdrew what they wrote, and of which kind it was', () => {
		const mine = visit('mine', 'Ho');
		expect(told(mine, visit('better', 'Ho ba ngày', { ...OTHERS, basedOn: ['mine'] }))).toEqual([
			{ type: 'amended', kind: 'visit' }
		]);
		expect(told(mine, voids('mistake', ['mine'], OTHERS))).toEqual([
			{ type: 'withdrawn', kind: 'visit' }
		]);
	});

	it('is that a book they wrote in was joined or parted, and nothing of a book they did not write in', () => {
		const join = state('join', { kind: 'samePerson', body: { other: OTHER_BOOK } }, OTHERS);
		const part = voids('part', ['join'], OTHERS);
		expect(told(visit('mine', 'Ho'), join, part)).toEqual([{ type: 'joined' }, { type: 'parted' }]);
		expect(told(visit('hers', 'Ho', OTHERS), join, part)).toEqual([]);
	});

	it('is told once: what is not new is left out', () => {
		const entries = [visit('mine', 'Ho'), voids('mistake', ['mine'], OTHERS)];
		expect(answersIn(entries, NURSE, () => false)).toEqual([]);
	});
});
