/** Entries, books and people for the tests of the storage port; the same in every run. */
import { createHash } from 'node:crypto';
import { bytesToId, type BookId, type DeviceId, type EntryId } from '#lib/domain/ids.ts';
import type { AppendBatch, AppendEntry, QuarantineRow } from './storage.ts';

export const AT_MS = 1_764_000_000_000;
export const PLENTY = { rowsMax: 1_000, bytesMax: 1_000_000 };

/** 16 bytes that follow from a text; of an entry's bytes it is their id. */
export function idOf<Id extends string>(text: string | Uint8Array): Id {
	return bytesToId<Id>(createHash('sha256').update(text).digest().subarray(0, 16));
}

export const bookId = (text: string | number) => idOf<BookId>(`book ${text}`);
export const deviceId = (text: string | number) => idOf<DeviceId>(`device ${text}`);

/** An entry whose id is what its bytes say. The storage does not read the bytes. */
export function entryOf(
	book: BookId,
	text: string | number,
	rest: Partial<AppendEntry> = {}
): AppendEntry {
	const bytes = new TextEncoder().encode(`entry ${text} of ${book}`);
	const signature = new Uint8Array(64).fill(bytes.length);
	return { book, id: idOf(bytes), bytes, signature, lookups: [], flags: [], ...rest };
}

/** An entry under an id of our choosing: what a forger would have to find by search. */
export function forgedEntry(book: BookId, idBytes: Uint8Array, text: string): AppendEntry {
	return { ...entryOf(book, text), id: bytesToId<EntryId>(idBytes) };
}

export function batchOf(
	entries: AppendEntry[],
	lane: AppendBatch['lane'] = 'small',
	audit: AppendBatch['audit'] = { at: AT_MS }
): AppendBatch {
	return { entries, audit, lane };
}

export function quarantineRow(
	text: string | number,
	rest: Partial<QuarantineRow> = {}
): QuarantineRow {
	const { id, bytes, signature } = entryOf(bookId('refused'), text);
	return { at: AT_MS, device: deviceId(1), id, bytes, signature, code: 'schema', ...rest };
}

/** A seeded source of numbers in 0..1 (mulberry32): a failing seed can be played again. */
export function createSeededRandom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = state;
		mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}
