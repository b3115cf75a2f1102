/**
 * Canonical bytes: the closed subset of deterministic CBOR (RFC 8949, 4.2.1) in which entries and
 * messages are written. One value has exactly one form, and the reader accepts only that form, so
 * equal bytes and equal values are the same thing.
 *
 * Allowed: safe integers, byte strings, text (well-formed UTF-8, NFC), arrays, maps whose keys are 1 to
 * 64 printable ASCII characters in canonical order, true and false. Refused: everything else, by name
 * floats, null, undefined, tags, indefinite lengths, long heads, unsorted or repeated keys,
 * `__proto__`, trailing bytes, nesting deeper than 16.
 */

import { NotCanonical } from './not-canonical.ts';
import { readText, utf8LengthOf, writeUtf8 } from './canonical-text.ts';

export { NotCanonical };

export type CanonicalValue =
	number | string | boolean | Uint8Array | CanonicalValue[] | { [key: string]: CanonicalValue };

export const NESTING_MAX = 16;
const KEY_LENGTH_MAX = 64;
const KEY_CHAR_MIN = 0x21;
const KEY_CHAR_MAX = 0x7e;
const TWO_TO_32 = 2 ** 32;
const FORBIDDEN_KEY = '__proto__';

/** Reads one value that fills `bytes` exactly. Throws `NotCanonical`. */
export function decodeCanonical(bytes: Uint8Array): CanonicalValue {
	return decodeWith(new Reader(bytes));
}

function decodeWith(reader: Reader): CanonicalValue {
	const value = reader.value(0);
	reader.end();
	return value;
}

/** The same, with byte strings as views of `bytes`, which nobody may change from here on. Throws `NotCanonical`. */
export function decodeCanonicalViews(bytes: Uint8Array): CanonicalValue {
	return decodeWith(new Reader(bytes, true));
}

/** The value that begins at `start`, inside a map that `decodeFields` walked through. Throws `NotCanonical`. */
export function decodeCanonicalAt(bytes: Uint8Array, start: number): CanonicalValue {
	const reader = new Reader(bytes);
	reader.at = start;
	return reader.value(1);
}

/**
 * The fields of a map that fills `bytes`; those named in `later` are walked over and answered as the places where
 * they begin, for whoever may not need them. Throws `NotCanonical`, also for anything but a map; what is walked
 * over is only judged when it is decoded.
 */
export function decodeFields(bytes: Uint8Array, later: readonly string[]): CanonicalFields {
	const reader = new Reader(bytes);
	const fields = reader.fields(later);
	reader.end();
	return fields;
}

export interface CanonicalFields {
	map: { [key: string]: CanonicalValue };
	/** In the order in which they were named. */
	later: (number | undefined)[];
}

class Reader {
	at = 0;
	readonly #bytes: Uint8Array;
	readonly #isShared: boolean;

	/** `isShared`: byte strings are views of `bytes`. */
	constructor(bytes: Uint8Array, isShared = false) {
		this.#bytes = plainView(bytes);
		this.#isShared = isShared;
	}

	end(): void {
		if (this.at !== this.#bytes.length) throw new NotCanonical('trailing-bytes');
	}

	value(depth: number): CanonicalValue {
		if (depth > NESTING_MAX) throw new NotCanonical('too-deep');
		const initial = this.#byte();
		const major = initial >> 5;
		if (major === 7) return simple(initial);
		const argument = this.#argument(initial & 31);
		switch (major) {
			case 0:
				return argument;
			case 1:
				if (argument >= Number.MAX_SAFE_INTEGER) throw new NotCanonical('integer-too-large');
				return -1 - argument;
			case 2:
				return this.#byteString(argument);
			case 3:
				return this.#text(argument);
			case 4:
				return this.#array(argument, depth);
			case 5:
				return this.#map(argument, depth);
			default:
				throw new NotCanonical('tag');
		}
	}

	fields(names: readonly string[]): CanonicalFields {
		const initial = this.#byte();
		if (initial >> 5 !== 5) throw new NotCanonical('not-a-map');
		const fields: CanonicalFields = { map: {}, later: names.map(() => undefined) };
		const length = this.#argument(initial & 31);
		let previous = '';
		for (let i = 0; i < length; i++) {
			const key = this.#keyAfter(previous, i);
			const name = names.indexOf(key);
			if (name === -1) fields.map[key] = this.value(1);
			else {
				fields.later[name] = this.at;
				this.#skip(1);
			}
			previous = key;
		}
		return fields;
	}

	/** Moves past a value. */
	#skip(depth: number): void {
		if (depth > NESTING_MAX) throw new NotCanonical('too-deep');
		const initial = this.#byte();
		const major = initial >> 5;
		if (major === 7) {
			simple(initial);
			return;
		}
		if (major === 6) throw new NotCanonical('tag');
		const argument = this.#argument(initial & 31);
		if (major === 2 || major === 3) this.#pass(argument);
		else if (major >= 4)
			for (let left = major === 4 ? argument : argument * 2; left > 0; left--)
				this.#skip(depth + 1);
	}

	#byte(): number {
		const byte = this.#bytes[this.at++];
		if (byte === undefined) throw new NotCanonical('cut-short');
		return byte;
	}

	#argument(info: number): number {
		if (info < 24) return info;
		if (info > 27) throw new NotCanonical('indefinite-or-reserved');
		const byteCount = 1 << (info - 24);
		let value = 0;
		for (let i = 0; i < byteCount; i++) value = value * 256 + this.#byte();
		if (value > Number.MAX_SAFE_INTEGER) throw new NotCanonical('integer-too-large');
		const least = info === 24 ? 24 : info === 25 ? 256 : info === 26 ? 65_536 : TWO_TO_32;
		if (value < least) throw new NotCanonical('long-head');
		return value;
	}

	/** Moves past the next bytes, which must be there, and answers where they begin. */
	#pass(length: number): number {
		const start = this.at;
		if (start + length > this.#bytes.length) throw new NotCanonical('cut-short');
		this.at = start + length;
		return start;
	}

	#byteString(length: number): Uint8Array {
		const start = this.#pass(length);
		return this.#isShared
			? this.#bytes.subarray(start, this.at)
			: this.#bytes.slice(start, this.at);
	}

	#text(length: number): string {
		return readText(this.#bytes, this.#pass(length), length);
	}

	#array(length: number, depth: number): CanonicalValue[] {
		const items: CanonicalValue[] = [];
		for (let i = 0; i < length; i++) items.push(this.value(depth + 1));
		return items;
	}

	#map(length: number, depth: number): { [key: string]: CanonicalValue } {
		const map: { [key: string]: CanonicalValue } = {};
		let previous = '';
		for (let i = 0; i < length; i++) {
			const key = this.#keyAfter(previous, i);
			map[key] = this.value(depth + 1);
			previous = key;
		}
		return map;
	}

	#keyAfter(previous: string, place: number): string {
		const key = this.#key();
		if (place > 0 && compareKeys(previous, key) >= 0) throw new NotCanonical('key-order');
		return key;
	}

	#key(): string {
		const initial = this.#byte();
		if (initial >> 5 !== 3) throw new NotCanonical('key-not-text');
		const length = this.#argument(initial & 31);
		if (length === 0 || length > KEY_LENGTH_MAX) throw new NotCanonical('key-form');
		return readKey(this.#bytes, this.#pass(length), length);
	}
}

function simple(initial: number): boolean {
	if (initial === 0xf4) return false;
	if (initial === 0xf5) return true;
	throw new NotCanonical(initial >= 0xf9 && initial <= 0xfb ? 'float' : 'null-or-simple');
}

/**
 * Keys are few and come again in every entry: the last one met for each hash is kept, so that a known
 * key costs no new string. The table holds names of fields only and never grows.
 */
const KEY_SLOTS = 1_024;
const knownKeys: string[] = Array.from({ length: KEY_SLOTS }, () => '');

function readKey(bytes: Uint8Array, start: number, length: number): string {
	let hash = length;
	for (let at = start; at < start + length; at++) {
		const char = bytes[at] ?? 0;
		if (char < KEY_CHAR_MIN || char > KEY_CHAR_MAX) throw new NotCanonical('key-form');
		hash = (hash * 31 + char) & 0xffff;
	}
	const slot = (hash ^ (hash >> 6)) & (KEY_SLOTS - 1);
	const known = knownKeys[slot] ?? '';
	if (isAsciiAt(bytes, start, length, known)) return known;
	const key = String.fromCharCode(...bytes.subarray(start, start + length));
	if (key === FORBIDDEN_KEY) throw new NotCanonical('key-form');
	knownKeys[slot] = key;
	return key;
}

function isAsciiAt(bytes: Uint8Array, start: number, length: number, text: string): boolean {
	if (text.length !== length) return false;
	for (let i = 0; i < length; i++) if (bytes[start + i] !== text.charCodeAt(i)) return false;
	return true;
}

function isInOrder(keys: readonly string[]): boolean {
	for (let i = 1; i < keys.length; i++)
		if (compareKeys(keys[i - 1] ?? '', keys[i] ?? '') >= 0) return false;
	return true;
}

/** Of Node's Buffer, `slice` is a view: what was read would change with the buffer it came in. */
export function plainView(bytes: Uint8Array): Uint8Array {
	if (bytes.constructor === Uint8Array) return bytes;
	return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Bytewise order of the encoded keys: shorter first, then by character. */
function compareKeys(a: string, b: string): number {
	return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

/** Writes a value. Throws `NotCanonical` for anything outside the subset; never writes half. */
export function encodeCanonical(value: CanonicalValue): Uint8Array {
	const writer = new Writer(scratch);
	writer.value(value, 0);
	return writer.done();
}

/** Most values are small: they are written here first, and copied once their length is known. */
const scratch = new Uint8Array(4_096);

class Writer {
	#bytes: Uint8Array;
	#at = 0;

	constructor(bytes: Uint8Array) {
		this.#bytes = bytes;
	}

	done(): Uint8Array {
		return this.#bytes.slice(0, this.#at);
	}

	value(value: CanonicalValue, depth: number): void {
		if (depth > NESTING_MAX) throw new NotCanonical('too-deep');
		if (typeof value === 'number') this.#integer(value);
		else if (typeof value === 'string') this.#text(value);
		else if (typeof value === 'boolean') this.#raw(value ? 0xf5 : 0xf4);
		else if (value instanceof Uint8Array) this.#byteString(value);
		else if (Array.isArray(value)) this.#array(value, depth);
		else if (isPlainMap(value)) this.#map(value, depth);
		else throw new NotCanonical('null-or-simple');
	}

	#integer(value: number): void {
		if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new NotCanonical('float');
		if (value >= 0) this.#head(0, value);
		else this.#head(1, -1 - value);
	}

	#text(value: string): void {
		const length = utf8LengthOf(value);
		this.#head(3, length);
		this.#room(length);
		writeUtf8(value, this.#bytes, this.#at);
		this.#at += length;
	}

	#byteString(value: Uint8Array): void {
		this.#head(2, value.length);
		this.#room(value.length);
		this.#bytes.set(value, this.#at);
		this.#at += value.length;
	}

	#array(values: CanonicalValue[], depth: number): void {
		this.#head(4, values.length);
		for (const value of values) this.value(value, depth + 1);
	}

	#map(map: { [key: string]: CanonicalValue }, depth: number): void {
		const keys = Object.keys(map);
		if (!isInOrder(keys)) keys.sort(compareKeys);
		this.#head(5, keys.length);
		for (const key of keys) {
			const value = map[key];
			if (value === undefined) throw new NotCanonical('undefined');
			this.#key(key);
			this.value(value, depth + 1);
		}
	}

	#key(key: string): void {
		const { length } = key;
		if (length === 0 || length > KEY_LENGTH_MAX || key === FORBIDDEN_KEY)
			throw new NotCanonical('key-form');
		this.#head(3, length);
		this.#room(length);
		for (let i = 0; i < length; i++) {
			const char = key.charCodeAt(i);
			if (char < KEY_CHAR_MIN || char > KEY_CHAR_MAX) throw new NotCanonical('key-form');
			this.#bytes[this.#at++] = char;
		}
	}

	#head(major: number, argument: number): void {
		const type = major << 5;
		if (argument < 24) this.#raw(type | argument);
		else if (argument < 256) this.#number(type | 24, argument, 1);
		else if (argument < 65_536) this.#number(type | 25, argument, 2);
		else if (argument < TWO_TO_32) this.#number(type | 26, argument, 4);
		else this.#number(type | 27, argument, 8);
	}

	#number(initial: number, argument: number, byteCount: number): void {
		this.#raw(initial);
		this.#room(byteCount);
		let rest = argument;
		for (let i = byteCount - 1; i >= 0; i--) {
			this.#bytes[this.#at + i] = rest % 256;
			rest = Math.floor(rest / 256);
		}
		this.#at += byteCount;
	}

	#raw(byte: number): void {
		this.#room(1);
		this.#bytes[this.#at++] = byte;
	}

	#room(length: number): void {
		if (this.#at + length <= this.#bytes.length) return;
		const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#at + length));
		larger.set(this.#bytes);
		this.#bytes = larger;
	}
}

function isPlainMap(value: unknown): value is { [key: string]: CanonicalValue } {
	if (typeof value !== 'object' || value === null) return false;
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === Object.prototype || prototype === null;
}
