/** Reading books. */
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import { readHeld, type HeldBook } from './held.ts';
import { unpack } from './packing.ts';
import type { StoredBook } from './port.ts';
import { standingsOf } from './standings.ts';
import type { Database, StandingRow } from './tables.ts';

/** `noteDamaged` hears of books that are not whole. */
export async function readBooks(
	database: Database,
	books: BookId[],
	noteDamaged: (book: BookId) => void
): Promise<StoredBook[]> {
	return database.transact('r', ['books', 'log', 'outbox', 'standings'], async (tables) => {
		const standings = await standingsOf(tables, books);
		const held = await readHeld(tables, books);
		return held.flatMap((one) => {
			if (one.isDamaged) noteDamaged(one.book);
			return storedBook(one, one.isDamaged ? 'damaged' : standings.get(one.book));
		});
	});
}

function storedBook(
	{ row, log }: HeldBook,
	standing: StandingRow['state'] | undefined
): StoredBook[] {
	if (row === undefined) return [];
	const entries = unpack<EntryId>(row.packed);
	for (const { id, bytes } of log) entries.push({ id, bytes });
	const stored = { book: row.book, entries, count: entries.length };
	return [standing === undefined || standing === 'awaited' ? stored : { ...stored, standing }];
}
