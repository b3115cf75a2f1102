/** Seals entries for the server (`protocol/parcel.ts`) with the browser's own cryptography. */
import type { WebCryptoKey } from '#lib/entry/signing.ts';
import { keyIdOf } from '#lib/entry/signing.ts';
import type { PushedEntry } from '#lib/protocol/messages.ts';
import {
	encodeParcelContent,
	joinParcel,
	PARCEL_KEY_USE,
	PARCEL_NONCE_BYTES,
	parcelHead
} from '#lib/protocol/parcel.ts';

export type SealParcel = (content: PushedEntry) => Promise<Uint8Array>;

/** Makes the sender's key of one session for this sealing key of the server (a point on P-256). */
export type StartSealing = (sealingKey: Uint8Array) => Promise<SealParcel>;

const ECDH = { name: 'ECDH', namedCurve: 'P-256' };
const AES = { name: 'AES-GCM', length: 256 };

export const webCryptoSealing: StartSealing = async (sealingKey) => {
	const recipient = await crypto.subtle.importKey('raw', owned(sealingKey), ECDH, false, []);
	const sender = await crypto.subtle.generateKey(ECDH, false, ['deriveBits']);
	const point = new Uint8Array(await crypto.subtle.exportKey('raw', sender.publicKey));
	const head = owned(parcelHead(keyIdOf(sealingKey), point));
	const key = await sessionKey(sender.privateKey, recipient, head);
	return async (content) => {
		const nonce = crypto.getRandomValues(new Uint8Array(PARCEL_NONCE_BYTES));
		const sealed = await crypto.subtle.encrypt(
			{ name: AES.name, iv: nonce, additionalData: head },
			key,
			owned(encodeParcelContent(content))
		);
		return joinParcel(head, nonce, new Uint8Array(sealed));
	};
};

async function sessionKey(
	sender: WebCryptoKey,
	recipient: WebCryptoKey,
	head: Uint8Array<ArrayBuffer>
): Promise<WebCryptoKey> {
	const secret = await crypto.subtle.deriveBits(
		{ name: ECDH.name, public: recipient },
		sender,
		256
	);
	const material = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
	const rule = { name: 'HKDF', hash: 'SHA-256', salt: head, info: PARCEL_KEY_USE };
	return crypto.subtle.deriveKey(rule, material, AES, false, ['encrypt']);
}

function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
	return new Uint8Array(bytes);
}
