import { describe, expect, it } from 'vitest';
import { roleSchema } from '../book/envelope.ts';
import { can, type Action, type BookRelation } from './can.ts';

const NOW = 1_795_000_000_000;
const RELATIONS: BookRelation[] = ['new', 'member', 'present-in-person', 'none'];
const FAMILY: BookRelation[] = ['own', 'child-under-16', 'child-from-16'];
const ACTIONS: Action[] = ['write', 'read', 'read-restricted', 'find', 'open', 'review', 'join'];
const nurse = { role: 'nurse', facility: '01234' };

describe('who may do what to a book', () => {
	it('allows exactly the cells of this table', () => {
		const allowed = new Set<string>();
		for (const role of [...roleSchema.options, 'role-of-tomorrow'])
			for (const action of ACTIONS)
				for (const relation of RELATIONS)
					if (can({ role, facility: '01234' }, action, relation, NOW).allowed)
						allowed.add(`${role} ${action} ${relation}`);
		const expected = new Set<string>();
		for (const role of ['nurse', 'midwife', 'doctor']) {
			expected.add(`${role} read member`);
			expected.add(`${role} read-restricted member`);
			expected.add(`${role} review member`);
			expected.add(`${role} join member`);
			for (const action of ['write', 'find', 'open'])
				for (const relation of RELATIONS) expected.add(`${role} ${action} ${relation}`);
		}
		for (const role of ['hospital-agent', 'import'])
			for (const relation of RELATIONS) expected.add(`${role} write ${relation}`);
		expect(allowed).toEqual(expected);
	});

	it('lets a citizen read the books of the family, what is restricted until the child is 16, and do nothing else', () => {
		const allowed = ACTIONS.flatMap((action) =>
			[...RELATIONS, ...FAMILY]
				.filter((relation) => can({ role: 'citizen' }, action, relation, NOW).allowed)
				.map((relation) => `${action} ${relation}`)
		);
		expect(allowed).toEqual([
			...['read own', 'read child-under-16', 'read child-from-16'],
			...['read-restricted own', 'read-restricted child-under-16']
		]);
	});

	it('opens nothing to staff for being of the family', () => {
		for (const relation of FAMILY) expect(can(nurse, 'read', relation, NOW).allowed).toBe(false);
	});

	it('marks what staff wrote where their facility is no member', () => {
		expect(can(nurse, 'write', 'none', NOW)).toEqual({ allowed: true, flags: ['other-facility'] });
		expect(can(nurse, 'write', 'new', NOW)).toEqual({ allowed: true, flags: [] });
	});

	it('accepts and marks what was signed before the role ended, and ends reading at once', () => {
		const ended = { ...nurse, untilMs: NOW };
		expect(can(ended, 'write', 'member', NOW)).toEqual({ allowed: true, flags: ['role-ended'] });
		expect(can(ended, 'write', 'member', NOW - 1)).toEqual({ allowed: true, flags: [] });
		expect(can(ended, 'open', 'member', NOW).allowed).toBe(false);
	});

	it('denies everybody who stands for no facility', () => {
		for (const action of ACTIONS)
			expect(can({ role: 'doctor' }, action, 'member', NOW)).toEqual({
				allowed: false,
				code: 'not-allowed'
			});
	});
});
