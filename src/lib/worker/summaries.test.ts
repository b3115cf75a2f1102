import { describe, expect, it } from 'vitest';
import type { BookId, KeyId, PersonId } from '#lib/domain/ids.ts';
import type { ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import { encodeCanonical } from '#lib/entry/canonical.ts';
import { buildEntry, entryIdOf } from '#lib/entry/entry.ts';
import { decodeSummary } from '#lib/entry/person-summary-codec.ts';
import { createSummaries } from './summaries.ts';

const ID = 'AAAAAAAAAAAAAAAAAAAAAA';
const BOOK = ID as BookId;
const facts = buildEntry({
	book: BOOK,
	kind: 'facts',
	class: 'fact',
	body: { name: 'Bàn Văn Minh', birthDate: '2025-05-14' as ClinicalTime },
	occurred: '2026-11-24T08:40' as ClinicalTime,
	recorded: { ms: 1_790_000_000_000, counter: 0 },
	author: { person: ID as PersonId, role: 'nurse', facility: '14021', key: ID as KeyId }
});

describe('summaries of a page', () => {
	const summaries = createSummaries({ nowMs: () => 1_790_000_000_000 });

	it('are stored as bytes and handed once to the list of people', () => {
		const bytes = summaries.summarise(BOOK, [facts]);
		const expected = { book: BOOK, names: ['Bàn Văn Minh'], birthDate: '2025-05-14', entries: 1 };
		expect(decodeSummary(bytes)).toMatchObject(expected);
		expect(summaries.take(BOOK)).toMatchObject(expected);
		expect(summaries.take(BOOK)).toBeUndefined();
	});

	it('bear an entry that the server should never have let through', () => {
		const hostile = encodeCanonical({
			v: 1,
			kind: 'facts',
			schema: 1,
			class: 'fact',
			effect: 'adds',
			occurred: 7,
			recorded: {},
			author: {},
			body: { name: 5, birthDate: [], address: 'x', phone: {} }
		});
		const entry = { id: entryIdOf(hostile), bytes: hostile };
		const bytes = summaries.summarise(BOOK, [facts, entry]);
		expect(decodeSummary(bytes)?.names).toContain('Bàn Văn Minh');
	});
});
