import { describe, expect, it } from 'vitest';
import { factsSchema, type Facts } from '../book/facts.ts';
import type { PartialDate } from '../time/clinical-time.ts';
import type { GuardianLink } from '../book/other-kinds.ts';
import type { BookId } from '../ids.ts';
import {
	lookupOfGuardianBook,
	lookupOfGuardianNumber,
	lookupsOfFacts,
	lookupsOfGuardianLink,
	lookupsOfQuestion,
	type PersonQuestion
} from './lookups.ts';

const child: Facts = factsSchema.parse({
	name: 'Nguyễn Thị Ánh Đào',
	birthDate: '2024-03-05T07:40',
	'identifier.insurance': { value: 'TE1790123456789', source: 'card' },
	'identifier.birthNote': { value: '00012.GCS.79001.24', source: 'paper' }
});

function isFoundBy(question: PersonQuestion, facts = child): boolean {
	const keys = new Set(lookupsOfFacts(facts));
	return lookupsOfQuestion(question).every((key) => keys.has(key));
}

const date = (text: string) => text as PartialDate;

describe('finding a book by an exact question', () => {
	it('finds by name without accents and by birth date of any precision', () => {
		expect(isFoundBy({ name: 'nguyen thi anh dao', birthDate: date('2024-03-05') })).toBe(true);
		expect(isFoundBy({ name: 'NGUYỄN THỊ ÁNH ĐÀO', birthDate: date('2024') })).toBe(true);
		expect(isFoundBy({ name: 'Nguyễn Thị Ánh Đào', birthDate: date('2024-04') })).toBe(false);
		expect(isFoundBy({ name: 'Nguyễn Thị Ánh', birthDate: date('2024-03-05') })).toBe(false);
	});

	it('finds by an identifier however it was spaced', () => {
		expect(isFoundBy({ identifier: ' 00012.gcs.79001.24 ' })).toBe(true);
		expect(isFoundBy({ identifier: '00012.GCS.79001.25' })).toBe(false);
	});

	it('finds an old insurance card by the new number and the other way round', () => {
		expect(isFoundBy({ identifier: '0123456789' })).toBe(true);
		expect(isFoundBy({ identifier: 'TE1 79 0123456789' })).toBe(true);
		const renewed = factsSchema.parse({
			'identifier.insurance': { value: '0123456789', source: 'card' }
		});
		expect(isFoundBy({ identifier: 'TE1790123456789' }, renewed)).toBe(true);
	});

	it('gives no key for facts by which nobody is looked up', () => {
		expect(lookupsOfFacts(factsSchema.parse({ phone: '0912345678', sex: 'female' }))).toEqual([]);
	});
});

describe('finding the books of a guardian’s children', () => {
	const mother = 'AAAAAAAAAAAAAAAAAAAAAA' as BookId;
	const link: GuardianLink = { name: 'Lê Thị Lan', relation: 'mother' };

	it('finds by the guardian’s book and by the guardian’s number, as far as they are stated', () => {
		expect(lookupsOfGuardianLink(link)).toEqual([]);
		expect(
			lookupsOfGuardianLink({ ...link, guardian: mother, personalNumber: '014188990003' })
		).toEqual([lookupOfGuardianBook(mother), lookupOfGuardianNumber('014188990003')]);
	});
});
