/**
 * The crypto port: passed in, so that the simulation can use a keyed hash and the server cached keys.
 * The WebCrypto implementation runs unchanged in the browser's worker, in Node and in tests.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToId, type KeyId } from '#lib/domain/ids.ts';

/** Signs with one private key that never leaves its holder. ES256, raw r||s, 64 bytes. */
export type Signer = (bytes: Uint8Array) => Promise<Uint8Array>;
/** Is this the signature of `bytes` by the key? `publicKey` is the uncompressed point, 65 bytes. */
export type Verifier = (
	publicKey: Uint8Array,
	bytes: Uint8Array,
	signature: Uint8Array
) => Promise<boolean>;

/** `CryptoKey`, by a name that the browser's and Node's type libraries share. */
export type WebCryptoKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

export const PUBLIC_KEY_BYTES = 65;
const ECDSA = { name: 'ECDSA', hash: 'SHA-256' } as const;
export const P256 = { name: 'ECDSA', namedCurve: 'P-256' } as const;

export function keyIdOf(publicKey: Uint8Array): KeyId {
	return bytesToId<KeyId>(sha256(publicKey).slice(0, 16));
}

export function webCryptoSigner(privateKey: WebCryptoKey): Signer {
	return async (bytes) =>
		new Uint8Array(await crypto.subtle.sign(ECDSA, privateKey, bytes as Uint8Array<ArrayBuffer>));
}

/** Verifies with a small cache of imported keys: importing costs half as much as verifying. */
export function webCryptoVerifier(keysCachedMax = 512): Verifier {
	const keys = new Map<KeyId, WebCryptoKey>();
	return async (publicKey, bytes, signature) => {
		try {
			const id = keyIdOf(publicKey);
			let key = keys.get(id);
			if (key === undefined) {
				key = await crypto.subtle.importKey(
					'raw',
					publicKey as Uint8Array<ArrayBuffer>,
					P256,
					false,
					['verify']
				);
				if (keys.size >= keysCachedMax) keys.delete(keys.keys().next().value ?? id);
				keys.set(id, key);
			}
			return await crypto.subtle.verify(
				ECDSA,
				key,
				signature as Uint8Array<ArrayBuffer>,
				bytes as Uint8Array<ArrayBuffer>
			);
		} catch {
			return false;
		}
	};
}
