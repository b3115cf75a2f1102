/** The server's end of a parcel for tests of the tablet: opens what was sealed to its key. */
import { keyIdOf } from '#lib/entry/signing.ts';
import { bytesToId } from '#lib/domain/ids.ts';
import type { PushedEntry } from '#lib/protocol/messages.ts';
import { decodeParcelContent, PARCEL_KEY_USE, splitParcel } from '#lib/protocol/parcel.ts';

const ECDH = { name: 'ECDH', namedCurve: 'P-256' };
const pair = await crypto.subtle.generateKey(ECDH, false, ['deriveBits']);

export const SEALING_POINT = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));

export async function openParcel(parcel: Uint8Array): Promise<PushedEntry | undefined> {
	const parts = splitParcel(new Uint8Array(parcel));
	if (parts === undefined || bytesToId(parts.keyId) !== keyIdOf(SEALING_POINT)) return undefined;
	const owned = (part: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(part);
	const sender = await crypto.subtle.importKey('raw', owned(parts.senderPoint), ECDH, false, []);
	const secret = await crypto.subtle.deriveBits(
		{ name: 'ECDH', public: sender },
		pair.privateKey,
		256
	);
	const material = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
	const key = await crypto.subtle.deriveKey(
		{ name: 'HKDF', hash: 'SHA-256', salt: owned(parts.head), info: PARCEL_KEY_USE },
		material,
		{ name: 'AES-GCM', length: 256 },
		false,
		['decrypt']
	);
	const rule = {
		name: 'AES-GCM',
		iv: owned(parts.nonce),
		additionalData: owned(parts.head)
	};
	try {
		return decodeParcelContent(
			new Uint8Array(await crypto.subtle.decrypt(rule, key, owned(parts.sealed)))
		);
	} catch {
		return undefined;
	}
}
