/**
 * Signing keys of this device: one for each practitioner and one for the device itself. The private half
 * is not extractable and never leaves this device; it is kept as the opaque value its maker returned.
 * Passed in as a port, so that the simulation can sign with a keyed hash.
 */
import { P256, webCryptoSigner, type Signer, type WebCryptoKey } from '#lib/entry/signing.ts';

export interface SigningKey {
	/** Structured-cloneable; only its maker can use it. */
	privateKey: object;
	/** Uncompressed P-256 point, 65 bytes. */
	publicKey: Uint8Array;
}

export interface KeyMaker {
	createKey(): Promise<SigningKey>;
	/** Signs with a key this maker created, also one that was stored and read back. */
	signerOf(key: SigningKey): Signer;
}

export function webCryptoKeyMaker(): KeyMaker {
	return {
		createKey: async () => {
			const pair = await crypto.subtle.generateKey(P256, false, ['sign', 'verify']);
			const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
			return { privateKey: pair.privateKey, publicKey };
		},
		signerOf: (key) => {
			if (!isPrivateKey(key.privateKey)) throw new Error('the stored signing key is not a key');
			return webCryptoSigner(key.privateKey);
		}
	};
}

function isPrivateKey(value: object): value is WebCryptoKey {
	return value instanceof CryptoKey && value.type === 'private';
}
