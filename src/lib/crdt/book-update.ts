/**
 * A book's entries as a Yjs update (V1), written without Yjs. Every entry is one item under its own
 * client id, clock 0, in the root map `entries`: key = entry id, value = the entry's bytes; no nested
 * types, no origins, no deletes. So the update is a pure function of the set of entries, byte-identical
 * to what Yjs itself writes for that document, and no entry waits for another.
 */
import { idToBytes } from '#lib/domain/ids.ts';
import { entryIdOf } from '#lib/entry/entry.ts';

export const ROOT_MAP = 'entries';
export const KEY_LENGTH = 22;

/** Under which key and which client id an entry stands. Both follow from the hash of its bytes. */
export interface EntryIdentity {
	key: string;
	clientId: number;
}

export type Identify = (entryBytes: Uint8Array) => EntryIdentity;

/** The Yjs client id of an entry: the first 53 bits of its id, the most that JavaScript counts exactly. */
export function clientIdOf(id: string): number {
	const bytes = idToBytes(id);
	let clientId = 0;
	for (let i = 0; i < 6; i++) clientId = clientId * 256 + (bytes[i] ?? 0);
	return clientId * 32 + ((bytes[6] ?? 0) >> 3);
}

export function identifyEntry(entryBytes: Uint8Array): EntryIdentity {
	const key = entryIdOf(entryBytes);
	return { key, clientId: clientIdOf(key) };
}

/** The update that adds one entry to any copy of its book. */
export function updateOfEntry(entryBytes: Uint8Array): Uint8Array {
	return encodeUpdate([{ ...identifyEntry(entryBytes), bytes: entryBytes }]);
}

/**
 * The update that holds all these entries, in any order, repeated ones once: the same bytes as
 * `Y.encodeStateAsUpdate` of the book's document. Throws when two different entries have one client id,
 * which admission has to keep out.
 * @param identify replaced only by tests that need a collision.
 */
export function updateOfBook(
	entries: Iterable<Uint8Array>,
	identify: Identify = identifyEntry
): Uint8Array {
	const byClientId = new Map<number, Item>();
	for (const bytes of entries) {
		const item = { ...identify(bytes), bytes };
		const other = byClientId.get(item.clientId);
		if (other === undefined) byClientId.set(item.clientId, item);
		else if (other.key !== item.key || !isEqual(other.bytes, bytes))
			throw new Error('two entries of one book have one client id');
	}
	return encodeUpdate([...byClientId.values()].sort((a, b) => b.clientId - a.clientId));
}

export interface Item extends EntryIdentity {
	bytes: Uint8Array;
}

/**
 * What one item looks like: number of structs, client id, clock, content type "binary with a key",
 * parent is a root type, its name, the key, the value.
 */
export const STRUCTS_OF_CLIENT = 1;
export const CLOCK = 0;
export const INFO_BINARY_WITH_KEY = 0x23;
export const PARENT_IS_ROOT = 1;
const FIXED_BYTES = 4 + 1 + ROOT_MAP.length + 1 + KEY_LENGTH;

/** Items in descending order of client id, as Yjs writes them. Ends with an empty set of deletes. */
export function encodeUpdate(itemsByClientId: readonly Item[]): Uint8Array {
	let length = varUintLength(itemsByClientId.length) + 1;
	for (const { clientId, bytes } of itemsByClientId)
		length += FIXED_BYTES + varUintLength(clientId) + varUintLength(bytes.length) + bytes.length;
	const update = new Uint8Array(length);
	let at = writeVarUint(update, 0, itemsByClientId.length);
	for (const { clientId, key, bytes } of itemsByClientId) {
		update[at++] = STRUCTS_OF_CLIENT;
		at = writeVarUint(update, at, clientId);
		update[at++] = CLOCK;
		update[at++] = INFO_BINARY_WITH_KEY;
		update[at++] = PARENT_IS_ROOT;
		at = writeAscii(update, at, ROOT_MAP);
		at = writeAscii(update, at, key);
		at = writeVarUint(update, at, bytes.length);
		update.set(bytes, at);
		at += bytes.length;
	}
	return update;
}

function writeVarUint(into: Uint8Array, start: number, value: number): number {
	let at = start;
	let rest = value;
	while (rest > 127) {
		into[at++] = 128 | (rest % 128);
		rest = Math.floor(rest / 128);
	}
	into[at++] = rest;
	return at;
}

function varUintLength(value: number): number {
	let length = 1;
	for (let rest = value; rest > 127; rest = Math.floor(rest / 128)) length++;
	return length;
}

/** Text shorter than 128 characters with its length in front. */
function writeAscii(into: Uint8Array, start: number, text: string): number {
	into[start] = text.length;
	for (let i = 0; i < text.length; i++) into[start + 1 + i] = text.charCodeAt(i);
	return start + 1 + text.length;
}

export function isEqual(a: Uint8Array, b: Uint8Array): boolean {
	if (a.length !== b.length) return false;
	for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
	return true;
}
