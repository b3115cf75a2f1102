import { describe, expect, it } from 'vitest';
import type { Facts } from '../book/facts.ts';
import { bytesToId, type BookId } from '../ids.ts';
import type { ClinicalTime } from '../time/clinical-time.ts';
import { findLookAlikes, type LookAlike } from './look-alikes.ts';
import type { PersonSummary } from './person-summary.ts';

const KHOI: PersonSummary = {
	book: bytesToId<BookId>(new Uint8Array(16)),
	names: ['Lò Minh Khôi'],
	birthDate: '2025-05-14' as ClinicalTime,
	sex: 'male',
	commune: '03820',
	village: 'Bản Nà Lốc',
	phones: [],
	identifiers: [{ kind: 'personal', value: '014225008713' }],
	guardians: [{ name: 'Lò Thị Mai', relation: 'mother' }],
	allergies: 0,
	conflicts: 0,
	needsUpdate: 0,
	entries: 3
};
const SAME: Facts = {
	name: 'Lò Minh Khôi',
	birthDate: '2025-05-14' as ClinicalTime,
	sex: 'male',
	address: { commune: '03820', village: 'bản nà lốc' }
};

const verdictsOf = (found: LookAlike[]) =>
	found.map(({ points }) =>
		Object.fromEntries(points.map(({ point, verdict }) => [point, verdict]))
	);

describe('look-alikes', () => {
	it('compares the six points, in fixed order', () => {
		const found = findLookAlikes({ facts: SAME, guardianName: 'Lò Thị Mai' }, [KHOI]);
		expect(found[0]?.points).toEqual([
			{ point: 'name', verdict: 'same' },
			{ point: 'birthDate', verdict: 'same' },
			{ point: 'sex', verdict: 'same' },
			{ point: 'village', verdict: 'same' },
			{ point: 'identifier', verdict: 'unknown' },
			{ point: 'guardian', verdict: 'same' }
		]);
	});

	it.each([
		['Lo Minh Khoi', 'without diacritics'],
		['Minh Khôi Lò', 'in another order'],
		['Lò Khôi', 'without the middle name'],
		['Lò Minh Khối', 'with another tone'],
		['Lò Min Khôi', 'with a letter missing']
	])('calls the name %s alike (%s)', (name) => {
		expect(verdictsOf(findLookAlikes({ facts: { ...SAME, name } }, [KHOI]))[0]).toMatchObject({
			name: 'alike'
		});
	});

	it.each([
		['2025-05-14T08:40', 'same'],
		['2025-05', 'alike'],
		['2025', 'alike'],
		['2025-05-15', 'alike'],
		['2025-05-41'.replace('41', '24'), 'alike'],
		['2024-05-14', 'alike'],
		['2025-06-14', 'alike']
	])('takes the birth date %s as %s', (birthDate, verdict) => {
		const facts = { ...SAME, birthDate: birthDate as ClinicalTime };
		expect(verdictsOf(findLookAlikes({ facts }, [KHOI]))[0]).toMatchObject({ birthDate: verdict });
	});

	it('takes day and month that changed places as alike', () => {
		const other = { ...KHOI, birthDate: '2025-05-04' as ClinicalTime };
		const facts = { ...SAME, birthDate: '2025-04-05' as ClinicalTime };
		expect(verdictsOf(findLookAlikes({ facts }, [other]))[0]).toMatchObject({ birthDate: 'alike' });
	});

	it('finds a newborn that another place registered, whatever it is called there until it has a name', () => {
		const baby: PersonSummary = {
			...KHOI,
			names: ['Con bà Hờ Thị Mo'],
			birthDate: '2026-11-30' as ClinicalTime,
			guardians: [{ name: 'Hờ Thị Mo', relation: 'mother' }],
			identifiers: []
		};
		const facts = {
			...SAME,
			name: 'Con chị Hờ Thị Mo',
			birthDate: '2026-12-01T00:10' as ClinicalTime
		};
		const asked = { facts, guardianName: 'Hờ Thị Mo' };
		expect(verdictsOf(findLookAlikes(asked, [baby]))).toMatchObject([
			{ name: 'same', birthDate: 'alike', guardian: 'same' }
		]);
		expect(verdictsOf(findLookAlikes(asked, [{ ...baby, names: ['Hờ Gia Bảo'] }]))).toMatchObject([
			{ name: 'unknown', guardian: 'same' }
		]);
		const neighbour: PersonSummary = {
			...baby,
			names: ['Con chị Hờ Thị Mai'],
			guardians: [{ name: 'Hờ Thị Mai', relation: 'mother' }]
		};
		expect(findLookAlikes(asked, [neighbour])).toEqual([]);
		const earlier = { ...baby, birthDate: '2026-11-27' as ClinicalTime };
		expect(findLookAlikes(asked, [earlier])).toEqual([]);
	});

	it('does not offer somebody with another birth date', () => {
		const facts = { ...SAME, birthDate: '2019-01-30' as ClinicalTime };
		expect(findLookAlikes({ facts }, [KHOI])).toEqual([]);
	});

	it('does not offer somebody who shares only a birth date and a village', () => {
		expect(findLookAlikes({ facts: { ...SAME, name: 'Vàng A Páo' } }, [KHOI])).toEqual([]);
	});

	it('offers who has the same number, whatever else differs', () => {
		const facts: Facts = {
			name: 'Vàng A Páo',
			birthDate: '1970' as ClinicalTime,
			'identifier.personal': { value: '014225008713', source: 'card' }
		};
		expect(verdictsOf(findLookAlikes({ facts }, [KHOI]))[0]).toMatchObject({
			identifier: 'same',
			name: 'different',
			birthDate: 'different'
		});
	});

	it('sees two digits that changed places in a number', () => {
		const facts: Facts = {
			...SAME,
			'identifier.personal': { value: '014225008731', source: 'stated' }
		};
		expect(verdictsOf(findLookAlikes({ facts }, [KHOI]))[0]).toMatchObject({ identifier: 'alike' });
	});

	it('knows people by a number that another one replaced', () => {
		const renewed: PersonSummary = {
			...KHOI,
			identifiers: [{ kind: 'personal', value: '014225009999' }],
			pastIdentifiers: KHOI.identifiers
		};
		const facts: Facts = { 'identifier.personal': { value: '014225008713', source: 'card' } };
		expect(verdictsOf(findLookAlikes({ facts }, [renewed]))[0]).toMatchObject({
			identifier: 'same'
		});
	});

	it('knows an insurance card and the number it ends in as one', () => {
		const insured = (value: string): PersonSummary => ({
			...KHOI,
			identifiers: [{ kind: 'insurance', value }]
		});
		const asked = (value: string): Facts => ({
			'identifier.insurance': { value, source: 'card' }
		});
		for (const [stored, typed] of [
			['0123456789', 'TE1140123456789'],
			['TE1140123456789', '0123456789']
		] as const)
			expect(
				verdictsOf(findLookAlikes({ facts: asked(typed) }, [insured(stored)]))[0]
			).toMatchObject({ identifier: 'same' });
	});

	it('compares every birth date while two places disagree', () => {
		const disputed = {
			...KHOI,
			birthDate: '1999-01-30' as ClinicalTime,
			otherBirthDates: ['2025-05-14' as ClinicalTime]
		};
		expect(verdictsOf(findLookAlikes({ facts: SAME }, [disputed]))[0]).toMatchObject({
			birthDate: 'same'
		});
	});

	it('offers a newborn without a name by mother and birth date', () => {
		const facts: Facts = { ...SAME, name: 'Con Lò Thị Mai' };
		expect(findLookAlikes({ facts, guardianName: 'Lo Thi Mai' }, [KHOI])).toHaveLength(1);
	});

	it('offers five at most, the likeliest first', () => {
		const many = Array.from({ length: 9 }, (_, at) => ({
			...KHOI,
			names: [at === 7 ? 'Lò Minh Khôi' : 'Lò Minh Khói']
		}));
		const found = findLookAlikes({ facts: SAME }, many);
		expect(found).toHaveLength(5);
		expect(found[0]?.person.names).toEqual(['Lò Minh Khôi']);
	});
});
