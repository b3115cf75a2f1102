/**
 * All entries of one book with the keys that signed them, for an export, beside a running server. That it was exported
 * stands in the audit, on the disk, before a byte is given out: the family sees it like every other look.
 */
import { DatabaseSync } from 'node:sqlite';
import type { BookId, KeyId } from '#lib/domain/ids.ts';
import { createArena } from '../arena.ts';
import type { LogEntry, PersonKey } from '../storage.ts';
import { createBookReader } from './book-read.ts';
import { createAudit } from './records.ts';
import { createRegistryReader } from './registry-read.ts';

const BUSY_TIMEOUT_MS = 5_000;

export interface BookForExport {
	/** In the order of the log. */
	entries: LogEntry[];
	findKey: (key: KeyId) => PersonKey | undefined;
	close(): void;
}

/** Nothing when there is no such book; then nothing is in the audit either. */
export function openBookForExport(
	storeFile: string,
	book: BookId,
	atMs: number
): BookForExport | undefined {
	const store = new DatabaseSync(storeFile, { timeout: BUSY_TIMEOUT_MS });
	try {
		store.exec('PRAGMA synchronous = FULL');
		const entries = createBookReader(store, createArena()).readBook(book);
		if (entries.length > 0) {
			const detail = `export entries=${entries.length}`;
			createAudit(store)({ at: atMs, action: 'deliver', role: 'operator', book, detail });
			const registry = createRegistryReader(store);
			const findKey = (key: KeyId) => registry.findPersonKey(key);
			return { entries, findKey, close: () => store.close() };
		}
	} catch (error) {
		store.close();
		throw error;
	}
	store.close();
	return undefined;
}
