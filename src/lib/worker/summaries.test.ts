import { describe, expect, it } from 'vitest';
import type { BookId, KeyId, PersonId } from '#lib/domain/ids.ts';
import { projectSummary } from '#lib/domain/projections/project-summary.ts';
import {
	clinicalDateOf,
	type ClinicalDate,
	type ClinicalTime
} from '#lib/domain/time/clinical-time.ts';
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

	it('say of entries of every kind what the whole book says of them', () => {
		const at = (minute: number) => ({
			book: BOOK,
			occurred: `2026-11-24T08:${minute + 10}` as ClinicalTime,
			recorded: { ms: 1_790_000_000_000 + minute, counter: 0 },
			author: { person: ID as PersonId, role: 'nurse', facility: '14021', key: ID as KeyId }
		});
		const entries = [
			facts,
			buildEntry({
				...at(1),
				kind: 'guardianLink',
				class: 'event',
				body: { relation: 'mother', name: 'Triệu Mùi', phone: '0912345678' }
			}),
			buildEntry({
				...at(2),
				kind: 'allergy',
				class: 'safety',
				body: {
					finding: 'allergy',
					substance: 'Penicillin',
					category: 'drug',
					severity: 'severe'
				}
			}),
			buildEntry({
				...at(3),
				kind: 'visit',
				class: 'event',
				body: { reason: 'Ho', followUp: { date: '2027-01-05' as ClinicalDate } }
			}),
			buildEntry({
				...at(4),
				kind: 'immunization',
				class: 'event',
				body: { product: { name: 'BCG' }, antigens: ['BCG'], lot: 'L' }
			} as never)
		];
		const dose = entries.at(-1) ?? expect.unreachable();
		const voided = buildEntry({
			...at(5),
			kind: 'void',
			class: 'event',
			effect: 'voids',
			body: {},
			basedOn: [{ id: dose.id }],
			reason: 'Ghi nhầm'
		});
		const all = [...entries, voided];
		const whole = projectSummary(
			BOOK,
			all.map(({ entry }) => entry),
			clinicalDateOf(1_790_000_000_000)
		);
		expect(decodeSummary(summaries.summarise(BOOK, all))).toEqual(whole);
		expect(whole).toMatchObject({
			allergies: 1,
			followUp: '2027-01-05',
			guardianPhone: '0912345678'
		});
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
