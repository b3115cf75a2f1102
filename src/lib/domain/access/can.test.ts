import { describe, expect, it } from 'vitest';
import { roleSchema } from '../book/envelope.ts';
import { ACCESS_TABLE, ACTIONS, BOOK_RELATIONS, STAFF_RELATIONS } from './access-table.ts';
import { can, type Standing } from './can.ts';

const NOW = 1_795_000_000_000;
const nurse = { role: 'nurse', facility: '01234' };
const ROLES = [...roleSchema.options, 'role-of-tomorrow'];

function allowedCells(
	of: string[],
	relations: readonly (typeof BOOK_RELATIONS)[number][]
): string[] {
	return of.flatMap((role) =>
		ACTIONS.flatMap((action) =>
			relations
				.filter((relation) => can({ role, facility: '01234' }, action, relation, NOW).allowed)
				.map((relation) => `${role} ${action} ${relation}`)
		)
	);
}

describe('who may do what to a book', () => {
	it('allows exactly these cells to staff and machines', () => {
		const expected = new Set<string>();
		const held = ['member', 'referral', 'consent-visit', 'break-glass'];
		for (const role of ['nurse', 'midwife', 'doctor']) {
			for (const action of ['read', 'read-restricted', 'hold'])
				for (const relation of held) expected.add(`${role} ${action} ${relation}`);
			for (const action of ['write', 'find'])
				for (const relation of STAFF_RELATIONS) expected.add(`${role} ${action} ${relation}`);
			expected.add(`${role} open present-in-person`);
			expected.add(`${role} open consent-visit`);
			expected.add(`${role} open break-glass`);
			expected.add(`${role} review member`);
			expected.add(`${role} join member`);
			expected.add(`${role} answer-correction member`);
		}
		for (const relation of STAFF_RELATIONS) {
			expected.add(`hospital-agent write ${relation}`);
			expected.add(`import write ${relation}`);
		}
		for (const relation of held) expected.add(`hospital-agent hold ${relation}`);
		const staff = ROLES.filter((role) => role !== 'citizen');
		expect(new Set(allowedCells(staff, BOOK_RELATIONS))).toEqual(expected);
	});

	it('lets a citizen read and show the books of the family, decide what they are used for, say what is wrong in them, what is restricted until the child is 16, and do nothing else', () => {
		expect(allowedCells(['citizen'], BOOK_RELATIONS)).toEqual([
			...['own', 'child-under-7', 'child-from-7', 'child-from-14', 'child-from-16'].map(
				(relation) => `citizen read ${relation}`
			),
			...['own', 'child-under-7', 'child-from-7', 'child-from-14'].map(
				(relation) => `citizen read-restricted ${relation}`
			),
			...['citizen show own', 'citizen show child-under-7'],
			...['citizen show-for-child child-from-7', 'citizen show-for-child child-from-14'],
			...['citizen consent own', 'citizen consent child-under-7'],
			...['citizen consent-with-child child-from-7', 'citizen consent-with-child child-from-14'],
			...['own', 'child-under-7', 'child-from-7', 'child-from-14', 'child-from-16'].map(
				(relation) => `citizen withdraw-consent ${relation}`
			),
			...['own', 'child-under-7', 'child-from-7', 'child-from-14', 'child-from-16'].map(
				(relation) => `citizen request-correction ${relation}`
			)
		]);
	});

	it('opens no book to people who manage, audit or operate', () => {
		const managers = ['facility-admin', 'programme-manager', 'auditor', 'operator'] as const;
		for (const role of managers) expect(ACCESS_TABLE[role]).toEqual({});
	});

	it('marks what staff wrote where their facility is no member', () => {
		expect(can(nurse, 'write', 'none', NOW)).toEqual({ allowed: true, flags: ['other-facility'] });
		expect(can(nurse, 'write', 'new', NOW)).toEqual({ allowed: true, flags: [] });
	});

	it('accepts and marks what was signed before the role ended, and ends everything else at once', () => {
		const ended = { ...nurse, untilMs: NOW };
		expect(can(ended, 'write', 'member', NOW)).toEqual({ allowed: true, flags: ['role-ended'] });
		expect(can(ended, 'write', 'member', NOW - 1)).toEqual({ allowed: true, flags: [] });
		for (const action of ACTIONS.filter((one) => one !== 'write'))
			for (const relation of BOOK_RELATIONS)
				expect(can(ended, action, relation, NOW).allowed).toBe(false);
	});

	it('holds a relation from its begin until its end, and marks what is written after it', () => {
		const referral: Standing[] = [{ relation: 'referral', fromMs: NOW, untilMs: NOW + 10 }];
		const at = (nowMs: number) => can(nurse, 'read', referral, nowMs).allowed;
		expect([at(NOW - 1), at(NOW), at(NOW + 9), at(NOW + 10)]).toEqual([false, true, true, false]);
		expect(can(nurse, 'write', referral, NOW + 9)).toEqual({ allowed: true, flags: [] });
		expect(can(nurse, 'write', referral, NOW + 10)).toEqual({
			allowed: true,
			flags: ['other-facility']
		});
	});

	it('counts several relations as good as the best in force', () => {
		const over: Standing = { relation: 'break-glass', untilMs: NOW };
		expect(can(nurse, 'read', [over, { relation: 'member' }], NOW).allowed).toBe(true);
		expect(can(nurse, 'read', [over, { relation: 'none' }], NOW).allowed).toBe(false);
		expect(can(nurse, 'read', [], NOW).allowed).toBe(false);
	});

	it('denies staff who stand for no facility, and every word that is no role', () => {
		for (const action of ACTIONS)
			for (const relation of BOOK_RELATIONS) {
				expect(can({ role: 'doctor' }, action, relation, NOW).allowed).toBe(false);
				for (const role of ['role-of-tomorrow', '__proto__', 'constructor', 'toString'])
					expect(can({ role, facility: '01234' }, action, relation, NOW).allowed).toBe(false);
			}
	});
});
