/**
 * Digest of a set of entries: the sum of their ids modulo 2^128. Order does not matter, adding and
 * removing are one addition. It finds differences; it is no security boundary (sums can be forged).
 */
import { idToBytes } from '#lib/domain/ids.ts';

export const DIGEST_BYTES = 16;
const WORDS = 4;
const TWO_TO_32 = 2 ** 32;
/** Well before a sum of words reaches what a number can hold exactly. */
const IDS_PER_CARRY = 1_000_000;
const MODULUS_MASK = (1n << 128n) - 1n;

export type Digest = bigint;
export const EMPTY_DIGEST: Digest = 0n;

export function addToDigest(digest: Digest, id: string): Digest {
	return (digest + bytesToDigest(idToBytes(id))) & MODULUS_MASK;
}

export function sumDigests(digests: Iterable<Digest>): Digest {
	let sum = EMPTY_DIGEST;
	for (const digest of digests) sum = (sum + digest) & MODULUS_MASK;
	return sum;
}

export function subtractDigest(from: Digest, digest: Digest): Digest {
	return (from - digest) & MODULUS_MASK;
}

/** Added up as plain numbers, of 32 bits each: many ids cost no large integer each. */
export function digestOf(ids: Iterable<string>): Digest {
	const sums = [0, 0, 0, 0];
	let count = 0;
	for (const id of ids) {
		const bytes = idToBytes(id);
		for (let word = 0; word < WORDS; word++)
			sums[word] = (sums[word] ?? 0) + wordAt(bytes, word * 4);
		if (++count % IDS_PER_CARRY === 0) carry(sums);
	}
	carry(sums);
	return sums.reduce((digest, word) => (digest << 32n) | BigInt(word), 0n);
}

/** Modulo 2^128. */
function carry(sums: number[]): void {
	let over = 0;
	for (let word = WORDS - 1; word >= 0; word--) {
		const sum = (sums[word] ?? 0) + over;
		sums[word] = sum % TWO_TO_32;
		over = Math.floor(sum / TWO_TO_32);
	}
}

function wordAt(bytes: Uint8Array, at: number): number {
	const high = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
	const low = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
	return high * 65_536 + low;
}

export function digestToBytes(digest: Digest): Uint8Array {
	const bytes = new Uint8Array(DIGEST_BYTES);
	let rest = digest;
	for (let i = DIGEST_BYTES - 1; i >= 0; i--) {
		bytes[i] = Number(rest & 255n);
		rest >>= 8n;
	}
	return bytes;
}

export function bytesToDigest(bytes: Uint8Array): Digest {
	const view = new DataView(bytes.buffer, bytes.byteOffset, DIGEST_BYTES);
	return (view.getBigUint64(0) << 64n) | view.getBigUint64(8);
}
