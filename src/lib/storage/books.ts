/** Reading books. */
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import { readHeld, type HeldBook } from './held.ts';
import type { HeldBooks } from './held-books.ts';
import { unpack } from './packing.ts';
import type { StoredBook } from './port.ts';
import { standingsOf } from './standings.ts';
import { startingWith, type Database, type StandingRow, type Tables } from './tables.ts';

/** `noteDamaged` hears of books that are not whole. */
export async function readBooks(
	database: Database,
	books: BookId[],
	{ heldBooks, noteDamaged }: { heldBooks: HeldBooks; noteDamaged: (book: BookId) => void }
): Promise<StoredBook[]> {
	const names = ['books', 'log', 'outbox', 'standings', 'meta'] as const;
	return database.transact('r', names, async (tables) => {
		const asked = await heldBooks.among(tables, books);
		if (asked.length === 0) return [];
		const [standings, held, replaced] = await Promise.all([
			standingsOf(tables, asked),
			readHeld(tables, asked),
			replacedIds(tables)
		]);
		return held.flatMap((one) => {
			if (one.isDamaged) noteDamaged(one.book);
			return storedBook(one, one.isDamaged ? 'damaged' : standings.get(one.book), replaced);
		});
	});
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
