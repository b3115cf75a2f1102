/** Reading books. */
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import { readHeld, type HeldBook } from './held.ts';
import type { HeldBooks } from './held-books.ts';
import { metaRowOf } from './meta.ts';
import { unpack } from './packing.ts';
import type { BookSince, KnownBook, StoredBook } from './port.ts';
import { standingsOf } from './standings.ts';
import { startingWith, type Database, type StandingRow, type Tables } from './tables.ts';

/** Hears of books that are not whole. */
type NoteDamaged = (book: BookId) => unknown;

const TABLES = ['books', 'log', 'outbox', 'standings', 'meta'] as const;
type ReadTables = Pick<Tables, (typeof TABLES)[number]>;

export async function readBooks(
	database: Database,
	books: BookId[],
	{ heldBooks, noteDamaged }: { heldBooks: HeldBooks; noteDamaged: NoteDamaged }
): Promise<StoredBook[]> {
	return database.transact('r', TABLES, async (tables) => {
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

interface ReadSince {
	book: BookId;
	known: KnownBook | undefined;
	noteDamaged: NoteDamaged;
}

export function readBookSince(
	database: Database,
	{ book, known, noteDamaged }: ReadSince
): Promise<BookSince | undefined> {
	return database.transact('r', TABLES, async (tables) => {
		const [{ rev }, standings, replaced] = await Promise.all([
			metaRowOf(tables),
			standingsOf(tables, [book]),
			replacedIds(tables)
		]);
		const standing = standings.get(book);
		if (known?.row.rev === rev && replaced.size === 0)
			return behindRow(tables, { book, known, standing });
		const [held] = await readHeld(tables, [book]);
		if (held?.row === undefined) return undefined;
		if (held.isDamaged) noteDamaged(book);
		const [stored] = storedBook(held, held.isDamaged ? 'damaged' : standing, replaced);
		if (stored === undefined) return undefined;
		const isWhole = !held.isDamaged && replaced.size === 0;
		return { stored, ...(isWhole && { row: { rev, count: held.row.count } }) };
	});
}

interface BehindRow {
	book: BookId;
	known: KnownBook;
	standing: StandingRow['state'] | undefined;
}

/** Log rows may also stand in the row, where it was lost and came again. A save finds that out (`saving.ts`);
 * who reads sees the same entries. */
async function behindRow(
	{ log }: Pick<ReadTables, 'log'>,
	{ book, known, standing }: BehindRow
): Promise<BookSince> {
	const { row } = known;
	const keys = await log.keys(startingWith(book));
	const logged = keys.map((key) => (Array.isArray(key) ? (key[1] as EntryId) : ('' as EntryId)));
	const unknown = logged.filter((id) => !known.has(id));
	const rows = unknown.length === 0 ? [] : await log.getMany(unknown.map((id) => [book, id]));
	const entries = rows.flatMap((one) => (one === undefined ? [] : [one]));
	const stored = { book, entries, count: row.count + logged.length };
	return { stored: withStanding(stored, standing), logged, row };
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
	return [withStanding({ book: row.book, entries, count: held.length }, standing)];
}

function withStanding(stored: StoredBook, standing: StandingRow['state'] | undefined): StoredBook {
	return standing === undefined || standing === 'awaited' ? stored : { ...stored, standing };
}
