/**
 * Entries that were judged before they were stored: built here, or brought by a page of the server, whose
 * admission has validated every one. Reading 60,000 of them for the list of people at the first sync must
 * not validate them all again. Only for what can be rebuilt at any time: a book that is opened is read
 * with `readEntry`.
 */
import type { BookEntry } from '#lib/domain/book/book-entry.ts';
import { isKind, KINDS, type Content, type KnownContent } from '#lib/domain/book/content.ts';
import { ENTRY_VERSION, type Envelope } from '#lib/domain/book/envelope.ts';
import type { EntryId } from '#lib/domain/ids.ts';
import { decodeCanonical, NotCanonical, type CanonicalValue } from './canonical.ts';
import { bytesToIds } from './entry.ts';

/**
 * The entry with this id, its fields as they stand in the bytes. Nothing when the bytes are not
 * canonical or have no envelope. Whoever uses it must bear wrong types in it: the server may be wrong.
 */
export function readJudgedEntry(id: EntryId, bytes: Uint8Array): BookEntry | undefined {
	const { body, ...stated } = bytesToIds(decoded(bytes));
	const { v, kind, schema, recorded, author } = stated;
	if (typeof v !== 'number' || typeof kind !== 'string' || typeof schema !== 'number')
		return undefined;
	if (typeof recorded !== 'object' || typeof author !== 'object') return undefined;
	const envelope = stated as unknown as Envelope;
	return { id, envelope, content: contentOf(v, kind, schema, body) };
}

function contentOf(v: number, kind: string, schema: number, body: unknown): Content {
	const isKnown = v <= ENTRY_VERSION && isKind(kind) && schema in KINDS[kind].schemas;
	return isKnown ? ({ kind, body } as KnownContent) : { kind: 'unknown' };
}

function decoded(bytes: Uint8Array): CanonicalValue {
	try {
		return decodeCanonical(bytes);
	} catch (error) {
		if (error instanceof NotCanonical) return [];
		throw error;
	}
}
