/**
 * The digest that is compared with the server's. It is kept as a running sum, which cannot notice that a row
 * was lost or damaged under it; so now and then it is counted anew from the rows.
 */
import type { BookId } from '#lib/domain/ids.ts';
import { digestOf, subtractDigest, sumDigests, type Digest } from '#lib/entry/digest.ts';
import { countedIn, eachBook, idsOf, outboxOf, readHeld } from './held.ts';
import { metaRowOf } from './meta.ts';
import { NEVER_CONFIRMED } from './outbox.ts';
import { digestOfBooks, keepMended, standingsOf } from './standings.ts';
import type { Database, OutboxTableRow, RecentTableRow, Tables } from './tables.ts';

type Holdings = Pick<Tables, 'books' | 'log' | 'outbox' | 'standings'>;

export async function readDigest(database: Database): Promise<Digest> {
	const names = ['meta', 'recent', 'books', 'log', 'outbox', 'standings'] as const;
	return database.transact('r', names, async (tables) => {
		const { digest, offer } = await metaRowOf(tables);
		const lacking = await notTakenBack(tables, offer);
		return subtractDigest(digest, await countedAmong(tables, lacking));
	});
}

/** What a restored server does not hold, as far as this device knows: not offered again yet, or refused. */
async function notTakenBack(
	{ recent }: Pick<Tables, 'recent'>,
	offer: number
): Promise<RecentTableRow[]> {
	const index = '[offer+commit]';
	return [
		...(await recent.range({ index, from: [0], to: [offer - 1, []] })),
		...(await recent.range({ index, from: [offer, NEVER_CONFIRMED], to: [offer, []] }))
	];
}

/** Sum of those ids that count in the digest: of books held here and in the feed. */
async function countedAmong(tables: Holdings, recent: RecentTableRow[]): Promise<Digest> {
	if (recent.length === 0) return 0n;
	const idsByBook = Map.groupBy(recent, ({ book }) => book);
	const books = [...idsByBook.keys()];
	const standings = await standingsOf(tables, books);
	const digests: Digest[] = [];
	for (const held of await readHeld(tables, books)) {
		if (standings.get(held.book) === 'out-of-feed') continue;
		const unsent = new Set((await outboxOf(tables, held.book)).map(({ id }) => id));
		const here = new Set(idsOf(held));
		const ids = (idsByBook.get(held.book) ?? []).map(({ id }) => id);
		digests.push(digestOf(ids.filter((id) => here.has(id) && !unsent.has(id))));
	}
	return sumDigests(digests);
}

/** These books are not in the feed: a whole snapshot did not bring them (`awaited`), or the server did not
 * mention them when it was asked. Answers how many there were. */
export async function markOutOfFeed(
	database: Database,
	which: 'awaited' | readonly BookId[]
): Promise<number> {
	const names = ['books', 'log', 'outbox', 'standings', 'meta'] as const;
	return database.transact('rw', names, async (tables) => {
		const rows = (await tables.standings.range({})).filter(({ book, state }) =>
			which === 'awaited' ? state === 'awaited' : state === 'damaged' && which.includes(book)
		);
		if (rows.length === 0) return 0;
		const meta = await metaRowOf(tables);
		const digest = subtractDigest(meta.digest, await digestOfBooks(tables, rows));
		await tables.standings.putMany(rows.map(({ book }) => ({ book, state: 'out-of-feed' })));
		await tables.meta.put({ ...meta, digest });
		return rows.length;
	});
}

/** Also mends rows that cannot be read, and notes them as damaged. */
export async function recount(database: Database): Promise<void> {
	const names = ['books', 'log', 'outbox', 'standings', 'meta'] as const;
	await database.transact('rw', names, async (tables) => {
		const meta = await metaRowOf(tables);
		const rev = meta.rev + 1;
		const unsent = Map.groupBy(await tables.outbox.range({}), ({ book }) => book);
		const digests: Digest[] = [];
		await eachBook(tables, async (books) => {
			digests.push(await countBooks(tables, books, unsent, rev));
		});
		await tables.meta.put({ ...meta, rev, digest: sumDigests(digests) });
	});
}

async function countBooks(
	tables: Holdings,
	books: BookId[],
	unsent: ReadonlyMap<BookId, OutboxTableRow[]>,
	rev: number
): Promise<Digest> {
	const standings = await standingsOf(tables, books);
	const digests: Digest[] = [];
	for (const held of await readHeld(tables, books)) {
		const isOut = standings.get(held.book) === 'out-of-feed';
		if (held.isDamaged) await keepMended(tables, held, rev, { isWhole: isOut });
		if (!isOut) digests.push(countedIn(held, unsent.get(held.book) ?? []));
	}
	return sumDigests(digests);
}

/** `noticed`: books found damaged while they were read; they are noted on the disk first. */
export async function listDamaged(database: Database, noticed: Set<BookId>): Promise<BookId[]> {
	if (noticed.size > 0) {
		noticed.clear();
		await recount(database);
	}
	return database.transact('r', ['standings'], async ({ standings }) => {
		const rows = await standings.range({});
		return rows.flatMap(({ book, state }) => (state === 'damaged' ? [book] : []));
	});
}
