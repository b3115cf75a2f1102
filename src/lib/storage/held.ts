/**
 * A book as it stands in the tables: a packed row and log rows. A row that a broken disk cut or altered is
 * read as what is whole of it and what waits in the outbox; the rest must come from the server again.
 */
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import { addToDigest, type Digest } from '#lib/entry/digest.ts';
import { pack, salvage, unpackIds } from './packing.ts';
import {
	startingWith,
	type BookRow,
	type LogRow,
	type OutboxTableRow,
	type Tables
} from './tables.ts';

/** Few: somebody may be typing meanwhile, and each read is one step that nothing interrupts. */
const BOOKS_PER_READ = 40;
const LOGS_ASKED_AT_ONCE_MAX = 3;

export interface HeldBook {
	book: BookId;
	row: BookRow | undefined;
	log: LogRow[];
	/** `row` is what could be read; on the disk it stands as it was. */
	isDamaged: boolean;
}

/** Row and log of each book, in the order asked for. */
export async function readHeld(
	{ books, log, outbox }: Pick<Tables, 'books' | 'log' | 'outbox'>,
	ids: BookId[]
): Promise<HeldBook[]> {
	const [rows, logs] = await Promise.all([books.getMany(ids), readLogs({ log }, ids)]);
	return Promise.all(
		ids.map(async (book, at) => {
			const row = rows[at];
			if (row === undefined) return { book, row, log: [], isDamaged: false };
			const logRows = logs[at] ?? [];
			if (isReadable(row))
				return { book, row, log: withoutThoseIn(row, logRows), isDamaged: false };
			const mended = mend(row, logRows, await outboxOf({ outbox }, book));
			return { book, row: mended, log: logRows, isDamaged: true };
		})
	);
}

/** The log is mostly empty: many books are not asked for one by one before that is known. */
async function readLogs({ log }: Pick<Tables, 'log'>, ids: BookId[]): Promise<LogRow[][]> {
	if (ids.length > LOGS_ASKED_AT_ONCE_MAX && (await log.count({})) === 0) return [];
	return Promise.all(ids.map((book) => log.range(startingWith(book))));
}

export function isReadable({ packed, count }: BookRow): boolean {
	try {
		return unpackIds(packed).length === count;
	} catch (error) {
		if (error instanceof RangeError) return false;
		throw error;
	}
}

/** A book whose row was lost, and came again, still has its log rows of before. */
export function withoutThoseIn(row: BookRow, log: LogRow[]): LogRow[] {
	if (log.length === 0) return log;
	const inRow = new Set(unpackIds<EntryId>(row.packed));
	return log.filter(({ id }) => !inRow.has(id));
}

/** What is left of a damaged row. Nothing that this device has not sent yet is missing in it. */
function mend(row: BookRow, log: LogRow[], unsent: OutboxTableRow[]): BookRow {
	const inLog = new Set(log.map(({ id }) => id));
	const left = [...salvage<EntryId>(row.packed), ...unsent.map(({ id, bytes }) => ({ id, bytes }))];
	const whole = new Map(left.filter(({ id }) => !inLog.has(id)).map((one) => [one.id, one]));
	return { ...row, count: whole.size, packed: pack([...whole.values()]) };
}

export function outboxOf(
	{ outbox }: Pick<Tables, 'outbox'>,
	book: BookId
): PromiseLike<OutboxTableRow[]> {
	return outbox.range({ index: 'book', from: book, to: book });
}

export function idsOf({ row, log }: Pick<HeldBook, 'row' | 'log'>): EntryId[] {
	const ids = row === undefined ? [] : unpackIds<EntryId>(row.packed);
	for (const { id } of log) ids.push(id);
	return ids;
}

/** Sum of the ids of a book that count in the digest: all but those not known to be on the server.
 * `unsent`: the outbox rows of the book. */
export function countedIn(
	held: Pick<HeldBook, 'row' | 'log'>,
	unsent: readonly OutboxTableRow[]
): Digest {
	const uncounted = unsent.filter(({ isOnServer }) => isOnServer !== true);
	const skipped = new Set(uncounted.map(({ id }) => id));
	let digest: Digest = 0n;
	for (const id of idsOf(held)) if (!skipped.has(id)) digest = addToDigest(digest, id);
	return digest;
}

/** All books that have a row, some at a time; those that lie together come together. */
export async function eachBook(
	{ books }: Pick<Tables, 'books'>,
	visit: (books: BookId[]) => Promise<void>
): Promise<void> {
	const all = await books.keys();
	for (let at = 0; at < all.length; at += BOOKS_PER_READ)
		await visit(all.slice(at, at + BOOKS_PER_READ));
}
