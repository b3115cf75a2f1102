/**
 * Entries that the disk no longer gives back as they were stored. Such an entry is never sent: a page that
 * holds one is thrown away whole by every tablet, again and again. It is left out, told once by its
 * commit number, and taken out of the feed's digest, so that tablets that hold it whole see a difference
 * and offer it again; the store then puts it right.
 */
import { idToBytes, type BookId, type EntryId } from '#lib/domain/ids.ts';
import { bytesToDigest, subtractDigest } from '#lib/entry/digest.ts';
import { isIdOf } from '../storage/entry-id.ts';
import type { LogEntry, ServerStorage } from '../storage/storage.ts';

/** More than this is no longer a flipped bit; the store wants a restore. */
const DAMAGED_KEPT_MAX = 1_000;

export interface Damage {
	/** Are these the bytes of this id? Remembers and tells an entry that is not. */
	isSound(book: BookId, entry: LogEntry): boolean;
	/** The store holds this entry whole again. */
	mended(commit: number): void;
	count(): number;
	/** The digest of a facility's feed without what cannot be sent. */
	withoutDamaged(storage: ServerStorage, facility: string, digest: bigint): Promise<bigint>;
}

/** `tell` is called once for each damaged entry, with its commit number. */
export function createDamage(tell: (commit: number) => void = () => undefined): Damage {
	const damaged = new Map<number, { book: BookId; id: EntryId }>();
	return {
		isSound(book, { commit, id, bytes }) {
			if (isIdOf(idToBytes(id), bytes)) return true;
			if (damaged.has(commit) || damaged.size >= DAMAGED_KEPT_MAX) return false;
			damaged.set(commit, { book, id });
			tell(commit);
			return false;
		},
		mended: (commit) => void damaged.delete(commit),
		count: () => damaged.size,
		async withoutDamaged(storage, facility, digest) {
			let rest = digest;
			for (const { book, id } of damaged.values())
				if (await storage.isMember(facility, book))
					rest = subtractDigest(rest, bytesToDigest(idToBytes(id)));
			return rest;
		}
	};
}
