/**
 * Folding: log rows move into their book's packed row, people's deltas into their pages. Everything is
 * packed before the transaction that writes it; a row that moved meanwhile is left for the next pass.
 */
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import { isReadable, withoutThoseIn } from './held.ts';
import { metaRowOf } from './meta.ts';
import { pack } from './packing.ts';
import { foldPeople } from './people.ts';
import type { BookRow, Database, LogRow, Tables } from './tables.ts';

const LOG_ROWS_PER_PASS = 500;

export async function fold(database: Database, shouldStop: () => boolean): Promise<void> {
	while (!shouldStop() && !(await foldSomeBooks(database)));
	while (!shouldStop() && !(await foldPeople(database)));
}

interface Merge {
	before: BookRow;
	after: Omit<BookRow, 'rev'>;
	log: LogRow[];
}

/** Answers whether the log is empty now. */
async function foldSomeBooks(database: Database): Promise<boolean> {
	const merges = await readMerges(database);
	if (merges.length === 0) return true;
	await database.transact('rw', ['books', 'log', 'meta'], (tables) => write(tables, merges));
	return false;
}

async function readMerges(database: Database): Promise<Merge[]> {
	const { log, rows } = await database.transact('r', ['books', 'log'], async (tables) => {
		const log = await tables.log.range({ limit: LOG_ROWS_PER_PASS });
		return { log, rows: await tables.books.getMany([...new Set(log.map(({ book }) => book))]) };
	});
	const byBook = Map.groupBy(log, ({ book }) => book);
	// A damaged row is left: its log is all that is whole of it, until the book was asked for.
	return rows.flatMap((row) =>
		row === undefined || !isReadable(row) ? [] : [merge(row, byBook.get(row.book) ?? [])]
	);
}

function merge(before: BookRow, log: LogRow[]): Merge {
	const { book, count, packed } = before;
	const added = withoutThoseIn(before, log);
	const after = { book, count: count + added.length, packed: pack(added, packed) };
	return { before, after, log };
}

async function write(tables: Tables, merges: Merge[]): Promise<void> {
	const { books, log, meta } = tables;
	const now = await books.getMany(merges.map(({ before }) => before.book));
	const valid = merges.filter(({ before }, at) => now[at]?.rev === before.rev);
	const sync = await metaRowOf(tables);
	const rev = sync.rev + 1;
	await books.putMany(valid.map(({ after }) => ({ ...after, rev })));
	await log.deleteMany(valid.flatMap((merged) => merged.log.map(logKey)));
	await meta.put({ ...sync, rev });
}

function logKey({ book, id }: { book: BookId; id: EntryId }): [BookId, EntryId] {
	return [book, id];
}
