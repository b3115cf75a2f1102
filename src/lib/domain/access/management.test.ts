import { describe, expect, it } from 'vitest';
import { roleSchema } from '../book/envelope.ts';
import { ACCESS_TABLE } from './access-table.ts';
import {
	MANAGEMENT_ACTIONS,
	MANAGEMENT_TABLE,
	managesAnything,
	mayManage,
	rolesManagedBy
} from './management.ts';

const OWN = '01001';
const OTHER = '01002';

describe('managing', () => {
	it('is allowed where the table says so and nowhere else', () => {
		for (const role of roleSchema.options)
			for (const action of MANAGEMENT_ACTIONS) {
				const reach = MANAGEMENT_TABLE[role][action];
				const manager = { role, facility: OWN };
				expect(mayManage(manager, action, OWN, 0)).toBe(reach !== undefined);
				expect(mayManage(manager, action, OTHER, 0)).toBe(reach === 'every-facility');
			}
	});

	it('is denied to roles that this version does not know, and from the moment an account ends', () => {
		for (const role of ['', 'chief', 'toString', '__proto__'])
			expect(mayManage({ role, facility: OWN }, 'see-tablets', OWN, 0)).toBe(false);
		const manager = { role: 'facility-admin', facility: OWN, untilMs: 5 };
		expect(mayManage(manager, 'see-tablets', OWN, 4)).toBe(true);
		expect(mayManage(manager, 'see-tablets', OWN, 5)).toBe(false);
	});

	it('goes with no right to any book, and the other way round', () => {
		for (const role of roleSchema.options.filter(managesAnything))
			expect(ACCESS_TABLE[role]).toEqual({});
	});

	it('makes nobody as mighty as oneself, and nobody who is no person of staff', () => {
		for (const role of roleSchema.options) {
			expect(rolesManagedBy(role)).not.toContain(role);
			expect(rolesManagedBy(role)).not.toContain('operator');
			expect(rolesManagedBy(role)).not.toContain('citizen');
			if (MANAGEMENT_TABLE[role]['manage-staff'] === undefined)
				expect(rolesManagedBy(role)).toEqual([]);
		}
		expect(rolesManagedBy('facility-admin')).not.toContain('facility-admin');
	});
});
