/**
 * Digest of a set of entries: the sum of their ids modulo 2^128. Order does not matter, adding and
 * removing are one addition. It finds differences; it is no security boundary (sums can be forged).
 */
import { idToBytes } from '#lib/domain/ids.ts';

export const DIGEST_BYTES = 16;
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

export function digestOf(ids: Iterable<string>): Digest {
	let digest = EMPTY_DIGEST;
	for (const id of ids) digest = addToDigest(digest, id);
	return digest;
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
