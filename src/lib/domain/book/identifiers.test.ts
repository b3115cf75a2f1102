import { describe, expect, it } from 'vitest';
import {
	identifierKindsOf,
	identifierSchema,
	isIdentifierOf,
	normaliseIdentifier,
	type IdentifierKind
} from './identifiers.ts';

describe('an identifier', () => {
	it.each<[IdentifierKind, string]>([
		['personal', '001126000001'],
		['oldCard', '012345678'],
		['passport', 'C1234567'],
		['passport', '750123456'],
		['birthNote', '00012.GCS.01001.26'],
		['insurance', 'TE1010112345678'],
		['insurance', '0112345678'],
		['temporary', 'T-SB2-261124-03']
	])('of kind %s may be %s', (kind, value) => {
		expect(isIdentifierOf(kind, value)).toBe(true);
		expect(identifierSchema(kind).safeParse({ value, source: 'card' }).success).toBe(true);
	});

	it.each<[IdentifierKind, string]>([
		['personal', '00112600000'],
		['personal', '0011260000011'],
		['personal', '00112600000O'],
		['personal', '００１１２６０００００１'],
		['oldCard', '0123456789'],
		['oldCard', '01234567'],
		['passport', 'C123'],
		['passport', 'c1234567'],
		['passport', '001126000001'],
		['passport', 'C'.repeat(21)],
		['birthNote', '12.GCS.01001.26'],
		['birthNote', '00012.GSC.01001.26'],
		['insurance', 'T11010112345678'],
		['insurance', 'TE0010112345678'],
		['insurance', 'TE6010112345678'],
		['insurance', '01123456789'],
		['temporary', '001126000001'],
		['temporary', 'T-SB2-26112-03'],
		['temporary', 'T-SB2-261124-3'],
		['temporary', 'T-SB2-261124-00'],
		['temporary', 'T-SB2-261124-003'],
		['temporary', 'T-SB02-261124-03'],
		['temporary', 'T-SB2-261340-03'],
		['temporary', 'T-12345678-261124-03'],
		['personal', '001126000001\n'],
		['personal', '']
	])('of kind %s may not be %j', (kind, value) => {
		expect(isIdentifierOf(kind, value)).toBe(false);
		const parsed = identifierSchema(kind).safeParse({ value, source: 'card' });
		expect(parsed.success).toBe(false);
	});

	it('has a source from the list and a validity of dates that exist', () => {
		const schema = identifierSchema('personal');
		const right = {
			value: '001126000001',
			source: 'card',
			validFrom: '2026-11',
			validTo: '2040-01-01'
		};
		expect(schema.safeParse(right).success).toBe(true);
		expect(schema.safeParse({ ...right, source: 'heard' }).success).toBe(false);
		expect(schema.safeParse({ value: right.value }).success).toBe(false);
		expect(schema.safeParse({ ...right, validTo: '2040-02-30' }).success).toBe(false);
		expect(schema.safeParse({ ...right, remark: 'x' }).success).toBe(false);
		expect(schema.safeParse({ ...right, validTo: '2026-10-31' }).success).toBe(false);
		expect(schema.safeParse({ ...right, validTo: '2026' }).success).toBe(true);
	});
});

describe('a typed identifier', () => {
	it('loses spaces and gets capitals', () => {
		expect(normaliseIdentifier(' 001 126\u00a0000 001 ')).toBe('001126000001');
		expect(normaliseIdentifier('t-sb2-261124-03')).toBe('T-SB2-261124-03');
		expect(normaliseIdentifier('00012.gcs.01001.26')).toBe('00012.GCS.01001.26');
	});

	it('says which kinds it could be, the likeliest first', () => {
		expect(identifierKindsOf('001126000001')[0]).toBe('personal');
		expect(identifierKindsOf('012345678')[0]).toBe('oldCard');
		expect(identifierKindsOf('0112345678')).toContain('insurance');
		expect(identifierKindsOf('x')).toEqual([]);
	});

	it('that is a temporary code can be nothing else', () => {
		expect(identifierKindsOf('T-SB2-261124-03')).toEqual(['temporary']);
	});
});
