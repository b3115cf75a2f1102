/** Reading books. */
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import { readHeld, type HeldBook } from './held.ts';
import { metaRowOf } from './meta.ts';
import { unpack } from './packing.ts';
import type { StoredBook } from './port.ts';
import { standingsOf } from './standings.ts';
import { startingWith, type Database, type StandingRow, type Tables } from './tables.ts';

/** `noteDamaged` hears of books that are not whole. */
export async function readBooks(
	database: Database,
	books: BookId[],
	noteDamaged: (book: BookId) => void
): Promise<StoredBook[]> {
	return database.transact('r', ['books', 'log', 'outbox', 'standings'], async (tables) => {
		const [standings, held, replaced] = await Promise.all([
			standingsOf(tables, books),
			readHeld(tables, books),
			replacedIds(tables)
		]);
		return held.flatMap((one) => {
			if (one.isDamaged) noteDamaged(one.book);
			return storedBook(one, one.isDamaged ? 'damaged' : standings.get(one.book), replaced);
		});
	});
}

/**
 * Counts book rows, which means reading all of them: only when the row of a book came or went since, which
 * changes `rev`. Asked after each save, it took two thirds of what a save costs the browser.
 */
export function createBookCount(): (tables: Pick<Tables, 'books' | 'meta'>) => Promise<number> {
	let last: { rev: number; count: number } | undefined;
	return async (tables) => {
		const { rev } = await metaRowOf(tables);
		if (last?.rev !== rev) last = { rev, count: await tables.books.count({}) };
		return last.count;
	};
}

/** Entries that the server refused and the device has stated anew: nothing may stand in a book twice. */
async function replacedIds({ outbox }: Pick<Tables, 'outbox'>): Promise<Set<EntryId>> {
	const rows = await outbox.range({ index: '[state+n]', ...startingWith('replaced') });
	return new Set(rows.filter(({ isOnServer }) => isOnServer !== true).map(({ id }) => id));
}

function storedBook(
	{ row, log }: HeldBook,
	standing: StandingRow['state'] | undefined,
	replaced: ReadonlySet<EntryId>
): StoredBook[] {
	if (row === undefined) return [];
	const held = unpack<EntryId>(row.packed);
	for (const { id, bytes } of log) held.push({ id, bytes });
	const entries = replaced.size === 0 ? held : held.filter(({ id }) => !replaced.has(id));
	const stored = { book: row.book, entries, count: held.length };
	return [standing === undefined || standing === 'awaited' ? stored : { ...stored, standing }];
}
