/**
 * The reference model: what was signed, what was told to people, what was acknowledged. Small on purpose,
 * a few maps; the invariants compare the real parts with it.
 */
import type { BookId, EntryId } from '#lib/domain/ids.ts';

export interface SignedEntry {
	book: BookId;
	bytes: Uint8Array;
	/** Tablet on which it was saved. */
	tablet: string;
	/** Absent: made on purpose so that no server may take it. */
	publicKey?: Uint8Array;
	/** So large that the request that carries it is not understood: it waits for ever. */
	spoilsRequests?: boolean;
}

export type Invariant = 'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6' | 'I7' | 'I8' | 'no-throw';

export interface Broken {
	invariant: Invariant;
	detail: string;
}

export class Model {
	/** Every entry that anybody ever tried to save. */
	readonly signed = new Map<EntryId, SignedEntry>();
	/** Acknowledged as accepted to the tablet that saved it. */
	readonly acked = new Set<EntryId>();
	/** Acknowledged, and then lost with the last copy: no software could bring it back. */
	readonly excused = new Map<EntryId, 'no-copy-left' | 'author-unknown'>();
	broken: Broken | undefined;

	/** Notes the first invariant that does not hold; the world stops there. */
	fail(invariant: Invariant, detail: string): void {
		this.broken ??= { invariant, detail };
	}
}

/** What one tablet promised and showed, across its restarts. */
export class TabletRecord {
	/** "Saved on this tablet" was shown. */
	readonly saved = new Map<EntryId, BookId>();
	/** The server's ack reached this tablet; whether it became durable is the tablet's affair. */
	readonly judged = new Set<EntryId>();
	/** Entries of each book that this tablet is known to hold. */
	readonly seen = new Map<BookId, Set<EntryId>>();
	/** Journal numbers of entries that were offered. */
	readonly idsByNumber = new Map<number, EntryId>();

	see(book: BookId, ids: Iterable<EntryId>): void {
		const seen = this.seen.get(book) ?? new Set();
		for (const id of ids) seen.add(id);
		this.seen.set(book, seen);
	}

	/** A `leave` is being applied: from now on nothing but unsent entries has to be there. */
	leave(book: BookId): void {
		this.seen.delete(book);
	}
}
