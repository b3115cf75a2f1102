import { describe, expect, it } from 'vitest';
import type { BookEntry } from '../book/book-entry.ts';
import type { GuardianLink } from '../book/other-kinds.ts';
import type { BookId } from '../ids.ts';
import { facts, idOf, state, voids, type Stated } from '../projections/stated.fixture.ts';
import type { ClinicalDate, ClinicalTime, PartialDate } from '../time/clinical-time.ts';
import { childRelation, familyRelationOf, ownRelation, type Citizen } from './family.ts';

const TODAY = '2026-11-24' as ClinicalDate;
const NUMBER = '014188990003';
const MOTHER_BOOK = idOf('mother') as string as BookId;
const MOTHER: Citizen = {
	personalNumber: NUMBER,
	name: 'Lường Thị Vui',
	birthDate: '1988-06-23' as PartialDate
};

const time = (text: string) => text as ClinicalTime;
const numbered = (label: string, value: string, stated?: Stated) =>
	facts(label, { 'identifier.personal': { value, source: 'card' } }, stated);
const born = (date: string) => facts('born', { birthDate: time(date) });
const link = (label: string, body: Partial<GuardianLink>, stated?: Stated) =>
	state(
		label,
		{
			kind: 'guardianLink',
			body: { name: 'Lường Thị Vui', relation: 'mother', guardian: MOTHER_BOOK, ...body }
		},
		stated
	);
const relation = (...entries: BookEntry[]) =>
	childRelation(entries, MOTHER, new Set([MOTHER_BOOK]), TODAY);
const isChild = (...entries: BookEntry[]) => familyRelationOf(relation(...entries)) !== undefined;
const isOwnBook = (entries: BookEntry[], citizen: Citizen) =>
	ownRelation(entries, citizen, TODAY) === 'own';

describe('the own book of a citizen', () => {
	it('is the one that states their number and a birth date that agrees', () => {
		expect(isOwnBook([numbered('n', NUMBER)], MOTHER)).toBe(true);
		expect(isOwnBook([numbered('n', NUMBER), born('1988')], MOTHER)).toBe(true);
		expect(isOwnBook([numbered('n', NUMBER), born('1988-06-23')], MOTHER)).toBe(true);
	});

	it('is none whose number was mistyped and belongs to somebody of another birth date', () => {
		expect(isOwnBook([numbered('n', NUMBER), born('2020-02-01')], MOTHER)).toBe(false);
	});

	it('is none that states another number now, or two', () => {
		const right = numbered('right', '014188990009', {
			basedOn: [{ of: 'n', fact: 'identifier.personal' }]
		});
		expect(isOwnBook([numbered('n', NUMBER), right], MOTHER)).toBe(false);
		expect(isOwnBook([numbered('n', NUMBER), numbered('m', '014188990009')], MOTHER)).toBe(false);
	});
});

describe('the own book of somebody under 14', () => {
	it('opens on the fourteenth birthday: before, nobody has an account of level 2', () => {
		const aged = (birthDate: string) =>
			ownRelation(
				[numbered('n', NUMBER)],
				{ ...MOTHER, birthDate: birthDate as PartialDate },
				TODAY
			);
		expect(aged('2012-11-24')).toBe('own');
		expect(aged('2012-11-25')).toBe('own-under-14');
	});
});

describe('the book of a child', () => {
	it('opens by a link to the guardian’s book or number', () => {
		expect(isChild(born('2020-02-01'), link('l', {}))).toBe(true);
		const byNumber = link('l', { guardian: idOf('x') as string as BookId, personalNumber: NUMBER });
		expect(isChild(born('2020-02-01'), byNumber)).toBe(true);
	});

	it('stays closed to somebody whom no link names', () => {
		expect(isChild(born('2020-02-01'))).toBe(false);
		expect(isChild(born('2020-02-01'), link('l', { personalNumber: '014188990009' }))).toBe(false);
		const other = link('l', { guardian: idOf('x') as string as BookId });
		expect(isChild(born('2020-02-01'), other)).toBe(false);
	});

	it('closes when the link has ended, was withdrawn, or was amended to end', () => {
		const ended = link('l', { until: '2026-11-23' as PartialDate });
		expect(isChild(born('2020-02-01'), ended)).toBe(false);
		expect(isChild(born('2020-02-01'), link('l', {}), voids('v', ['l']))).toBe(false);
		const amended = link('m', { until: '2026-11-23' as PartialDate }, { basedOn: ['l'] });
		expect(isChild(born('2020-02-01'), link('l', {}), amended)).toBe(false);
	});

	it('stays closed while two people disagree whether the link has ended', () => {
		const one = link('m', { until: '2026-11-23' as PartialDate }, { basedOn: ['l'] });
		const two = link('o', { name: 'Lường Thị Vui' }, { basedOn: ['l'], ms: 9e12 });
		expect(isChild(born('2020-02-01'), link('l', {}), one, two)).toBe(false);
	});

	it('closes on the eighteenth birthday, and where the day is not known, on the earliest it may be', () => {
		expect(isChild(born('2008-11-25'), link('l', {}))).toBe(true);
		expect(isChild(born('2008-11-24'), link('l', {}))).toBe(false);
		expect(isChild(born('2008'), link('l', {}))).toBe(false);
		expect(isChild(link('l', {}))).toBe(false);
	});

	it('takes a step on each birthday that the law names, and where the day is not sure, early', () => {
		const steps = [
			'2019-11-25',
			'2019-11-24',
			'2012-11-25',
			'2012-11-24',
			'2010-11-25',
			'2010-11-24'
		];
		expect(steps.map((day) => relation(born(day), link('l', {})))).toEqual([
			...['child-under-7', 'child-from-7', 'child-from-7', 'child-from-14'],
			...['child-from-14', 'child-from-16']
		]);
		expect(relation(born('2010'), link('l', {}))).toBe('child-from-16');
		const disputed = facts('other', { birthDate: time('2010-11-24') }, { ms: 9e12 });
		expect(relation(born('2012-02-01'), disputed, link('l', {}))).toBe('child-from-16');
	});

	it('is that of one whom somebody looked after once, or of a stranger', () => {
		const ended = link('l', { until: '2026-11-23' as PartialDate });
		expect(relation(born('2020-02-01'), ended)).toBe('ex-guardian');
		expect(relation(born('2008-11-24'), link('l', {}))).toBe('ex-guardian');
		expect(relation(born('2020-02-01'))).toBe('stranger');
	});

	it('is told to a phone as one under 16 until the sixteenth birthday', () => {
		const told = (day: string) => familyRelationOf(relation(born(day), link('l', {})));
		expect(told('2019-11-25')).toBe('child-under-16');
		expect(told('2010-11-25')).toBe('child-under-16');
		expect(told('2010-11-24')).toBe('child-from-16');
	});
});
