/**
 * Signatures of a world: a keyed hash in most seeds, real ES256 in some. Both are synchronous inside and
 * make the same keys for the same seed; only the ES256 signatures themselves are random, so they stay
 * out of the trace.
 */
import { createECDH, createHash, createPrivateKey, sign, type KeyObject } from 'node:crypto';
import { PUBLIC_KEY_BYTES, type Signer, type Verifier } from '#lib/entry/signing.ts';
import { certificateToSign, encodeCertificate } from '#lib/protocol/certificate.ts';
import type { KeyMaker } from '#lib/vault/keys.ts';
import type { IssuingKey } from '../../sync-server/auth/issuing-key.ts';
import { createVerifier } from '../../sync-server/sync/verify-signature.ts';
import type { Random } from './random.ts';

export interface Signatures {
	createKeyMaker(random: Random): KeyMaker;
	createIssuingKey(random: Random): IssuingKey;
	verify: Verifier;
}

interface Kind {
	publicKeyOf: (secret: Uint8Array) => Uint8Array;
	signerOf: (secret: Uint8Array) => (bytes: Uint8Array) => Uint8Array;
	verify: Verifier;
}

const SECRET_BYTES = 32;

export function createSignatures(kind: 'keyed-hash' | 'es256'): Signatures {
	const { publicKeyOf, signerOf, verify } = kind === 'es256' ? es256() : keyedHash();
	const newSecret = (random: Random): Uint8Array => {
		const secret = random.bytes(SECRET_BYTES);
		// Below the order of the curve, and not zero.
		secret[0] = 1;
		return secret;
	};
	return {
		verify,
		createKeyMaker: (random) => ({
			createKey: async () => {
				const secret = newSecret(random);
				return { privateKey: { secret }, publicKey: publicKeyOf(secret) };
			},
			signerOf: ({ privateKey }): Signer => {
				const signWith = signerOf(secretOf(privateKey));
				return async (bytes) => signWith(bytes);
			},
			createPersonKey: async () => {
				const secret = newSecret(random);
				return { secret, publicKey: publicKeyOf(secret) };
			},
			signerOfPerson: async ({ secret }) => {
				const signWith = signerOf(secret);
				return async (bytes) => signWith(bytes);
			}
		}),
		createIssuingKey: (random) => {
			const secret = newSecret(random);
			const signWith = signerOf(secret);
			return {
				publicKey: publicKeyOf(secret),
				formerKeys: [],
				issue: (content) => {
					const bytes = encodeCertificate(content);
					return { bytes, signature: signWith(certificateToSign(bytes)) };
				}
			};
		}
	};
}

function secretOf(privateKey: object): Uint8Array {
	if ('secret' in privateKey && privateKey.secret instanceof Uint8Array) return privateKey.secret;
	throw new Error('the stored signing key is not a key');
}

/** The secret signs through its public key, so a signature still belongs to one key only. */
function keyedHash(): Kind {
	const publicKeyOf = (secret: Uint8Array): Uint8Array => {
		const key = new Uint8Array(PUBLIC_KEY_BYTES).fill(4);
		key.set(createHash('sha512').update(secret).digest(), 1);
		return key;
	};
	const signatureBy = (publicKey: Uint8Array, bytes: Uint8Array): Buffer =>
		createHash('sha512').update(publicKey).update(bytes).digest();
	return {
		publicKeyOf,
		signerOf: (secret) => {
			const publicKey = publicKeyOf(secret);
			return (bytes) => new Uint8Array(signatureBy(publicKey, bytes));
		},
		verify: async (publicKey, bytes, signature) => signatureBy(publicKey, bytes).equals(signature)
	};
}

function es256(): Kind {
	const publicKeyOf = (secret: Uint8Array): Uint8Array => {
		const curve = createECDH('prime256v1');
		curve.setPrivateKey(secret);
		return new Uint8Array(curve.getPublicKey());
	};
	return {
		publicKeyOf,
		signerOf: (secret) => {
			const key = privateKeyOf(secret, publicKeyOf(secret));
			return (bytes) => new Uint8Array(sign('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }));
		},
		verify: createVerifier()
	};
}

function privateKeyOf(secret: Uint8Array, publicKey: Uint8Array): KeyObject {
	const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
	const [x, y] = [text(publicKey.subarray(1, 33)), text(publicKey.subarray(33))];
	return createPrivateKey({
		key: { kty: 'EC', crv: 'P-256', x, y, d: text(secret) },
		format: 'jwk'
	});
}
