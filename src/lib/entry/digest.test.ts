import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesToId } from '#lib/domain/ids.ts';
import {
	addToDigest,
	bytesToDigest,
	digestOf,
	digestToBytes,
	EMPTY_DIGEST,
	subtractDigest,
	sumDigests
} from './digest.ts';

const ids = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => bytesToId(bytes));
const sets = fc.uniqueArray(ids, { maxLength: 20 });
const MODULUS = 1n << 128n;

describe('the digest of a set of entries', () => {
	it('does not depend on their order', () => {
		fc.assert(
			fc.property(
				sets.chain((set) =>
					fc.tuple(fc.constant(set), fc.shuffledSubarray(set, { minLength: set.length }))
				),
				([set, shuffled]) => {
					expect(digestOf(shuffled)).toBe(digestOf(set));
				}
			)
		);
	});

	it('is the sum of the digests of its parts', () => {
		fc.assert(
			fc.property(sets, sets, (one, other) => {
				const whole = digestOf([...one, ...other]);
				expect(sumDigests([digestOf(one), digestOf(other)])).toBe(whole);
				expect(subtractDigest(whole, digestOf(other))).toBe(digestOf(one));
			})
		);
	});

	it('changes with every entry added', () => {
		fc.assert(
			fc.property(sets, ids, (set, id) => {
				const before = digestOf(set);
				fc.pre(id !== bytesToId(new Uint8Array(16)));
				expect(addToDigest(before, id)).not.toBe(before);
			})
		);
	});

	it('of nothing is zero', () => {
		expect(digestOf([])).toBe(EMPTY_DIGEST);
		expect(sumDigests([])).toBe(EMPTY_DIGEST);
		expect(digestToBytes(EMPTY_DIGEST)).toEqual(new Uint8Array(16));
	});

	it('stays below 2^128, over and under', () => {
		const largest = bytesToId(new Uint8Array(16).fill(255));
		const one = bytesToId(Uint8Array.from({ length: 16 }, (_, at) => (at === 15 ? 1 : 0)));
		expect(digestOf([largest, one])).toBe(0n);
		expect(sumDigests([MODULUS - 1n, 2n])).toBe(1n);
		expect(subtractDigest(0n, 1n)).toBe(MODULUS - 1n);
	});

	it('as 16 bytes, most significant first, is the same digest', () => {
		fc.assert(
			fc.property(fc.bigInt({ min: 0n, max: MODULUS - 1n }), (digest) => {
				const bytes = digestToBytes(digest);
				expect(bytes).toHaveLength(16);
				expect(bytesToDigest(bytes)).toBe(digest);
				expect(BigInt(`0x${Buffer.from(bytes).toString('hex')}`)).toBe(digest);
			})
		);
	});

	it('is read from the middle of a larger buffer', () => {
		const larger = new Uint8Array(40).fill(255);
		larger.set(digestToBytes(7n), 11);
		expect(bytesToDigest(larger.subarray(11, 27))).toBe(7n);
	});
});
