/**
 * Identifiers as the domain sees them: 16 bytes written as 22 characters of base64url, so that they can
 * be map keys, URL parts and database keys. On the wire and inside entries they are bytes.
 */
import { z } from 'zod';

const ID_BYTES = 16;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const ID_PATTERN = /^[A-Za-z0-9_-]{21}[AQgw]$/;

/** One person's health book (a UUIDv7 minted where the person is first met). */
export type BookId = string & { readonly __id: 'book' };
/** One entry: the first 16 bytes of the SHA-256 of its canonical bytes. */
export type EntryId = string & { readonly __id: 'entry' };
/** A practitioner, or a citizen who writes. */
export type PersonId = string & { readonly __id: 'person' };
/** Thumbprint of a public key: first 16 bytes of SHA-256 over the uncompressed point. */
export type KeyId = string & { readonly __id: 'key' };
/** One tablet, browser or agent. */
export type DeviceId = string & { readonly __id: 'device' };

const idText = z.string().regex(ID_PATTERN);
export const bookIdSchema = idText.transform((text) => text as BookId);
export const entryIdSchema = idText.transform((text) => text as EntryId);

export function isIdText(text: string): boolean {
	return ID_PATTERN.test(text);
}

/** Bytes to id text. Throws when there are not exactly 16 bytes: that is a broken invariant. */
export function bytesToId<Id extends string>(bytes: Uint8Array): Id {
	if (bytes.length !== ID_BYTES) throw new RangeError(`an id has 16 bytes, not ${bytes.length}`);
	let text = '';
	for (let i = 0; i < 15; i += 3) {
		const word = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
		text +=
			charAt(word >> 18) + charAt((word >> 12) & 63) + charAt((word >> 6) & 63) + charAt(word & 63);
	}
	const last = bytes[15] ?? 0;
	return (text + charAt(last >> 2) + charAt((last & 3) << 4)) as Id;
}

/** Id text to its 16 bytes. Throws when the text is not an id. */
export function idToBytes(id: string): Uint8Array {
	if (!ID_PATTERN.test(id)) throw new RangeError('not an id');
	const bytes = new Uint8Array(ID_BYTES);
	let bits = 0;
	let bitCount = 0;
	let at = 0;
	for (const char of id) {
		bits = (bits << 6) | ALPHABET.indexOf(char);
		bitCount += 6;
		if (bitCount >= 8 && at < ID_BYTES) {
			bitCount -= 8;
			bytes[at++] = (bits >> bitCount) & 255;
			bits &= (1 << bitCount) - 1;
		}
	}
	return bytes;
}

/**
 * A new UUIDv7 (RFC 9562): 48 bits of milliseconds, then randomness. Books minted in one morning lie
 * together; nothing relies on the time in it.
 */
export function createUuidV7(
	nowMs: number,
	randomBytes: (count: number) => Uint8Array
): Uint8Array {
	const bytes = randomBytes(ID_BYTES).slice(0, ID_BYTES);
	let rest = nowMs;
	for (let i = 5; i >= 0; i--) {
		bytes[i] = rest % 256;
		rest = Math.floor(rest / 256);
	}
	bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
	bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
	return bytes;
}

function charAt(index: number): string {
	return ALPHABET.charAt(index);
}
