import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IDENTIFIER_KINDS } from '#lib/domain/book/identifiers.ts';
import { guardianRelationSchema } from '#lib/domain/book/other-kinds.ts';
import { bytesToId, type BookId } from '#lib/domain/ids.ts';
import type { PersonSummary } from '#lib/domain/people/person-summary.ts';
import type { ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import { decodeCanonical, encodeCanonical } from './canonical.ts';
import { decodeSummary, encodeSummary } from './person-summary-codec.ts';

const text = fc.constantFrom('Nguyễn Thị Mai', 'An', 'Thôn Đoài', '00004', '0912345678');
const time = fc.constantFrom('2026', '2026-11', '2026-11-24', '2026-11-24T08:40');
const count = fc.nat(10_000);

const numbers = fc.array(fc.record({ kind: fc.constantFrom(...IDENTIFIER_KINDS), value: text }));

const summaries: fc.Arbitrary<PersonSummary> = fc
	.record(
		{
			book: fc
				.uint8Array({ minLength: 16, maxLength: 16 })
				.map((bytes) => bytesToId<BookId>(bytes)),
			names: fc.array(text),
			birthDate: time.map((stated) => stated as ClinicalTime),
			otherBirthDates: fc.array(time.map((stated) => stated as ClinicalTime)),
			sex: fc.constantFrom('female', 'male', 'unknown'),
			commune: text,
			village: text,
			household: text,
			phones: fc.array(text),
			identifiers: numbers,
			pastIdentifiers: numbers,
			guardians: fc.array(
				fc.record({ name: text, relation: fc.constantFrom(...guardianRelationSchema.options) })
			),
			guardianPhone: text,
			allergies: count,
			conflicts: count,
			needsUpdate: count,
			lastSeen: time.map((stated) => stated as ClinicalTime),
			followUp: time.map((stated) => stated as ClinicalTime),
			entries: count
		},
		{
			requiredKeys: [
				'book',
				'names',
				'phones',
				'identifiers',
				'guardians',
				'allergies',
				'conflicts',
				'needsUpdate',
				'entries'
			]
		}
	)
	.map((summary) => summary as PersonSummary);

const mai: PersonSummary = {
	book: bytesToId<BookId>(new Uint8Array(16)),
	names: ['Nguyễn Thị Mai'],
	phones: ['0912345678'],
	identifiers: [{ kind: 'personal', value: '001126000001' }],
	guardians: [{ name: 'Lê Thị Lan', relation: 'mother' }],
	birthDate: '2026-11-02' as ClinicalTime,
	sex: 'female',
	allergies: 0,
	conflicts: 0,
	needsUpdate: 0,
	entries: 6
};

/** The bytes of Mai with one field set or taken away. */
function altered(field: string, value: unknown): Uint8Array {
	const fields = decodeCanonical(encodeSummary(mai));
	const { [field]: _old, ...rest } = fields as Record<string, never>;
	return encodeCanonical(value === undefined ? rest : { ...rest, [field]: value as never });
}

describe('a summary as bytes', () => {
	it('comes back as it was', () => {
		fc.assert(
			fc.property(summaries, (summary) => {
				expect(decodeSummary(encodeSummary(summary))).toEqual(summary);
			})
		);
	});

	it('is small', () => {
		expect(encodeSummary(mai).length).toBeLessThan(120);
	});

	it('of another version is no summary', () => {
		expect(decodeSummary(altered('z', 1))).toBeUndefined();
		expect(decodeSummary(altered('z', undefined))).toBeUndefined();
	});

	it.each([
		['b', new Uint8Array(15)],
		['b', 'text'],
		['n', [1]],
		['n', 'An'],
		['n', undefined],
		['i', [0]],
		['i', [99, 'x']],
		['i', ['x', 'y']],
		['i', 1],
		['c', [1, 2, 3]],
		['c', [1, 2, 3, -1]],
		['c', 'x'],
		['p', [true]],
		['g', {}],
		['g', ['Lê Thị Lan']],
		['g', ['Lê Thị Lan', 'Trần Văn Hùng']],
		['g', [6, 'Lê Thị Lan']],
		['k', 912],
		['d', '2026-02-30'],
		['l', 20],
		['f', 'soon'],
		['s', 7],
		['m', 1],
		['v', true],
		['h', [1]],
		['o', ['x', 'y']],
		['o', 1],
		['e', '2026-11-02'],
		['e', ['2026-02-30']],
		['e', [1]]
	])('with a damaged field %s (%j) is no summary', (field, value) => {
		expect(decodeSummary(encodeSummary(mai))).toEqual(mai);
		expect(decodeSummary(altered(field, value))).toBeUndefined();
	});

	it('is not made out of anything else', () => {
		for (const other of [new Uint8Array(0), encodeCanonical([]), encodeCanonical(1)])
			expect(decodeSummary(other)).toBeUndefined();
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
				expect(decodeSummary(bytes)).toBeUndefined();
			})
		);
	});
});
