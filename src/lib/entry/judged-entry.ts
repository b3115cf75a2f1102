/**
 * Entries that were judged before they were stored: built here, or brought by a page of the server, whose
 * admission has validated every one. Reading 60,000 of them for the list of people at the first sync must
 * not validate them all again. Only for what can be rebuilt at any time: a book that is opened is read
 * with `readEntry`.
 */
import type { BookEntry } from '#lib/domain/book/book-entry.ts';
import { isKnownForm, type KnownContent } from '#lib/domain/book/content.ts';
import { ENTRY_VERSION, type Envelope } from '#lib/domain/book/envelope.ts';
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import { decodeCanonical, NotCanonical, type CanonicalValue } from './canonical.ts';
import { bytesToIds } from './entry.ts';
import { readStoredEntry } from './stored-entry.ts';

/**
 * The entry with this id, its fields as they stand in the bytes. Whoever uses it must bear wrong types in
 * it: the server may be wrong. What this version does not know is read as far as it can be understood.
 */
export function readJudgedEntry(
	book: BookId,
	stored: { id: EntryId; bytes: Uint8Array }
): BookEntry {
	const { body, ...stated } = bytesToIds(decoded(stored.bytes));
	const { v, kind, schema, recorded, author } = stated;
	const isWhole = typeof recorded === 'object' && typeof author === 'object';
	if (v !== ENTRY_VERSION || !isKnownForm(kind, schema) || !isWhole)
		return readStoredEntry(book, stored);
	const envelope = stated as unknown as Envelope;
	return { id: stored.id, envelope, content: { kind, body } as KnownContent };
}

function decoded(bytes: Uint8Array): CanonicalValue {
	try {
		return decodeCanonical(bytes);
	} catch (error) {
		if (error instanceof NotCanonical) return [];
		throw error;
	}
}
