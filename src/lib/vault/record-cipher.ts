/**
 * The data key of this device while somebody is signed in, and what it seals: XChaCha20-Poly1305 with a
 * random nonce of 24 bytes before the sealed bytes. Not AES-GCM of the browser, which is asynchronous: rows are
 * sealed and opened inside transactions, which end when anything else is waited for. Nonces of 192 random bits
 * need no count of what was sealed (draft-irtf-cfrg-xchacha-03, section 2.1).
 */
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { StorageFailed, type RecordCipher } from '#lib/storage/port.ts';

export const DATA_KEY_BYTES = 32;
const NONCE_BYTES = 24;
const TAG_BYTES = 16;

/** Holds the key in memory only. */
export interface Keyring extends RecordCipher {
	use(dataKey: Uint8Array): void;
	forget(): void;
}

export function createKeyring(randomBytes: (count: number) => Uint8Array): Keyring {
	let key: Uint8Array | undefined;
	const heldKey = (): Uint8Array => {
		if (key === undefined) throw new StorageFailed('locked');
		return key;
	};
	return {
		use: (dataKey) => {
			key = dataKey.slice();
		},
		forget: () => {
			key?.fill(0);
			key = undefined;
		},
		seal: (plain, place) => sealBytes(heldKey(), plain, place, randomBytes),
		open: (sealed, place) => openBytes(heldKey(), sealed, place)
	};
}

export function sealBytes(
	key: Uint8Array,
	plain: Uint8Array,
	place: string,
	randomBytes: (count: number) => Uint8Array
): Uint8Array {
	const sealed = new Uint8Array(NONCE_BYTES + plain.length + TAG_BYTES);
	const nonce = randomBytes(NONCE_BYTES);
	sealed.set(nonce);
	const cipher = xchacha20poly1305(key, nonce, new TextEncoder().encode(place));
	cipher.encrypt(plain, sealed.subarray(NONCE_BYTES));
	return sealed;
}

/** Nothing when the bytes were not sealed by this key for this place, or are not whole. */
export function openBytes(
	key: Uint8Array,
	sealed: Uint8Array,
	place: string
): Uint8Array | undefined {
	if (sealed.length < NONCE_BYTES + TAG_BYTES) return undefined;
	const nonce = sealed.subarray(0, NONCE_BYTES);
	try {
		const cipher = xchacha20poly1305(key, nonce, new TextEncoder().encode(place));
		return cipher.decrypt(sealed.subarray(NONCE_BYTES));
	} catch {
		return undefined;
	}
}
