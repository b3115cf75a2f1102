import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesToId, type BookId } from '#lib/domain/ids.ts';
import { TOKEN_BYTES_MAX } from '#lib/protocol/limits.ts';
import { decodeToken, encodeToken, type Place } from './token.ts';

const epoch = Uint8Array.of(1, 2, 3, 4, 5, 6);
const seq = fc.integer({ min: 0, max: 2 ** 40 });
const book = fc
	.uint8Array({ minLength: 16, maxLength: 16 })
	.map((bytes) => bytesToId<BookId>(bytes));
const entriesSent = fc.integer({ min: 0, max: 10_000 });
const place: fc.Arbitrary<Place> = fc.oneof(
	fc.record({ at: fc.constant('log' as const), seq }),
	fc.record({ at: fc.constantFrom('snapshot' as const, 'join' as const), seq, book, entriesSent })
);

describe('a token', () => {
	it('reads back as the place it was written for, in at most 32 bytes', () => {
		fc.assert(
			fc.property(place, (place) => {
				const bytes = encodeToken({ epoch, place });
				expect(bytes.length).toBeLessThanOrEqual(TOKEN_BYTES_MAX);
				expect(decodeToken(bytes)).toEqual({ epoch, place });
			})
		);
	});

	it('is nothing when its length or its first byte is another', () => {
		const log = encodeToken({ epoch, place: { at: 'log', seq: 7 } });
		for (const bytes of [
			log.slice(1),
			Uint8Array.of(...log, 0),
			Uint8Array.of(0x20, ...log.slice(1))
		])
			expect(decodeToken(bytes)).toBeUndefined();
		expect(decodeToken(Uint8Array.of(0x11, ...log.slice(1)))).toBeUndefined();
		expect(decodeToken(new Uint8Array())).toBeUndefined();
	});

	it('is not written for a number that does not fit', () => {
		for (const seq of [-1, 0.5, 2 ** 48])
			expect(() => encodeToken({ epoch, place: { at: 'log', seq } })).toThrow(RangeError);
	});
});
