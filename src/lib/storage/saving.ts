/** Saving on this device: appends only, so two saves that interleave cannot lose each other. */
import type { BookId } from '#lib/domain/ids.ts';
import { JOURNAL_START, nextLink, type JournalTip } from '#lib/entry/journal.ts';
import { draftKeyOf } from './drafts.ts';
import { idsOf, readHeld } from './held.ts';
import { metaRowOf } from './meta.ts';
import { NOTHING_PACKED } from './packing.ts';
import { StorageFailed, type Save, type SaveResult, type SaveTogetherResult } from './port.ts';
import type { Database, OutboxTableRow, Tables } from './tables.ts';

const TABLES = ['books', 'log', 'deltas', 'outbox', 'journal', 'drafts', 'parcels'] as const;
const TABLES_OF_NEW_BOOK = [...TABLES, 'meta'] as const;

export function save(database: Database, entry: Save): Promise<SaveResult> {
	return saveTogether(database, [entry]);
}

export async function saveTogether(
	database: Database,
	entries: Save[]
): Promise<SaveTogetherResult> {
	try {
		const names = entries.some(({ count }) => count === 0) ? TABLES_OF_NEW_BOOK : TABLES;
		return await database.transact('rw', names, (tables) => appendAll(tables, entries));
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
	const [[held], last] = await Promise.all([readHeld(tables, [entry.book]), tipOf(tables)]);
	const row = held?.row;
	const ids = held === undefined ? [] : idsOf(held);
	if (ids.includes(entry.id)) return { type: 'duplicate' };
	if (ids.length !== entry.count) return { type: 'moved' };
	const replaced = await replacedBy(tables, entry);
	if (replaced === 'moved') return { type: 'moved' };
	const tip = nextLink(last, entry.id);
	await Promise.all([
		row ?? putNewBook(tables, entry.book, tip),
		replaced && tables.outbox.put(replaced),
		entry.endsDraft && tables.drafts.deleteMany([draftKeyOf(entry.endsDraft)]),
		...appendRows(tables, entry, tip)
	]);
	return { type: 'saved', tip };
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
