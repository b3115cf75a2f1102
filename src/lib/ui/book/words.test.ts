import { describe, expect, it } from 'vitest';
import { render } from 'svelte/server';
import type { FactView } from '#lib/domain/projections/book-view.ts';
import { facts } from '#lib/domain/projections/stated.fixture.ts';
import { sourceOf } from '#lib/domain/projections/entry-set.ts';
import type { ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import FactRow from './info/FactRow.svelte';
import { authorName, recordedMoment, type NameOf } from './words.ts';

/** Both the station and the commune were renamed on 1 July 2025. */
const nameOf: NameOf = (id, on = '2026-11-24' as ClinicalTime) =>
	({
		'01001': on < '2025-07-01' ? 'Trạm cũ' : 'Trạm mới',
		'14001': on < '2025-07-01' ? 'Xã cũ' : 'Xã mới'
	})[id];
const before = sourceOf(facts('before', {}, { at: '2024-05-14' }));
const after = sourceOf(facts('after', {}, { at: '2026-05-14' }));

describe('names in a book', () => {
	it('of a facility are those of the time of the entry', () => {
		expect(authorName(before, nameOf)).toBe('Điều dưỡng, Trạm cũ');
		expect(authorName(after, nameOf)).toBe('Điều dưỡng, Trạm mới');
	});

	it('of a commune are those of the time at which the address was stated', () => {
		const head = (source: typeof before) => ({ value: { commune: '14001' }, sources: [source] });
		const view: FactView<'address'> = {
			shown: head(after),
			heads: [head(after)],
			past: [head(before)]
		};
		const places = { nameOf, communeName: nameOf, decideHref: () => '' };
		const props = { name: 'address' as const, view, nowMs: 0, ...places };
		const [shown, past] = render(FactRow, { props }).body.split('<details');
		expect(shown).toContain('Xã mới');
		expect(past).toContain('Xã cũ');
	});
});

describe('the moment of writing', () => {
	it('is said to be unknown where it is not readable', () => {
		const recorded = { ms: 0, counter: 0 };
		expect(recordedMoment({ recorded }, Date.UTC(2026, 10, 24))).toBe('Chưa đọc được ngày');
	});
});
