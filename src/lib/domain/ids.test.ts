import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	bookIdSchema,
	bytesToId,
	createUuidV7,
	entryIdSchema,
	idToBytes,
	isIdText
} from './ids.ts';

const idBytes = fc.uint8Array({ minLength: 16, maxLength: 16 });

describe('an id', () => {
	it('is its 16 bytes in base64url, both ways', () => {
		fc.assert(
			fc.property(idBytes, (bytes) => {
				const id = bytesToId(bytes);
				expect(id).toBe(Buffer.from(bytes).toString('base64url'));
				expect(isIdText(id)).toBe(true);
				expect(idToBytes(id)).toEqual(bytes);
			})
		);
	});

	it('has exactly one spelling: bits beyond the 16 bytes must be zero', () => {
		const zero = bytesToId(new Uint8Array(16));
		expect(zero).toBe('A'.repeat(22));
		for (const last of 'BCDEFGHxyz0123456789-_')
			expect(isIdText(zero.slice(0, 21) + last)).toBe(false);
		for (const last of 'AQgw') expect(isIdText(zero.slice(0, 21) + last)).toBe(true);
	});

	it.each([15, 17, 0])('is not made of %d bytes', (length) => {
		expect(() => bytesToId(new Uint8Array(length))).toThrow('16 bytes');
	});

	it.each([
		'',
		'A'.repeat(21),
		'A'.repeat(23),
		`${'A'.repeat(21)}=`,
		`+${'A'.repeat(21)}`,
		`${'A'.repeat(22)}\n`
	])('is not the text %j', (text) => {
		expect(isIdText(text)).toBe(false);
		expect(() => idToBytes(text)).toThrow('not an id');
		expect(bookIdSchema.safeParse(text).success).toBe(false);
		expect(entryIdSchema.safeParse(text).success).toBe(false);
	});
});

describe('a new book id', () => {
	const nowMs = Date.UTC(2026, 10, 24, 1, 40);
	const create = (fill: number, ms = nowMs) =>
		createUuidV7(ms, (count) => new Uint8Array(count).fill(fill));

	it('is a UUID of version 7 and the variant of RFC 9562', () => {
		for (const fill of [0, 0xff]) {
			const bytes = create(fill);
			expect((bytes[6] ?? 0) >> 4).toBe(7);
			expect((bytes[8] ?? 0) >> 6).toBe(2);
		}
	});

	it('begins with the milliseconds', () => {
		const text = Buffer.from(create(0xff).slice(0, 6)).toString('hex');
		expect(Number.parseInt(text, 16)).toBe(nowMs);
	});

	it('keeps every other bit random', () => {
		const fixed = create(0x00);
		const random = create(0xff).reduce(
			(bits, byte, at) => bits + bitsSet(byte ^ (fixed[at] ?? 0)),
			0
		);
		expect(random).toBe(74);
	});

	it('does not write into the bytes it was given', () => {
		const given = new Uint8Array(16).fill(9);
		createUuidV7(nowMs, () => given);
		expect(given).toEqual(new Uint8Array(16).fill(9));
	});
});

function bitsSet(byte: number): number {
	return byte === 0 ? 0 : (byte & 1) + bitsSet(byte >> 1);
}
