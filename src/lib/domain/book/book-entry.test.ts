import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visit } from '../projections/stated.fixture.ts';
import { compareByOccurred, isEntryOf } from './book-entry.ts';

describe('the order in which entries are shown', () => {
	const entries = fc
		.record({
			label: fc.constantFrom('a', 'b', 'c', 'd'),
			at: fc.constantFrom('2026', '2026-11', '2026-11-24', '2026-11-24T08:00', '2026-11-24T09:00'),
			ms: fc.nat(2)
		})
		.map(({ label, at, ms }) => visit(label, 'Ho', { at, ms }));

	it('is by stated time, then by the time of recording, then by id', () => {
		const early = visit('z', 'Ho', { at: '2026-11-23', ms: 9 });
		const late = visit('a', 'Ho', { at: '2026-11-24', ms: 1 });
		const later = visit('a', 'Ho', { at: '2026-11-24', ms: 2 });
		const twin = visit('b', 'Ho', { at: '2026-11-24', ms: 2 });
		const counted = { ...later, envelope: { ...later.envelope, recorded: { ms: 2, counter: 1 } } };
		const sorted = [early, late, later, twin, counted];
		expect(sorted.toReversed().sort(compareByOccurred)).toEqual(sorted);
	});

	it('is the same order from every side', () => {
		fc.assert(
			fc.property(entries, entries, entries, (a, b, c) => {
				expect(Math.sign(compareByOccurred(a, b))).toBe(-Math.sign(compareByOccurred(b, a)) || 0);
				if (compareByOccurred(a, b) <= 0 && compareByOccurred(b, c) <= 0)
					expect(compareByOccurred(a, c)).toBeLessThanOrEqual(0);
			}),
			{ numRuns: 1_000 }
		);
	});
});

describe('an entry', () => {
	it('is of its kind only', () => {
		expect(isEntryOf(visit('a', 'Ho'), 'visit')).toBe(true);
		expect(isEntryOf(visit('a', 'Ho'), 'note')).toBe(false);
	});
});
