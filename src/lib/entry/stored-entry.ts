/**
 * Entries as a replica shows them. What was stored stays and is never left out: an entry that this version
 * cannot read, or no longer finds well made, is shown as one of unknown content with what can still be
 * understood of it. Whether an entry may be stored is decided before, with `readEntry`.
 */
import type { BookEntry } from '#lib/domain/book/book-entry.ts';
import type { Envelope } from '#lib/domain/book/envelope.ts';
import { BEFORE_ALL, envelopeNewerSchema } from '#lib/domain/book/envelope-newer.ts';
import type { BookId, EntryId, KeyId, PersonId } from '#lib/domain/ids.ts';
import { decodeCanonical, NotCanonical } from './canonical.ts';
import { bytesToIds, readEntry } from './entry.ts';

export function readStoredEntry(
	book: BookId,
	{ id, bytes }: { id: EntryId; bytes: Uint8Array }
): BookEntry {
	const read = readEntry(bytes);
	if (read.ok) return read.entry;
	return { id, envelope: understoodOf(bytes) ?? nothingOf(book), content: { kind: 'unknown' } };
}

function understoodOf(bytes: Uint8Array): Envelope | undefined {
	try {
		const parsed = envelopeNewerSchema.safeParse(bytesToIds(decodeCanonical(bytes)));
		if (!parsed.success) return undefined;
		const { body: _unread, ...envelope } = parsed.data;
		return envelope as Envelope;
	} catch (error) {
		if (error instanceof NotCanonical) return undefined;
		throw error;
	}
}

export const NO_ID = 'A'.repeat(22);

/** That there is something is all that can be said. */
function nothingOf(book: BookId): Envelope {
	return {
		v: 0,
		alg: 0,
		book,
		kind: 'unknown',
		schema: 0,
		class: 'unknown',
		effect: 'unknown',
		label: 'unknown',
		occurred: BEFORE_ALL,
		isOccurredUnknown: true,
		recorded: { ms: 0, counter: 0 },
		author: { person: NO_ID as PersonId, role: 'unknown', key: NO_ID as KeyId }
	};
}
