/** Saving on this device: appends only, so two saves that interleave cannot lose each other. */
import type { BookId } from '#lib/domain/ids.ts';
import { JOURNAL_START, nextLink, type JournalTip } from '#lib/entry/journal.ts';
import { draftKeyOf } from './drafts.ts';
import { idsOf, readHeld } from './held.ts';
import { metaRowOf } from './meta.ts';
import { NOTHING_PACKED } from './packing.ts';
import {
	StorageFailed,
	type RowMark,
	type Save,
	type SaveResult,
	type SaveTogetherResult
} from './port.ts';
import { startingWith, type Database, type OutboxTableRow, type Tables } from './tables.ts';

const TABLES = [
	'books',
	'log',
	'deltas',
	'outbox',
	'journal',
	'drafts',
	'parcels',
	'meta'
] as const;

export function save(database: Database, entry: Save): Promise<SaveResult> {
	return saveTogether(database, [entry]);
}

export async function saveTogether(
	database: Database,
	entries: Save[]
): Promise<SaveTogetherResult> {
	try {
		return await database.transact('rw', TABLES, (tables) => appendAll(tables, entries));
	} catch (error) {
		if (error instanceof BookMoved) return { type: 'moved' };
		if (error instanceof StorageFailed) return { type: 'not-stored', code: error.code };
		throw error;
	}
}

/** Thrown through the transaction, which takes back what it had written for other books. */
class BookMoved extends Error {}

async function appendAll(tables: Tables, entries: Save[]): Promise<SaveTogetherResult> {
	let last: SaveTogetherResult = { type: 'duplicate' };
	for (const entry of entries) {
		const result = await append(tables, entry);
		if (result.type === 'moved') throw new BookMoved();
		if (result.type === 'saved') last = result;
	}
	return last;
}

async function append(tables: Tables, entry: Save): Promise<SaveResult> {
	const [standing, last] = await Promise.all([standingOf(tables, entry), tipOf(tables)]);
	if (standing === 'duplicate' || standing === 'moved') return { type: standing };
	const replaced = await replacedBy(tables, entry);
	if (replaced === 'moved') return { type: 'moved' };
	const tip = nextLink(last, entry.id);
	await Promise.all([
		standing === 'new' && putNewBook(tables, entry.book, tip),
		replaced && tables.outbox.put(replaced),
		entry.endsDraft && tables.drafts.deleteMany([draftKeyOf(entry.endsDraft)]),
		...appendRows(tables, entry, tip)
	]);
	return { type: 'saved', tip };
}

type Standing = 'new' | 'held' | 'duplicate' | 'moved';

/**
 * Whether the book still is what the entry was computed from. While nobody has rewritten rows and the log is as
 * long as it was, it is that very book, without reading what may be long; the entry is none of it then, since its
 * author had the whole of it in hand.
 */
async function standingOf(tables: Tables, { book, id, count, row }: Save): Promise<Standing> {
	if (row !== undefined && (await isAsRead(tables, book, row, count))) return 'held';
	const [held] = await readHeld(tables, [book]);
	const ids = held === undefined ? [] : idsOf(held);
	if (ids.includes(id)) return 'duplicate';
	if (ids.length !== count) return 'moved';
	return held?.row === undefined ? 'new' : 'held';
}

async function isAsRead(
	{ meta, log }: Pick<Tables, 'meta' | 'log'>,
	book: BookId,
	row: RowMark,
	count: number
): Promise<boolean> {
	const [{ rev }, logged] = await Promise.all([metaRowOf({ meta }), log.count(startingWith(book))]);
	return rev === row.rev && row.count + logged === count;
}

/** A book is known by its row, even while all its entries stand in the log. */
async function putNewBook(tables: Tables, book: BookId, { n }: JournalTip): Promise<void> {
	const meta = await metaRowOf(tables);
	await tables.meta.put({ ...meta, rev: meta.rev + 1 });
	await tables.books.put({ book, rev: -n, count: 0, packed: NOTHING_PACKED });
}

/** The row of the refused entry that this one states anew, as it is to be kept. */
async function replacedBy(
	{ outbox }: Pick<Tables, 'outbox'>,
	{ id, replaces }: Save
): Promise<OutboxTableRow | 'moved' | undefined> {
	if (replaces === undefined) return undefined;
	const row = await outbox.get(replaces);
	if (row?.state !== 'refused') return 'moved';
	return { ...row, state: 'replaced', replacedBy: id };
}

function appendRows(tables: Tables, entry: Save, tip: JournalTip): PromiseLike<unknown>[] {
	const { book, id, bytes, signature, savedMs, summary, parcel } = entry;
	return [
		tables.log.put({ book, id, bytes }),
		tables.deltas.put({ book, summary }),
		tables.outbox.put({ n: tip.n, book, id, bytes, signature, savedMs, state: 'waiting' }),
		tables.journal.put({ n: tip.n, id, link: tip.link }),
		...(parcel === undefined ? [] : [tables.parcels.put({ n: tip.n, ...parcel })])
	];
}

export function readTip(database: Database): Promise<JournalTip> {
	return database.transact('r', ['journal'], tipOf);
}

export async function tipOf({ journal }: Pick<Tables, 'journal'>): Promise<JournalTip> {
	const [last] = await journal.range({ isNewestFirst: true, limit: 1 });
	return last === undefined ? { n: 0, link: JOURNAL_START } : { n: last.n, link: last.link };
}
