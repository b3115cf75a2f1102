import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENTRY_BYTES_MAX } from '#lib/domain/book/envelope.ts';
import {
	bytesToId,
	idToBytes,
	type BookId,
	type EntryId,
	type KeyId,
	type PersonId
} from '#lib/domain/ids.ts';
import type { ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import { decodeCanonical, encodeCanonical, type CanonicalValue } from './canonical.ts';
import {
	buildEntry,
	bytesToSign,
	entryIdBytesOf,
	entryIdOf,
	EntryNotWellMade,
	readEntry,
	type EntryDraft
} from './entry.ts';

const id = <Id extends string>(fill: number) => bytesToId<Id>(new Uint8Array(16).fill(fill));
const draft: EntryDraft<'visit'> = {
	book: id<BookId>(1),
	kind: 'visit',
	class: 'event',
	body: { reason: 'Ho, sốt nhẹ' },
	occurred: '2026-11-24T08:40' as ClinicalTime,
	recorded: { ms: 1_795_000_000_000, counter: 3, offset: -1_200 },
	author: { person: id<PersonId>(2), role: 'nurse', facility: '01001', key: id<KeyId>(3) }
};
const amendment: EntryDraft<'visit'> = {
	...draft,
	effect: 'replaces',
	basedOn: [{ id: id<EntryId>(9) }],
	reason: 'wrong line'
};

type Fields = { [key: string]: CanonicalValue };

function fieldsOf(bytes: Uint8Array): Fields {
	return decodeCanonical(bytes) as Fields;
}

/** The entry with some of its fields changed or taken away, written canonically. */
function altered(
	bytes: Uint8Array,
	change: Record<string, CanonicalValue | undefined>
): Uint8Array {
	const fields = { ...fieldsOf(bytes), ...change };
	return encodeCanonical(
		Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields
	);
}

/** What is wrong with these bytes. */
function failureOf(bytes: Uint8Array) {
	const read = readEntry(bytes);
	return read.ok ? undefined : read.failure;
}

describe('an entry that was built', () => {
	it('is read back as it was meant', () => {
		const { id: entryId, bytes, entry } = buildEntry(amendment);
		expect(readEntry(bytes)).toEqual({ ok: true, entry });
		expect(entry).toEqual({
			id: entryId,
			envelope: {
				v: 1,
				alg: -7,
				book: draft.book,
				kind: 'visit',
				schema: 1,
				class: 'event',
				effect: 'replaces',
				basedOn: amendment.basedOn,
				label: 'general',
				occurred: draft.occurred,
				recorded: draft.recorded,
				author: draft.author,
				reason: 'wrong line'
			},
			content: { kind: 'visit', body: draft.body }
		});
	});

	it('is known by the first 16 bytes of the SHA-256 of its bytes', () => {
		const { id: entryId, bytes } = buildEntry(draft);
		const hash = createHash('sha256').update(bytes).digest().subarray(0, 16);
		expect(entryId).toBe(hash.toString('base64url'));
		expect(entryIdOf(bytes)).toBe(entryId);
		expect(entryIdBytesOf(bytes)).toEqual(idToBytes(entryId));
	});

	it('has the same bytes for the same statement and others for any other', () => {
		const same = buildEntry({ ...draft, body: { ...draft.body } });
		expect(same.bytes).toEqual(buildEntry(draft).bytes);
		const others: EntryDraft<'visit'>[] = [
			{ ...draft, book: id<BookId>(7) },
			{ ...draft, body: { reason: 'Ho' } },
			{ ...draft, recorded: { ...draft.recorded, counter: 4 } },
			{ ...draft, label: 'restricted' },
			amendment
		];
		const ids = [draft, ...others].map((each) => buildEntry(each).id);
		expect(new Set(ids).size).toBe(6);
	});

	it('leaves out what is absent', () => {
		const withAbsent = { reason: 'Ho, sốt nhẹ', advice: undefined } as unknown as typeof draft.body;
		expect(buildEntry({ ...draft, body: withAbsent }).bytes).toEqual(buildEntry(draft).bytes);
		expect(Object.keys(fieldsOf(buildEntry(draft).bytes))).not.toContain('basedOn');
	});

	it('carries ids as bytes, in the envelope', () => {
		const fields = fieldsOf(buildEntry(amendment).bytes);
		expect(fields['book']).toEqual(new Uint8Array(16).fill(1));
		expect(fields['basedOn']).toEqual([{ id: new Uint8Array(16).fill(9) }]);
		expect(fields['author']).toMatchObject({ person: new Uint8Array(16).fill(2) });
	});

	it('cannot be badly made: the draft is refused with the field, never with what stands in it', () => {
		const secret = 'Nguyễn Thị Bí Mật ';
		let thrown: unknown;
		try {
			buildEntry({ ...draft, body: { reason: secret } });
		} catch (error) {
			thrown = error;
		}
		if (!(thrown instanceof EntryNotWellMade)) throw new Error('not refused');
		expect(thrown.failure).toEqual({ type: 'schema', path: 'reason', code: 'text-not-tidy' });
		expect(thrown.message).not.toContain('Nguyễn');
	});
});

describe('bytes that are no entry', () => {
	const { bytes } = buildEntry(amendment);

	it('may be too large', () => {
		expect(failureOf(new Uint8Array(ENTRY_BYTES_MAX + 1))).toEqual({ type: 'too-large' });
		expect(failureOf(new Uint8Array(ENTRY_BYTES_MAX))).toMatchObject({ type: 'not-canonical' });
	});

	it('may be not canonical', () => {
		expect(failureOf(new Uint8Array(0))).toEqual({ type: 'not-canonical', code: 'cut-short' });
		const trailing = new Uint8Array([...bytes, 0]);
		expect(failureOf(trailing)).toEqual({ type: 'not-canonical', code: 'trailing-bytes' });
	});

	it.each<[string, Fields | CanonicalValue[] | number | string]>([
		['a number', 1],
		['a text', 'entry'],
		['a list', []],
		['an empty map', {}]
	])('may be %s', (_name, value) => {
		expect(failureOf(encodeCanonical(value))).toMatchObject({ type: 'envelope' });
	});

	it.each<[string, Record<string, CanonicalValue | undefined>, string]>([
		['a book written as text', { book: id(1) }, 'book'],
		['a book of 15 bytes', { book: new Uint8Array(15) }, 'book'],
		['no book', { book: undefined }, 'book'],
		['an author who is text', { author: 'nurse' }, 'author'],
		['an author who is a list', { author: [] }, 'author'],
		[
			'a person written as text',
			{ author: { person: id(2), role: 'nurse', key: new Uint8Array(16) } },
			'author.person'
		],
		['a basis written as text', { basedOn: [{ id: id(9) }] }, 'basedOn.0.id'],
		['a basis that is bytes', { basedOn: [new Uint8Array(16)] }, 'basedOn.0.id'],
		['a basis that is a map', { basedOn: {} }, 'basedOn'],
		['version 0', { v: 0 }, 'v'],
		['a version that is text', { v: '1' }, 'v'],
		['another algorithm', { alg: -8 }, 'alg'],
		['a body that is bytes', { body: new Uint8Array(1) }, 'body'],
		['a body that is a list', { body: [] }, 'body'],
		['no body', { body: undefined }, 'body'],
		['a field too many', { urgency: 1 }, '']
	])('may have %s', (_name, change, path) => {
		expect(failureOf(altered(bytes, change))).toMatchObject({ type: 'envelope', path });
	});

	it('may break the schema or the rules of their kind', () => {
		expect(failureOf(altered(bytes, { body: { reason: 1 } }))).toEqual({
			type: 'schema',
			path: 'reason',
			code: 'invalid_type'
		});
		expect(failureOf(altered(bytes, { class: 'safety' }))).toEqual({
			type: 'kind-rule',
			code: 'class'
		});
		expect(failureOf(altered(bytes, { effect: 'voids' }))).toEqual({
			type: 'kind-rule',
			code: 'effect'
		});
	});

	it('are refused as a value, whatever they are', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 200 }), (any) => {
				expect(readEntry(any).ok).toBe(false);
			}),
			{ numRuns: 2_000 }
		);
	});

	it('are never the same entry after any one bit flipped', () => {
		const entryId = entryIdOf(bytes);
		for (let bit = 0; bit < bytes.length * 8; bit++) {
			const flipped = bytes.slice();
			flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
			const read = readEntry(flipped);
			if (read.ok) expect(read.entry.id).not.toBe(entryId);
		}
	});
});

describe('an entry of a later version', () => {
	const { bytes } = buildEntry(amendment);

	it('of an unknown kind is read as far as it is known', () => {
		const read = readEntry(
			altered(bytes, { kind: 'bodyMap', body: { anything: [1, { a: true }] } })
		);
		expect(read).toMatchObject({
			ok: true,
			entry: {
				content: { kind: 'unknown' },
				envelope: { kind: 'bodyMap', effect: 'replaces', basedOn: amendment.basedOn }
			}
		});
	});

	it('of a newer schema is unknown, not refused', () => {
		const read = readEntry(altered(bytes, { schema: 2, body: { reason: 1 } }));
		expect(read).toMatchObject({ ok: true, entry: { content: { kind: 'unknown' } } });
	});

	it('of a newer envelope is unknown, keeps its id and may say more', () => {
		const newer = altered(bytes, { v: 2, alg: -50, urgency: 'high' });
		expect(readEntry(newer)).toMatchObject({
			ok: true,
			entry: { id: entryIdOf(newer), content: { kind: 'unknown' }, envelope: { v: 2 } }
		});
	});

	it('may say anything new in any place but book and author', () => {
		const newer = altered(bytes, {
			v: 2,
			class: 'plan',
			effect: 'suspends',
			label: 'sealed',
			occurred: { from: '2026-11-24' },
			recorded: { ms: 1_795_000_000_000, counter: 3, zone: 7 },
			basedOn: [{ id: new Uint8Array(16).fill(9), since: '2026' }],
			author: { ...(fieldsOf(bytes)['author'] as Fields), title: 'Dr' },
			body: [1, 2]
		});
		expect(readEntry(newer)).toMatchObject({
			ok: true,
			entry: {
				content: { kind: 'unknown' },
				envelope: { author: draft.author, effect: 'unknown', basedOn: amendment.basedOn }
			}
		});
	});

	it('of a known kind has the classes, effects and labels of version 1', () => {
		for (const field of ['class', 'effect', 'label'])
			expect(failureOf(altered(bytes, { [field]: 'later' }))).toMatchObject({ path: field });
		const ofUnknownKind = { kind: 'bodyMap', class: 'plan', effect: 'suspends', label: 'sealed' };
		expect(readEntry(altered(bytes, ofUnknownKind))).toMatchObject({ ok: true });
	});

	it('must still say what every version says', () => {
		expect(failureOf(altered(bytes, { v: 2, author: undefined }))).toMatchObject({
			type: 'envelope'
		});
	});
});

describe('what is signed', () => {
	it('is the context of entries, then the bytes', () => {
		const { bytes } = buildEntry(draft);
		const signed = bytesToSign(bytes);
		const context = 'so-suc-khoe entry 1\0';
		expect(new TextDecoder().decode(signed.slice(0, context.length))).toBe(context);
		expect(signed.slice(context.length)).toEqual(bytes);
	});
});
