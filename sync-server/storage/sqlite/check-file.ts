/**
 * Is this file a whole, sound store? Everything that can be recomputed is: entry ids from their bytes,
 * books from their entries, feeds from their rows and books.
 */
import { DatabaseSync } from 'node:sqlite';
import { bytesToDigest, digestToBytes, EMPTY_DIGEST, sumDigests } from '#lib/entry/digest.ts';
import { isIdOf } from '../entry-id.ts';
import { MIGRATIONS } from '../migrations/migrations.ts';
import { clientOf } from './append.ts';
import { bytesAt, integerAt, prepareQuery, textAt, type Row } from './columns.ts';
import { schemaVersion } from './database.ts';

export interface StoreContents {
	/** Last commit number. */
	commit: number;
	entries: number;
	books: number;
	feeds: number;
	confirmed: number;
	/** Sum over all books, 32 hexadecimal digits: equal for equal sets of entries. */
	digest: string;
	/** Epochs in hexadecimal, oldest first, with the commit at which each began. */
	epochs: { epoch: string; commit: number }[];
}

export type StoreCheck =
	{ type: 'sound'; contents: StoreContents } | { type: 'unsound'; problems: string[] };

const PROBLEMS_TOLD_MAX = 10;

export function checkStore(file: string): StoreCheck {
	let database: DatabaseSync | undefined;
	try {
		database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
		return checkDatabase(database);
	} catch (error) {
		const reason = error instanceof Error ? error.message : 'it cannot be read';
		return { type: 'unsound', problems: [`not a readable database: ${reason}`] };
	} finally {
		database?.close();
	}
}

function checkDatabase(database: DatabaseSync): StoreCheck {
	const version = schemaVersion(database);
	if (version === 0) return unsound(['it is a database, but not a store of this server']);
	if (version > MIGRATIONS.length)
		return unsound([`its shape is ${version}; this software knows ${MIGRATIONS.length}`]);
	const integrity = prepareQuery(database, 'PRAGMA integrity_check').all();
	const damage = integrity.map((row) => textAt(row, 0)).filter((line) => line !== 'ok');
	if (damage.length > 0) return unsound(damage);

	const problems: string[] = [];
	const books = checkEntries(database, problems);
	if (problems.length > 0) return unsound(problems);
	checkBooks(database, books, problems);
	checkFeeds(database, books, problems);
	const contents = readContents(database, books);
	if (contents.epochs.length === 0) problems.push('it has no epoch');
	if (contents.confirmed > contents.commit) problems.push('more is confirmed than there is');
	return problems.length === 0 ? { type: 'sound', contents } : unsound(problems);
}

function unsound(problems: string[]): StoreCheck {
	return { type: 'unsound', problems: problems.slice(0, PROBLEMS_TOLD_MAX) };
}

interface BookSum {
	n: number;
	digest: bigint;
}

/** Sums of the entries by book number; problems name entries by commit number only. */
function checkEntries(database: DatabaseSync, problems: string[]): Map<number, BookSum> {
	const entries = prepareQuery(
		database,
		'SELECT commit_number, book, id, bytes FROM entries ORDER BY commit_number'
	);
	const indexed = prepareQuery(
		database,
		'SELECT commit_number FROM entry_clients WHERE book = ? AND client = ?'
	);
	const books = new Map<number, BookSum>();
	let expected = 0;
	for (const row of entries.iterate()) {
		if (problems.length >= PROBLEMS_TOLD_MAX) break;
		expected += 1;
		const commit = integerAt(row, 0);
		const book = integerAt(row, 1);
		const id = bytesAt(row, 2);
		if (commit !== expected) problems.push(`commit ${expected} is missing`);
		expected = commit;
		if (!isIdOf(id, bytesAt(row, 3))) problems.push(`commit ${commit} is not what its id says`);
		const found = indexed.get(book, clientOf(id));
		if (found === undefined || integerAt(found, 0) !== commit)
			problems.push(`commit ${commit} is not in the index`);
		const sum = books.get(book) ?? { n: 0, digest: EMPTY_DIGEST };
		books.set(book, { n: sum.n + 1, digest: sumDigests([sum.digest, bytesToDigest(id)]) });
	}
	const indexSize = countOf(database, 'entry_clients');
	const entryCount = [...books.values()].reduce((total, { n }) => total + n, 0);
	if (indexSize !== entryCount) problems.push(`the index has ${indexSize} rows, not ${entryCount}`);
	return books;
}

function checkBooks(database: DatabaseSync, sums: Map<number, BookSum>, problems: string[]): void {
	const seen = new Set<number>();
	for (const row of prepareQuery(database, 'SELECT number, n, digest FROM books').iterate()) {
		const number = integerAt(row, 0);
		seen.add(number);
		const sum = sums.get(number) ?? { n: 0, digest: EMPTY_DIGEST };
		if (integerAt(row, 1) !== sum.n || bytesToDigest(bytesAt(row, 2)) !== sum.digest)
			problems.push(`book ${number} does not add up to its entries`);
	}
	for (const number of sums.keys())
		if (!seen.has(number)) problems.push(`book ${number} has entries but no row`);
}

function checkFeeds(database: DatabaseSync, sums: Map<number, BookSum>, problems: string[]): void {
	const rows = prepareQuery(database, 'SELECT count(*), max(seq) FROM feed WHERE feed = ?');
	const members = prepareQuery(
		database,
		'SELECT book FROM feed_books WHERE feed = ? AND left_seq IS NULL'
	);
	for (const feed of prepareQuery(
		database,
		'SELECT number, head, books, digest FROM feeds'
	).all()) {
		const number = integerAt(feed, 0);
		const head = integerAt(feed, 1);
		const [count, last] = rows.get(number) ?? [];
		if (count !== head || (head > 0 && last !== head))
			problems.push(`feed ${number} has a gap in its rows`);
		const held = members.all(number).map((row) => sums.get(integerAt(row, 0)));
		const digest = sumDigests(held.map((sum) => sum?.digest ?? EMPTY_DIGEST));
		if (held.length !== integerAt(feed, 2) || digest !== bytesToDigest(bytesAt(feed, 3)))
			problems.push(`feed ${number} does not add up to its books`);
	}
}

function readContents(database: DatabaseSync, books: Map<number, BookSum>): StoreContents {
	const epochs = prepareQuery(database, 'SELECT epoch, commit_number FROM epochs ORDER BY number');
	const digest = sumDigests([...books.values()].map((sum) => sum.digest));
	return {
		commit: numberFrom(database, 'SELECT coalesce(max(commit_number), 0) FROM entries'),
		entries: countOf(database, 'entries'),
		books: countOf(database, 'books'),
		feeds: countOf(database, 'feeds'),
		confirmed: numberFrom(database, 'SELECT confirmed FROM store'),
		digest: hexOf(digestToBytes(digest)),
		epochs: epochs.all().map((row: Row) => ({
			epoch: hexOf(bytesAt(row, 0)),
			commit: integerAt(row, 1)
		}))
	};
}

function countOf(database: DatabaseSync, table: string): number {
	return numberFrom(database, `SELECT count(*) FROM ${table}`);
}

function numberFrom(database: DatabaseSync, sql: string): number {
	return integerAt(prepareQuery(database, sql).get() ?? [], 0);
}

function hexOf(bytes: Uint8Array): string {
	return Buffer.from(bytes).toString('hex');
}
