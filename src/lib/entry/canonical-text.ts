/**
 * Text inside canonical bytes: well-formed UTF-8 in NFC, and nothing else. Vietnamese with its accents
 * lies wholly in blocks of which every character stands alone in NFC, so the usual text is read, checked
 * and written in one pass; the platform's slower decoder and normaliser judge the rest.
 */
import { NotCanonical } from './not-canonical.ts';

const utf8Decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const utf8Encoder = new TextEncoder();
/** Longer text is decoded by the platform, which is faster from here on. */
const ONE_PASS_BYTES_MAX = 256;
const ASCII_MAX = 0x7f;
/** What is being read, filled anew for each text. */
const units: number[] = [];
/** Below the first combining mark no character composes with another or is composed otherwise. */
const FIRST_COMBINING_MARK = 0x300;
const LATIN_ADDITIONAL_FIRST = 0x1e00;
const LATIN_ADDITIONAL_LAST = 0x1eff;

/** Is a code unit, wherever it stands, part of text in NFC? False: it has to be looked at. */
function isAloneInNfc(unit: number): boolean {
	return (
		unit < FIRST_COMBINING_MARK || (unit >= LATIN_ADDITIONAL_FIRST && unit <= LATIN_ADDITIONAL_LAST)
	);
}

/** The text of `length` bytes from `start`, which must be there. Throws `NotCanonical`. */
export function readText(bytes: Uint8Array, start: number, length: number): string {
	const text = length > ONE_PASS_BYTES_MAX ? undefined : readInOnePass(bytes, start, length);
	return text ?? readByPlatform(bytes.subarray(start, start + length));
}

/** Nothing when any character needs more than the usual care, right or wrong. */
function readInOnePass(bytes: Uint8Array, start: number, length: number): string | undefined {
	const end = start + length;
	let count = 0;
	for (let at = start; at < end;) {
		const byte = bytes[at++] ?? 0;
		if (byte <= ASCII_MAX) {
			units[count++] = byte;
			continue;
		}
		const unit =
			byte < 0xe0 ? twoByteUnit(bytes, at, end, byte) : threeByteUnit(bytes, at, end, byte);
		if (unit === undefined || !isAloneInNfc(unit)) return undefined;
		at += byte < 0xe0 ? 1 : 2;
		units[count++] = unit;
	}
	// All at once: a text put together letter by letter is a tree of its parts, to be joined when it is read.
	units.length = count;
	return String.fromCharCode(...units);
}

function twoByteUnit(bytes: Uint8Array, at: number, end: number, lead: number): number | undefined {
	const second = at < end ? (bytes[at] ?? 0) : 0;
	if (lead < 0xc2 || (second & 0xc0) !== 0x80) return undefined;
	return ((lead & 0x1f) << 6) | (second & 0x3f);
}

function threeByteUnit(
	bytes: Uint8Array,
	at: number,
	end: number,
	lead: number
): number | undefined {
	if (lead >= 0xf0 || at + 2 > end) return undefined;
	const second = bytes[at] ?? 0;
	const third = bytes[at + 1] ?? 0;
	if ((second & 0xc0) !== 0x80 || (third & 0xc0) !== 0x80) return undefined;
	const unit = ((lead & 0x0f) << 12) | ((second & 0x3f) << 6) | (third & 0x3f);
	return unit < 0x800 ? undefined : unit;
}

function readByPlatform(part: Uint8Array): string {
	let text: string;
	try {
		text = utf8Decoder.decode(part);
	} catch {
		throw new NotCanonical('bad-utf8');
	}
	if (text.normalize('NFC') !== text) throw new NotCanonical('not-nfc');
	return text;
}

/** How many bytes the text takes in UTF-8. Throws `NotCanonical` when it may not be written. */
export function utf8LengthOf(text: string): number {
	let length = text.length;
	let isUsual = true;
	for (let i = 0; i < text.length; i++) {
		const unit = text.charCodeAt(i);
		if (unit <= ASCII_MAX) continue;
		length += unit < 0x800 ? 1 : 2;
		isUsual &&= isAloneInNfc(unit);
	}
	if (isUsual) return length;
	if (!text.isWellFormed()) throw new NotCanonical('bad-utf8');
	if (text.normalize('NFC') !== text) throw new NotCanonical('not-nfc');
	return utf8Encoder.encode(text).length;
}

/** Writes text that `utf8LengthOf` has passed; there must be room for it. */
export function writeUtf8(text: string, into: Uint8Array, start: number): void {
	let at = start;
	for (let i = 0; i < text.length; i++) {
		const unit = text.charCodeAt(i);
		if (unit <= ASCII_MAX) {
			into[at++] = unit;
		} else if (unit < 0x800) {
			into[at++] = 0xc0 | (unit >> 6);
			into[at++] = 0x80 | (unit & 0x3f);
		} else if (unit >= LATIN_ADDITIONAL_FIRST && unit <= LATIN_ADDITIONAL_LAST) {
			into[at++] = 0xe0 | (unit >> 12);
			into[at++] = 0x80 | ((unit >> 6) & 0x3f);
			into[at++] = 0x80 | (unit & 0x3f);
		} else {
			utf8Encoder.encodeInto(text.slice(i), into.subarray(at));
			return;
		}
	}
}
