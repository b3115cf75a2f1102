/**
 * Books whose place in the feed is in doubt: awaited from a fresh snapshot, out of the feed, or damaged on
 * this device. Most devices have none, and then nothing here costs more than one count. A book out of
 * the feed stays here with all its entries; it only counts in the digest no more.
 */
import type { BookId } from '#lib/domain/ids.ts';
import { sumDigests, type Digest } from '#lib/entry/digest.ts';
import { countedIn, eachBook, outboxOf, readHeld, type HeldBook } from './held.ts';
import type { StandingRow, Tables } from './tables.ts';

type Holdings = Pick<Tables, 'books' | 'log' | 'outbox' | 'standings'>;
type Standings = Pick<Tables, 'standings'>;

/** A fresh snapshot begins: every book in the feed is to come in it. */
export async function awaitEveryBook(tables: Pick<Tables, 'books' | 'standings'>): Promise<void> {
	const known = new Set((await tables.standings.range({})).map(({ book }) => book));
	await eachBook(tables, async (books) => {
		const awaited = books.filter((book) => !known.has(book));
		await tables.standings.putMany(awaited.map((book) => ({ book, state: 'awaited' })));
	});
}

/** The store that the snapshot came from is gone: what it has not sent says nothing any more. */
export async function awaitNothing({ standings }: Standings): Promise<void> {
	const rows = await standings.range({});
	const awaited = rows.filter(({ state }) => state === 'awaited');
	await standings.deleteMany(awaited.map(({ book }) => book));
}

/** The server named these books, so they are in the feed. Answers what the digest grows by. `isAsked`: they
 * came as books asked for by themselves; only so is a damaged one whole again. */
export async function returnToFeed(
	tables: Holdings,
	named: BookId[],
	{ isAsked }: { isAsked: boolean }
): Promise<Digest> {
	if (!(await hasStandings(tables))) return 0n;
	const rows = (await tables.standings.getMany(named)).filter((row) => row !== undefined);
	const settled = rows.filter(({ state }) => isAsked || state !== 'damaged');
	await tables.standings.deleteMany(settled.map(({ book }) => book));
	return digestOfBooks(tables, settled.filter(isOut));
}

/** Writes what could be read of a damaged row in its place. `isWhole`: the rest came already; else the book
 * is to be asked for. */
export async function keepMended(
	{ books, standings }: Pick<Tables, 'books' | 'standings'>,
	{ book, row }: HeldBook,
	rev: number,
	{ isWhole }: { isWhole: boolean }
): Promise<void> {
	if (row !== undefined) await books.put({ ...row, rev });
	if (!isWhole) await standings.put({ book, state: 'damaged' });
}

export async function standingsOf(
	tables: Standings,
	books: BookId[]
): Promise<Map<BookId, StandingRow['state']>> {
	if (!(await hasStandings(tables))) return new Map();
	const rows = (await tables.standings.getMany(books)).filter((row) => row !== undefined);
	return new Map(rows.map(({ book, state }) => [book, state]));
}

async function hasStandings({ standings }: Standings): Promise<boolean> {
	return (await standings.count({ limit: 1 })) > 0;
}

function isOut({ state }: StandingRow): boolean {
	return state === 'out-of-feed';
}

export async function digestOfBooks(tables: Holdings, rows: StandingRow[]): Promise<Digest> {
	const digests: Digest[] = [];
	const held = await readHeld(
		tables,
		rows.map(({ book }) => book)
	);
	for (const one of held) digests.push(countedIn(one, await outboxOf(tables, one.book)));
	return sumDigests(digests);
}
