/**
 * A parcel: one signed entry, sealed on a tablet for the server's sealing key, so that a tablet that is locked,
 * wiped or revoked can still send it and nobody else can read it. ECDH on P-256 with a key of the sender that
 * lasts one session, HKDF-SHA-256, AES-256-GCM: the base mode of RFC 9180 in spirit, in the parts that browsers
 * offer. Layout: 1 byte of version, 16 of the sealing key's id, 65 of the sender's point, 12 of nonce, the sealed
 * bytes with their tag. Everything before the nonce is authenticated with them.
 */
import { decodeCanonical, encodeCanonical, NotCanonical } from '#lib/entry/canonical.ts';
import { idToBytes, type KeyId } from '#lib/domain/ids.ts';
import { pushedEntrySchema, type PushedEntry } from './messages.ts';

export const PARCEL_KEY_USE = new TextEncoder().encode('so-suc-khoe parcel 1');
export const PARCEL_NONCE_BYTES = 12;
const VERSION = 1;
const KEY_ID_BYTES = 16;
const POINT_BYTES = 65;
const HEAD_BYTES = 1 + KEY_ID_BYTES + POINT_BYTES;
const TAG_BYTES = 16;

export function parcelHead(key: KeyId, senderPoint: Uint8Array): Uint8Array {
	const head = new Uint8Array(HEAD_BYTES);
	head[0] = VERSION;
	head.set(idToBytes(key), 1);
	head.set(senderPoint, 1 + KEY_ID_BYTES);
	return head;
}

export interface ParcelParts {
	head: Uint8Array;
	keyId: Uint8Array;
	senderPoint: Uint8Array;
	nonce: Uint8Array;
	sealed: Uint8Array;
}

/** Nothing when the bytes have not the form of a parcel of this version. */
export function splitParcel(parcel: Uint8Array): ParcelParts | undefined {
	if (parcel.length < HEAD_BYTES + PARCEL_NONCE_BYTES + TAG_BYTES || parcel[0] !== VERSION)
		return undefined;
	const head = parcel.subarray(0, HEAD_BYTES);
	return {
		head,
		keyId: head.subarray(1, 1 + KEY_ID_BYTES),
		senderPoint: head.subarray(1 + KEY_ID_BYTES),
		nonce: parcel.subarray(HEAD_BYTES, HEAD_BYTES + PARCEL_NONCE_BYTES),
		sealed: parcel.subarray(HEAD_BYTES + PARCEL_NONCE_BYTES)
	};
}

export function joinParcel(head: Uint8Array, nonce: Uint8Array, sealed: Uint8Array): Uint8Array {
	const parcel = new Uint8Array(head.length + nonce.length + sealed.length);
	parcel.set(head);
	parcel.set(nonce, head.length);
	parcel.set(sealed, head.length + nonce.length);
	return parcel;
}

export function encodeParcelContent({ entry, signature }: PushedEntry): Uint8Array {
	return encodeCanonical({ entry, signature });
}

/** Nothing when the bytes are no entry with a signature. */
export function decodeParcelContent(bytes: Uint8Array): PushedEntry | undefined {
	try {
		return pushedEntrySchema.safeParse(decodeCanonical(bytes)).data;
	} catch (error) {
		if (error instanceof NotCanonical) return undefined;
		throw error;
	}
}
