/**
 * ES256 with Node's own crypto: synchronous, so that a worker thread spends its time on signatures and
 * not on waiting. Keys are imported once.
 */
import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { PUBLIC_KEY_BYTES, type Verifier } from '#lib/entry/signing.ts';

const KEYS_CACHED_MAX = 2_048;
const COORDINATE_BYTES = 32;

export type SyncVerifier = (
	publicKey: Uint8Array,
	bytes: Uint8Array,
	signature: Uint8Array
) => boolean;

/** Is this the signature of `bytes` by the key? False for anything that is no key or no signature. */
export function createSyncVerifier(keysCachedMax = KEYS_CACHED_MAX): SyncVerifier {
	const keysByPoint = new Map<string, KeyObject>();
	return (publicKey, bytes, signature) => {
		const point = Buffer.from(publicKey).toString('latin1');
		let key = keysByPoint.get(point);
		if (key === undefined) {
			key = importPoint(publicKey);
			if (key === undefined) return false;
			if (keysByPoint.size >= keysCachedMax) keysByPoint.clear();
			keysByPoint.set(point, key);
		}
		return verify('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }, signature);
	};
}

export function createVerifier(): Verifier {
	const isSignature = createSyncVerifier();
	return async (publicKey, bytes, signature) => isSignature(publicKey, bytes, signature);
}

function importPoint(point: Uint8Array): KeyObject | undefined {
	if (point.length !== PUBLIC_KEY_BYTES || point[0] !== 4) return undefined;
	const bytes = Buffer.from(point);
	const x = bytes.subarray(1, 1 + COORDINATE_BYTES).toString('base64url');
	const y = bytes.subarray(1 + COORDINATE_BYTES).toString('base64url');
	try {
		return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
	} catch {
		return undefined;
	}
}
