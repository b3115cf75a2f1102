/**
 * Entries that were judged before they were stored: built here, or brought by a page of the server, whose
 * admission has validated every one. Reading 60,000 of them for the list of people at the first sync must
 * not validate them all again. Only for what can be rebuilt at any time: a book that is opened is read
 * with `readEntry`.
 */
import type { BookEntry } from '#lib/domain/book/book-entry.ts';
import { isKnownForm, type KnownContent } from '#lib/domain/book/content.ts';
import { ENTRY_VERSION, type Author, type Envelope } from '#lib/domain/book/envelope.ts';
import type { BookId, EntryId, KeyId, PersonId } from '#lib/domain/ids.ts';
import {
	decodeCanonicalAt,
	decodeFields,
	NotCanonical,
	type CanonicalFields,
	type CanonicalValue
} from './canonical.ts';
import { bytesToIds } from './entry.ts';
import { NO_ID, readStoredEntry } from './stored-entry.ts';

/** Nobody asked who wrote it, or what its body says. */
const UNREAD_AUTHOR: Author = { person: NO_ID as PersonId, role: 'unknown', key: NO_ID as KeyId };
const UNREAD_BODY: CanonicalValue = {};

/**
 * The entry with this id, its fields as they stand in the bytes, without its author, and with its body where
 * `needsBody` says so of its kind. Whoever uses it must bear wrong types in it: the server may be wrong. What
 * this version does not know is read as far as it can be understood. Throws `NotCanonical` for a wrong body.
 */
export function readJudgedEntry(
	book: BookId,
	stored: { id: EntryId; bytes: Uint8Array },
	needsBody: (kind: string) => boolean
): BookEntry {
	const {
		map,
		later: [author, body]
	} = fieldsOf(stored.bytes);
	const stated = bytesToIds(map);
	const { v, kind, schema, recorded } = stated;
	const isWhole = typeof recorded === 'object' && author !== undefined && body !== undefined;
	if (v !== ENTRY_VERSION || !isKnownForm(kind, schema) || !isWhole)
		return readStoredEntry(book, stored);
	stated['author'] = UNREAD_AUTHOR;
	const read = needsBody(String(kind)) ? decodeCanonicalAt(stored.bytes, body) : UNREAD_BODY;
	const content = { kind, body: read } as unknown as KnownContent;
	return { id: stored.id, envelope: stated as unknown as Envelope, content };
}

function fieldsOf(bytes: Uint8Array): CanonicalFields {
	try {
		return decodeFields(bytes, ['author', 'body']);
	} catch (error) {
		if (error instanceof NotCanonical) return { map: {}, later: [] };
		throw error;
	}
}
