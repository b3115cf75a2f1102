import { describe, expect, it } from 'vitest';
import type { BookId, EntryId, KeyId, PersonId } from '#lib/domain/ids.ts';
import type { ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import type { BookEntry } from '#lib/domain/book/book-entry.ts';
import { encodeCanonical, NotCanonical } from './canonical.ts';
import { buildEntry, entryIdOf, readEntry, type EntryDraft } from './entry.ts';
import { readJudgedEntry } from './judged-entry.ts';

const ID = 'AAAAAAAAAAAAAAAAAAAAAA';
const DRAFT: EntryDraft<'void'> = {
	book: ID as BookId,
	kind: 'void',
	body: {},
	class: 'event',
	effect: 'voids',
	basedOn: [{ id: ID as EntryId }],
	reason: 'Ghi nhầm người',
	occurred: '2026-11-24T08:40' as ClinicalTime,
	recorded: { ms: 1_790_000_000_000, counter: 1 },
	author: { person: ID as PersonId, role: 'nurse', facility: '14021', key: ID as KeyId }
};

describe('an entry that was judged before', () => {
	it('reads as the strict reader reads it, but for its author and a body that nobody needs', () => {
		const { id, bytes } = buildEntry(DRAFT);
		const read = readEntry(bytes);
		expect(withoutAuthor(readJudgedEntry(DRAFT.book, { id, bytes }, () => true))).toEqual(
			withoutAuthor(read.ok && read.entry)
		);
		const dose = buildEntry({
			...DRAFT,
			kind: 'immunization',
			effect: 'adds',
			basedOn: undefined,
			body: { product: { name: 'BCG' }, antigens: ['BCG'], lot: 'L' }
		} as never);
		const strict = readEntry(dose.bytes);
		const needsBody = (kind: string): boolean => kind === 'immunization';
		const judged = readJudgedEntry(DRAFT.book, dose, needsBody);
		expect(withoutAuthor(judged)).toEqual(withoutAuthor(strict.ok && strict.entry));
		const unread = readJudgedEntry(DRAFT.book, dose, () => false);
		expect(unread).toEqual({ ...judged, content: { kind: 'immunization', body: {} } });
	});

	it('is not read at all where a body that is needed is no value', () => {
		const { bytes } = buildEntry(DRAFT);
		const altered = encodeCanonical({ ...STATED, body: { x: 'é' } });
		altered[altered.lastIndexOf(0xc3)] = 0xff;
		const stored = { id: entryIdOf(altered), bytes: altered };
		expect(() => readJudgedEntry(DRAFT.book, stored, () => true)).toThrow(NotCanonical);
		expect(readJudgedEntry(DRAFT.book, stored, () => false).content.kind).toBe('note');
		expect(judged(bytes.subarray(0, -1)).content).toEqual(UNKNOWN);
	});

	it('of a kind or version that is not known here is unknown here too', () => {
		for (const change of [{ kind: 'hologram' }, { schema: 99 }, { v: 2 }])
			expect(judged(encodeCanonical({ ...STATED, ...change })).content).toEqual(UNKNOWN);
	});

	it('is shown as unknown, never left out, when the bytes are no entry', () => {
		for (const bytes of [new Uint8Array(), new Uint8Array([0xff]), encodeCanonical({ v: 1 })])
			expect(judged(bytes)).toMatchObject({ envelope: { book: ID }, content: UNKNOWN });
	});
});

const UNKNOWN = { kind: 'unknown' };
const STATED = { v: 1, kind: 'note', schema: 1, recorded: {}, author: {}, body: {} };

function judged(bytes: Uint8Array) {
	return readJudgedEntry(DRAFT.book, { id: entryIdOf(bytes), bytes }, () => true);
}

function withoutAuthor(entry: BookEntry | false): unknown {
	return entry && { ...entry, envelope: { ...entry.envelope, author: undefined } };
}
