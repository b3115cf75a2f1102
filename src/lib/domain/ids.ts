/**
 * Identifiers as the domain sees them: 16 bytes written as 22 characters of base64url, so that they can
 * be map keys, URL parts and database keys. On the wire and inside entries they are bytes.
 */
import { z } from 'zod';

const ID_BYTES = 16;
const ID_LENGTH = 22;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** Character codes of the alphabet, and back; what is no character of it is 64. */
const CODES = Uint8Array.from(ALPHABET, (char) => char.charCodeAt(0));
const NO_DIGIT = 64;
const DIGITS = new Uint8Array(128).fill(NO_DIGIT);
for (const [digit, code] of CODES.entries()) DIGITS[code] = digit;
/** Filled anew for each id: a first sync writes hundreds of thousands of them. */
const codes: number[] = Array.from({ length: ID_LENGTH }, () => 0);
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
	for (let i = 0, at = 0; i < ID_BYTES - 1; i += 3, at += 4) {
		const word = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
		codes[at] = CODES[word >> 18] ?? 0;
		codes[at + 1] = CODES[(word >> 12) & 63] ?? 0;
		codes[at + 2] = CODES[(word >> 6) & 63] ?? 0;
		codes[at + 3] = CODES[word & 63] ?? 0;
	}
	const last = bytes[ID_BYTES - 1] ?? 0;
	codes[ID_LENGTH - 2] = CODES[last >> 2] ?? 0;
	codes[ID_LENGTH - 1] = CODES[(last & 3) << 4] ?? 0;
	return String.fromCharCode(...codes) as Id;
}

/** Id text to its 16 bytes. Throws when the text is not an id. */
export function idToBytes(id: string): Uint8Array {
	const bytes = new Uint8Array(ID_BYTES);
	let seen = 0;
	let word = 0;
	for (let at = 0, to = 0; at < ID_LENGTH; at++) {
		const digit = DIGITS[id.charCodeAt(at)] ?? NO_DIGIT;
		seen |= digit;
		word = (word << 6) | digit;
		if ((at & 3) !== 3) continue;
		bytes[to] = word >> 16;
		bytes[to + 1] = word >> 8;
		bytes[to + 2] = word;
		to += 3;
	}
	// Of the last two characters the last four bits stand beyond the 16 bytes.
	bytes[ID_BYTES - 1] = word >> 4;
	if (seen >= NO_DIGIT || id.length !== ID_LENGTH || (word & 15) !== 0)
		throw new RangeError('not an id');
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
