import { describe, expect, it } from 'vitest';
import type { BookId } from '#lib/domain/ids.ts';
import type { PersonSummary } from '#lib/domain/people/person-summary.ts';
import type { ClinicalDate, ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import { followUpStatuses, personLine, personStatus, phoneToCall } from './person-words.ts';

const TODAY = '2026-11-24' as ClinicalDate;
const plain = (text: string | undefined) => text?.replaceAll('\u00a0', ' ');

function person(given: Partial<PersonSummary> = {}): PersonSummary {
	return {
		book: 'AAAAAAAAAAAAAAAAAAAAAA' as BookId,
		names: ['Nông Khánh An'],
		phones: [],
		identifiers: [],
		guardians: [],
		allergies: 0,
		conflicts: 0,
		needsUpdate: 0,
		entries: 1,
		...given
	};
}
const followUp = (date: string) => person({ followUp: date as ClinicalTime });

describe('the chips of a list of follow-ups', () => {
	it('say how late somebody is beside what is to decide', () => {
		const late = person({ conflicts: 1, followUp: '2026-11-20' as ClinicalTime });
		expect(followUpStatuses(late, TODAY).map(({ tone }) => tone)).toEqual(['late', 'ask']);
		expect(followUpStatuses(followUp('2026-11-20'), TODAY)).toHaveLength(1);
	});
});

describe('a person in a list', () => {
	it('is called by their own phone, else by that of who looks after them', () => {
		expect(phoneToCall(person({ phones: ['0912345678'], guardianPhone: '0987654321' }))).toBe(
			'0912345678'
		);
		expect(phoneToCall(person({ guardianPhone: '0987654321' }))).toBe('0987654321');
		expect(phoneToCall(person())).toBeUndefined();
	});
	it('is told apart by age, family and village', () => {
		const child = person({
			birthDate: '2025-05-14' as ClinicalTime,
			guardians: [
				{ name: 'Nông Thị Duyên', relation: 'mother' },
				{ name: 'Nông Văn Páo', relation: 'father' }
			],
			village: 'Nà Lùng'
		});
		expect(plain(personLine(child, TODAY))).toBe('18 tháng · mẹ Nông Thị Duyên · Nà Lùng');
	});

	it.each([
		['father', 'bố'],
		['grandparent', 'ông/bà'],
		['sibling', 'anh/chị'],
		['relative', 'người thân'],
		['other', 'người trông nom']
	] as const)('says how the %s is called', (relation, called) => {
		const child = person({ guardians: [{ name: 'Nông Văn Páo', relation }] });
		expect(plain(personLine(child, TODAY))).toBe(`${called} Nông Văn Páo`);
	});

	it('says only what the book knows', () => {
		expect(personLine(person(), TODAY)).toBe('');
	});

	it('shows a follow-up as due on its day, overdue after it and with its date before', () => {
		expect(personStatus(followUp('2026-11-24'), TODAY)?.tone).toBe('due');
		expect(plain(personStatus(followUp('2026-11-20'), TODAY)?.words)).toBe('Quá hẹn 4 ngày');
		expect(personStatus(followUp('2026-11-28'), TODAY)?.words).toBe('Hẹn 28/11/2026');
		expect(personStatus(followUp('2027-03-01'), TODAY)).toBeUndefined();
	});

	it('counts a follow-up in a month as overdue only when the month is over', () => {
		expect(personStatus(followUp('2026-11'), TODAY)?.tone).toBe('hold');
		expect(personStatus(followUp('2026-10'), TODAY)?.tone).toBe('late');
	});

	it('shows a decision before everything else and an allergy when nothing else is due', () => {
		const both = { conflicts: 1, allergies: 1, followUp: '2026-11-24' as ClinicalTime };
		expect(personStatus(person(both), TODAY)?.tone).toBe('ask');
		expect(personStatus(person({ allergies: 1 }), TODAY)?.tone).toBe('bad');
	});
});
