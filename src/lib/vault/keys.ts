/**
 * Signing keys of this device. The device's own cannot be exported and is kept as the opaque value its maker
 * returned. A person's is bytes, which lie on this device in that person's slot only, and become a key that
 * cannot be exported while the person is signed in. Passed in as a port, so that the simulation can sign with
 * a keyed hash.
 */
import { P256, webCryptoSigner, type Signer, type WebCryptoKey } from '#lib/entry/signing.ts';

/** The device's. */
export interface SigningKey {
	/** Structured-cloneable; only its maker can use it. */
	privateKey: object;
	/** Uncompressed P-256 point, 65 bytes. */
	publicKey: Uint8Array;
}

/** One person's on this device. */
export interface PersonKey {
	/** The private half, as its maker wrote it. */
	secret: Uint8Array;
	/** Uncompressed P-256 point, 65 bytes. */
	publicKey: Uint8Array;
}

export interface KeyMaker {
	createKey(): Promise<SigningKey>;
	/** Signs with a key this maker created, also one that was stored and read back. */
	signerOf(key: SigningKey): Signer;
	createPersonKey(): Promise<PersonKey>;
	signerOfPerson(key: PersonKey): Promise<Signer>;
}

export function webCryptoKeyMaker(): KeyMaker {
	return {
		createKey: async () => {
			const pair = await crypto.subtle.generateKey(P256, false, ['sign', 'verify']);
			return { privateKey: pair.privateKey, publicKey: await pointOf(pair.publicKey) };
		},
		signerOf: (key) => {
			if (!isPrivateKey(key.privateKey)) throw new Error('the stored signing key is not a key');
			return webCryptoSigner(key.privateKey);
		},
		createPersonKey: async () => {
			const pair = await crypto.subtle.generateKey(P256, true, ['sign', 'verify']);
			const secret = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey));
			return { secret, publicKey: await pointOf(pair.publicKey) };
		},
		signerOfPerson: async ({ secret }) => {
			const pkcs8 = new Uint8Array(secret);
			return webCryptoSigner(await crypto.subtle.importKey('pkcs8', pkcs8, P256, false, ['sign']));
		}
	};
}

async function pointOf(publicKey: WebCryptoKey): Promise<Uint8Array> {
	return new Uint8Array(await crypto.subtle.exportKey('raw', publicKey));
}

function isPrivateKey(value: object): value is WebCryptoKey {
	return value instanceof CryptoKey && value.type === 'private';
}
