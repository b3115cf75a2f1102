/** Reading books: a book is its packed row and its log rows. */
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import { unpack } from './packing.ts';
import type { StoredBook } from './port.ts';
import { startingWith, type BookRow, type Database, type LogRow, type Tables } from './tables.ts';

export async function readBooks(database: Database, books: BookId[]): Promise<StoredBook[]> {
	return database.transact('r', ['books', 'log'], async (tables) => {
		const held = await readHeld(tables, books);
		return held.flatMap(({ row, log }) => (row === undefined ? [] : [storedBook(row, log)]));
	});
}

function storedBook(row: BookRow, log: LogRow[]): StoredBook {
	const entries = unpack<EntryId>(row.packed);
	for (const { id, bytes } of log) entries.push({ id, bytes });
	return { book: row.book, entries, count: entries.length };
}

export interface HeldBook {
	book: BookId;
	row: BookRow | undefined;
	log: LogRow[];
}

/** Row and log of each book, in the order asked for. */
export async function readHeld(
	{ books, log }: Pick<Tables, 'books' | 'log'>,
	ids: BookId[]
): Promise<HeldBook[]> {
	const rows = await books.getMany(ids);
	const hasLog = (await log.count({})) > 0;
	const logs = await Promise.all(
		ids.map(async (book, at) =>
			hasLog && rows[at] !== undefined ? log.range(startingWith(book)) : []
		)
	);
	return ids.map((book, at) => ({ book, row: rows[at], log: logs[at] ?? [] }));
}
