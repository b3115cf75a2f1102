/**
 * Pages of the feed: books that come, entries that are added, books that leave, and the cursor, in one
 * transaction. A book that is new here becomes one packed row, or a part of a segment where many are new; entries
 * for a book that is already here are appended to the log, so nothing is rewritten while it may be read.
 */
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import { digestOf, subtractDigest, sumDigests, type Digest } from '#lib/entry/digest.ts';
import { countedIn, idsOf, outboxOf, readHeld, type HeldBook } from './held.ts';
import type { HeldBooks } from './held-books.ts';
import { isRestore, metaRowOf, withEpoch } from './meta.ts';
import { pack, unpack } from './packing.ts';
import { putNewPeople } from './people.ts';
import type { Page, PageBook, StoredEntry } from './port.ts';
import { keepMended, returnToFeed } from './standings.ts';
import type { Database, MetaRow, Tables } from './tables.ts';

const TABLES = [
	'books',
	'log',
	'people',
	'deltas',
	'outbox',
	'recent',
	'standings',
	'meta'
] as const;

interface PreparedBook extends PageBook {
	digest: Digest;
}

export async function applyPage(
	database: Database,
	heldBooks: HeldBooks,
	page: Page
): Promise<'applied' | 'moved'> {
	const books = page.books.map(prepare);
	const written = await database.transact('rw', TABLES, async (tables) => {
		const held = await readHeldAmong(tables, heldBooks, books);
		if (books.some(({ count }, at) => count !== countOf(held[at]))) return undefined;
		const fresh = books.filter((_, at) => held[at]?.row === undefined);
		const isRewriting =
			fresh.length > 0 || page.leave.length > 0 || held.some((one) => one?.isDamaged === true);
		const { before, meta } = await metaFor(tables, page, isRewriting);
		const isAsked = page.token === undefined;
		const named = [...books.map(({ book }) => book), ...page.leave];
		const returned = await returnToFeed(tables, named, { isAsked });
		for (const one of held)
			if (one?.isDamaged === true) await keepMended(tables, one, meta.rev, { isWhole: isAsked });
		const added = await addBooks(tables, books, held, meta.rev);
		const left = await removeBooks(tables, page.leave, meta.rev);
		await keepRecent(tables, page, meta);
		const digest = subtractDigest(sumDigests([meta.digest, returned, added]), left);
		await tables.meta.put({ ...meta, digest, ...(page.token && { token: page.token }) });
		return { before, after: meta.rev, made: fresh.map(({ book }) => book) };
	});
	if (written === undefined) return 'moved';
	if (page.leave.length === 0) heldBooks.added(written, written.made);
	return 'applied';
}

/** In the order of `books`; nothing for one that has no row here. */
async function readHeldAmong(
	tables: Tables,
	heldBooks: HeldBooks,
	books: PreparedBook[]
): Promise<(HeldBook | undefined)[]> {
	const asked = await heldBooks.among(
		tables,
		books.map(({ book }) => book)
	);
	if (asked.length === 0) return [];
	const held = new Map((await readHeld(tables, asked)).map((one) => [one.book, one]));
	return books.map(({ book }) => held.get(book));
}

/** With the `rev` that stood before. A page that only adds to logs leaves it: rows read before are still true. */
async function metaFor(
	tables: Tables,
	{ epoch, token }: Page,
	isRewriting: boolean
): Promise<{ before: number; meta: MetaRow }> {
	const row = await metaRowOf(tables);
	const before = row.rev;
	const meta = isRewriting ? { ...row, rev: before + 1 } : row;
	const isNew = epoch !== undefined && token !== undefined && isRestore(meta, epoch);
	return { before, meta: isNew ? await withEpoch(tables, meta, epoch) : meta };
}

function prepare(book: PageBook): PreparedBook {
	const entries = [...new Map(book.entries.map((entry) => [entry.id, entry])).values()];
	return { ...book, entries, digest: digestOf(entries.map(({ id }) => id)) };
}

function countOf(held: HeldBook | undefined): number {
	return (held?.row?.count ?? 0) + (held?.log.length ?? 0);
}

/** Answers what the digest grows by. */
async function addBooks(
	tables: Tables,
	books: PreparedBook[],
	held: (HeldBook | undefined)[],
	rev: number
): Promise<Digest> {
	const fresh = books.filter((_, at) => held[at]?.row === undefined);
	await tables.books.putNew(fresh, rev);
	await putNewPeople(tables, fresh);
	const digests = fresh.map(({ digest }) => digest);
	for (const [at, book] of books.entries()) {
		const before = held[at];
		if (before?.row !== undefined) digests.push(await addEntries(tables, book, before));
	}
	return sumDigests(digests);
}

async function addEntries(tables: Tables, page: PreparedBook, held: HeldBook): Promise<Digest> {
	const known = new Set(idsOf(held));
	const added = page.entries.filter(({ id }) => !known.has(id));
	const repeated = page.entries.filter(({ id }) => known.has(id));
	const { book, summary } = page;
	if (added.length > 0) {
		await tables.log.putMany(added.map(({ id, bytes }) => ({ book, id, bytes })));
		await tables.deltas.put({ book, summary });
	}
	const digest = digestOf(added.map(({ id }) => id));
	return repeated.length === 0
		? digest
		: sumDigests([digest, await noteOnServer(tables, book, repeated)]);
}

/** Entries of this device that came back: the server holds them. Those that wait get their ack yet; what was
 * refused was taken after all, by somebody who looked at it there, and has no other answer to come. */
async function noteOnServer(
	{ outbox }: Pick<Tables, 'outbox'>,
	book: BookId,
	entries: StoredEntry[]
): Promise<Digest> {
	const ids = new Set(entries.map(({ id }) => id));
	const rows = (await outboxOf({ outbox }, book)).filter(({ id }) => ids.has(id));
	const fresh = rows.filter(({ isOnServer }) => isOnServer !== true);
	await outbox.putMany(fresh.map((row) => ({ ...row, isOnServer: true as const })));
	const taken = rows.filter(({ state }) => state === 'refused' || state === 'set-aside');
	await outbox.deleteMany(taken.map(({ n }) => n));
	return digestOf(fresh.map(({ id }) => id));
}

/** Answers what the digest shrinks by. */
async function removeBooks(tables: Tables, books: BookId[], rev: number): Promise<Digest> {
	if (books.length === 0) return 0n;
	const digests: Digest[] = [];
	const held = await readHeld(tables, books);
	// Also of a book that keeps something: what goes must not be left where it lay.
	await tables.books.deleteMany(held.flatMap(({ row }) => row?.book ?? []));
	for (const one of held) digests.push(await removeBook(tables, one, rev));
	return sumDigests(digests);
}

/** The row is gone; what the server has not taken stays, and with it the name it is listed under. */
async function removeBook(
	tables: Tables,
	{ book, row, log }: HeldBook,
	rev: number
): Promise<Digest> {
	if (row === undefined) return 0n;
	const unsent = await outboxOf(tables, book);
	const unsentIds = new Set(unsent.filter(({ state }) => state !== 'replaced').map(({ id }) => id));
	const kept = [...unpack<EntryId>(row.packed), ...log].filter(({ id }) => unsentIds.has(id));
	await tables.log.deleteMany(log.map(({ id }) => [book, id]));
	if (kept.length === 0) await tables.deltas.put({ book });
	else await tables.books.put({ book, rev, count: kept.length, packed: pack(kept) });
	await tables.outbox.putMany(unsent.map(({ isOnServer: _isOnServer, ...rest }) => rest));
	return countedIn({ row, log }, unsent);
}

/** What a page brings need not be offered again: the server holds it, above `confirmed` or in a backup. */
async function keepRecent({ recent }: Tables, page: Page, meta: MetaRow): Promise<void> {
	const toOffer = { index: '[offer+commit]', from: [0], to: [meta.offer - 1, []], limit: 1 };
	if ((await recent.count(toOffer)) > 0)
		await recent.deleteMany(page.books.flatMap(({ entries }) => entries.map(({ id }) => id)));
	const rows = page.recent.filter(({ commit }) => commit > meta.confirmed);
	if (rows.length > 0) await recent.putMany(rows.map((row) => ({ ...row, offer: meta.offer })));
}
