import { describe, expect, it } from 'vitest';
import type { BookId } from '#lib/domain/ids.ts';
import type { LookAlike, LookAlikeVerdict } from '#lib/domain/people/look-alikes.ts';
import { comparedFacts, possibleDuplicates } from './possible-duplicates.ts';

const [OWN, OTHER] = ['own' as BookId, 'other' as BookId];

const alike = (
	book: BookId,
	name: LookAlikeVerdict,
	identifier: LookAlikeVerdict = 'unknown'
): LookAlike => ({
	person: {
		book,
		names: ['Lò Thị Mai'],
		phones: [],
		identifiers: [],
		guardians: [],
		allergies: 0,
		conflicts: 0,
		needsUpdate: 0,
		entries: 1
	},
	points: [
		{ point: 'name', verdict: name },
		{ point: 'birthDate', verdict: 'same' },
		{ point: 'identifier', verdict: identifier }
	]
});
const named = (...lookAlikes: LookAlike[]) =>
	possibleDuplicates(lookAlikes, [OWN]).map(({ person }) => person.book);

describe('a book that may be of the same person', () => {
	it('has the same or nearly the same name, or the same number', () => {
		expect(named(alike(OTHER, 'same'))).toEqual([OTHER]);
		expect(named(alike(OTHER, 'alike'))).toEqual([OTHER]);
		expect(named(alike(OTHER, 'different', 'same'))).toEqual([OTHER]);
	});
	it('is not that of a twin, whose name is another', () => {
		expect(named(alike(OTHER, 'different'))).toEqual([]);
	});
	it('is not the book itself nor one that is joined already', () => {
		expect(named(alike(OWN, 'same'))).toEqual([]);
	});
});

it('is never told by temporary codes, of which each book has its own', () => {
	const code = { value: 'T-SB1-261125-01', source: 'stated' as const };
	const facts = { name: 'Lò Thị Mai', 'identifier.temporary': code };
	expect(comparedFacts(facts)).toEqual({ name: 'Lò Thị Mai' });
});
