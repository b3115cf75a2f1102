/**
 * The key to which tablets seal what they have not sent (`protocol/parcel.ts`). It is kept apart from the database,
 * like the issuing key: a restored server still opens what any tablet sealed before.
 */
import { createECDH, createDecipheriv, hkdfSync } from 'node:crypto';
import { keyIdOf } from '#lib/entry/signing.ts';
import type { PushedEntry } from '#lib/protocol/messages.ts';
import { decodeParcelContent, PARCEL_KEY_USE, splitParcel } from '#lib/protocol/parcel.ts';
import { bytesToId } from '#lib/domain/ids.ts';

const CURVE = 'prime256v1';
const TAG_BYTES = 16;
const KEY_BYTES = 32;

export interface SealingKey {
	/** Uncompressed P-256 point, 65 bytes. */
	publicKey: Uint8Array;
	/** Nothing when the parcel was sealed to another key, or altered. */
	open(parcel: Uint8Array): PushedEntry | undefined;
}

/** `secret`: 32 random bytes, from which the private key is computed. */
export function createSealingKey(secret: Uint8Array): SealingKey {
	const pair = createECDH(CURVE);
	pair.setPrivateKey(privateKeyOf(secret));
	const publicKey = new Uint8Array(pair.getPublicKey());
	const keyId = keyIdOf(publicKey);
	return {
		publicKey,
		open: (parcel) => {
			const parts = splitParcel(parcel);
			if (parts === undefined || bytesToId(parts.keyId) !== keyId) return undefined;
			try {
				const shared = pair.computeSecret(parts.senderPoint);
				const key = hkdfSync('sha256', shared, parts.head, PARCEL_KEY_USE, KEY_BYTES);
				const tagAt = parts.sealed.length - TAG_BYTES;
				const cipher = createDecipheriv('aes-256-gcm', new Uint8Array(key), parts.nonce);
				cipher.setAAD(parts.head);
				cipher.setAuthTag(parts.sealed.subarray(tagAt));
				const plain = [cipher.update(parts.sealed.subarray(0, tagAt)), cipher.final()];
				return decodeParcelContent(new Uint8Array(Buffer.concat(plain)));
			} catch {
				// A point that is not on the curve, or a tag that does not fit.
				return undefined;
			}
		}
	};
}

/** A number below the order of the curve, and not zero: the first byte sees to both. */
function privateKeyOf(secret: Uint8Array): Uint8Array {
	const use = new TextEncoder().encode('so-suc-khoe sealing key 1');
	const scalar = new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(), use, KEY_BYTES));
	scalar[0] = 1;
	return scalar;
}
