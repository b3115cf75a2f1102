import { describe, expect, it } from 'vitest';
import type { BookEntry } from '../book/book-entry.ts';
import type { GuardianLink } from '../book/other-kinds.ts';
import type { PersonSummary } from '../people/person-summary.ts';
import type { ClinicalDate, ClinicalTime, PartialDate } from '../time/clinical-time.ts';
import { projectSummary } from './project-summary.ts';
import { allergy, BOOK, facts, noneKnown, state, unknown, voids } from './stated.fixture.ts';

const TODAY = '2026-11-24' as ClinicalDate;

function summary(...entries: BookEntry[]): PersonSummary {
	return projectSummary(BOOK, entries, TODAY);
}

function visit(label: string, at: string, followUp?: string): BookEntry {
	const promise = followUp === undefined ? {} : { followUp: { date: followUp as ClinicalDate } };
	return state(label, { kind: 'visit', body: { reason: 'Ho', ...promise } }, { at });
}

function dose(label: string, at: string): BookEntry {
	const body = { product: { name: 'BCG' }, antigens: ['BCG'], lot: 'L1' };
	return state(label, { kind: 'immunization', body }, { at });
}

function guardian(label: string, link: GuardianLink, at?: string): BookEntry {
	return state(label, { kind: 'guardianLink', body: link }, at === undefined ? {} : { at });
}

describe('the summary of a person', () => {
	it('of an empty book says nothing', () => {
		expect(summary()).toEqual({
			book: BOOK,
			names: [],
			phones: [],
			identifiers: [],
			guardians: [],
			allergies: 0,
			conflicts: 0,
			needsUpdate: 0,
			entries: 0
		});
	});

	it('carries what the header shows', () => {
		const entry = facts('a', {
			name: 'Nguyễn Thị Mai',
			birthDate: '2026-11-02' as ClinicalTime,
			sex: 'female',
			address: { commune: '00004', village: 'Thôn Đoài' },
			household: 'H-12',
			phone: '0912345678',
			'identifier.temporary': { value: 'T-SB2-261124-03', source: 'issued-here' }
		});
		expect(summary(entry)).toMatchObject({
			names: ['Nguyễn Thị Mai'],
			birthDate: '2026-11-02',
			sex: 'female',
			commune: '00004',
			village: 'Thôn Đoài',
			household: 'H-12',
			phones: ['0912345678'],
			identifiers: [{ kind: 'temporary', value: 'T-SB2-261124-03' }],
			entries: 1
		});
	});

	it('makes every head searchable, the shown one first, then earlier names', () => {
		const old = facts('old', { name: 'Con bà Lan' });
		const named = facts('named', { name: 'Mai' }, { basedOn: [{ of: 'old', fact: 'name' }] });
		const apart = facts('apart', { name: 'Mây', phone: '0900000001' }, { at: '2026-11-25' });
		const phone = facts('phone', { phone: '0900000002' });
		const seen = summary(old, named, apart, phone);
		expect(seen.names).toEqual(['Mây', 'Mai', 'Con bà Lan']);
		expect(seen.phones).toEqual(['0900000001', '0900000002']);
		expect(seen.conflicts).toBe(2);
	});

	it('does not offer a corrected number any more', () => {
		const typo = facts('typo', { phone: '0900000001' });
		const right = facts('right', { phone: '0900000002' }, { basedOn: ['typo'] });
		expect(summary(typo, right).phones).toEqual(['0900000002']);
	});

	it('keeps replaced numbers apart from those in force, and none that was recorded in error', () => {
		const number = (label: string, value: string, basedOn?: string[]) =>
			facts(
				label,
				{ 'identifier.personal': { value, source: 'card' } },
				basedOn === undefined ? {} : { basedOn }
			);
		const old = number('old', '001126000001');
		const wrong = number('wrong', '001126000009');
		const now = number('now', '001126000002', ['old', 'wrong']);
		const undo = voids('undo', ['wrong'], { class: 'fact' });
		const seen = summary(old, wrong, now, undo);
		expect(seen.identifiers).toEqual([{ kind: 'personal', value: '001126000002' }]);
		expect(seen.pastIdentifiers).toEqual([{ kind: 'personal', value: '001126000001' }]);
		const again = number('again', '001126000001', ['now']);
		expect(summary(old, now, again).pastIdentifiers).toEqual([
			{ kind: 'personal', value: '001126000002' }
		]);
	});

	it('holds every birth date while nobody has decided', () => {
		const seen = summary(
			facts('a', { birthDate: '2026-11-02' as ClinicalTime }),
			facts('b', { birthDate: '2026-02-11' as ClinicalTime }, { at: '2026-11-25' })
		);
		expect(seen.birthDate).toBe('2026-02-11');
		expect(seen.otherBirthDates).toEqual(['2026-11-02']);
	});

	it('names the guardians in force today, the mother first, each name once', () => {
		const seen = summary(
			guardian('f', { name: 'Trần Văn Hùng', relation: 'father' }),
			guardian('m', { name: 'Lê Thị Lan', relation: 'mother' }, '2026-01-01'),
			guardian('m2', { name: 'Lê Thị Lan', relation: 'mother' }),
			guardian('g', { name: 'Bà Nội', relation: 'grandparent', until: '2026-10' as PartialDate }),
			guardian('x', { name: 'Cô Út', relation: 'relative', from: '2026-12' as PartialDate })
		);
		expect(seen.guardians).toEqual([
			{ name: 'Lê Thị Lan', relation: 'mother' },
			{ name: 'Trần Văn Hùng', relation: 'father' }
		]);
	});

	it('holds the phone of the first guardian who has one, while the person has none', () => {
		const family = [
			guardian('m', { name: 'Lê Thị Lan', relation: 'mother' }),
			guardian('f', { name: 'Trần Văn Hùng', relation: 'father', phone: '0912345678' }),
			guardian('o', {
				name: 'Bà Nội',
				relation: 'grandparent',
				phone: '0987654321',
				until: '2026-10' as PartialDate
			})
		];
		expect(summary(...family).guardianPhone).toBe('0912345678');
		const own = facts('p', { phone: '0900000000' });
		expect(summary(...family, own)).not.toHaveProperty('guardianPhone');
	});

	it('counts a guardian whose link ends at some time this month', () => {
		const link = guardian('g', {
			name: 'Lan',
			relation: 'mother',
			until: '2026-11' as PartialDate
		});
		expect(summary(link).guardians).toEqual([{ name: 'Lan', relation: 'mother' }]);
	});

	it('counts allergies in force, and nothing for none known', () => {
		const two = [allergy('a', 'Penicillin'), allergy('b', 'Lạc'), noneKnown('n')];
		expect(summary(...two).allergies).toBe(2);
		expect(summary(...two, voids('v', ['a'], { class: 'safety' })).allergies).toBe(1);
	});

	it('counts what needs a newer version', () => {
		expect(summary(unknown('u1'), unknown('u2')).needsUpdate).toBe(2);
	});

	it('knows the last visit or dose that stands', () => {
		const entries = [visit('v', '2026-11-20'), dose('d', '2026-11-22T09:00')];
		expect(summary(...entries).lastSeen).toBe('2026-11-22T09:00');
		expect(summary(...entries, voids('undo', ['d'])).lastSeen).toBe('2026-11-20');
		expect(summary(facts('a', { name: 'Mai' }))).not.toHaveProperty('lastSeen');
	});
});

describe('the promised follow-up', () => {
	const promise = visit('promise', '2026-11-01', '2026-11-15');

	it('stands until a visit meets it', () => {
		expect(summary(promise).followUp).toBe('2026-11-15');
		expect(summary(promise, visit('met', '2026-11-15T08:00'))).not.toHaveProperty('followUp');
		expect(summary(promise, visit('late', '2026-12-01'))).not.toHaveProperty('followUp');
	});

	it('is not met by the visit that makes it', () => {
		expect(summary(visit('soon', '2026-11-20', '2026-11-22')).followUp).toBe('2026-11-22');
	});

	it('is met up to three days early, not by coming for something else before', () => {
		expect(summary(promise, visit('early', '2026-11-12'))).not.toHaveProperty('followUp');
		expect(summary(promise, visit('other', '2026-11-11')).followUp).toBe('2026-11-15');
	});

	it('is the one of the latest visit that promised', () => {
		const newer = visit('newer', '2026-11-05', '2026-12-20');
		expect(summary(promise, newer).followUp).toBe('2026-12-20');
	});

	it('falls with the visit that promised it, and stands again with the one that met it', () => {
		const met = visit('met', '2026-11-15');
		expect(summary(promise, voids('undo', ['promise']))).not.toHaveProperty('followUp');
		expect(summary(promise, met, voids('undo', ['met'])).followUp).toBe('2026-11-15');
	});
});
