/**
 * What the one writer knows of books and feeds while it writes: read once, changed in memory, written
 * back at the end of the transaction. It is right only as long as nobody else writes; after a rollback
 * everything is forgotten and read again.
 */
import type { DatabaseSync } from 'node:sqlite';
import { createBookTable, createFeedTable, type BookRecord, type FeedRecord } from './tables.ts';
import { integerAt, prepareQuery } from './columns.ts';

/** Books kept in memory between transactions, the oldest read are let go first. */
const BOOKS_CACHED_MAX = 20_000;

export interface WriterState {
	/** Last commit number of the log. */
	head: number;
	findBook(id: string): BookRecord | undefined;
	findOrCreateBook(id: string): BookRecord;
	/** The feed of a facility; made when it is first needed. */
	feed(facility: string): FeedRecord;
	/** These records were changed and must be written with the transaction. */
	touchBook(book: BookRecord): void;
	touchFeed(feed: FeedRecord): void;
	/** Writes what was touched; the last thing in a transaction. */
	flush(): void;
	/** After a commit. */
	trim(): void;
	/** After a rollback. */
	forget(): void;
}

export function createWriterState(database: DatabaseSync): WriterState {
	const selectHead = prepareQuery(database, 'SELECT coalesce(max(commit_number), 0) FROM entries');
	const feedTable = createFeedTable(database);
	const bookTable = createBookTable(database);
	const books = new Map<string, BookRecord>();
	const feeds = new Map<string, FeedRecord>();
	const changedBooks = new Set<BookRecord>();
	const changedFeeds = new Set<FeedRecord>();

	const readHead = (): number => integerAt(selectHead.get() ?? [0], 0);
	const feed = (facility: string): FeedRecord => {
		const known = feeds.get(facility);
		if (known !== undefined) return known;
		const record = feedTable.find(facility) ?? feedTable.create(facility);
		feeds.set(facility, record);
		return record;
	};
	const findBook = (id: string): BookRecord | undefined => {
		const known = books.get(id);
		if (known !== undefined) return known;
		const record = bookTable.find(id, feed);
		if (record !== undefined) books.set(id, record);
		return record;
	};
	const createBook = (id: string): BookRecord => {
		const record = bookTable.create(id);
		books.set(id, record);
		return record;
	};
	const state: WriterState = {
		head: readHead(),
		feed,
		findBook,
		findOrCreateBook: (id) => findBook(id) ?? createBook(id),
		touchBook: (book) => changedBooks.add(book),
		touchFeed: (record) => changedFeeds.add(record),
		flush() {
			for (const record of changedBooks) bookTable.update(record);
			for (const record of changedFeeds) feedTable.update(record);
			changedBooks.clear();
			changedFeeds.clear();
		},
		trim() {
			for (const id of books.keys()) {
				if (books.size <= BOOKS_CACHED_MAX) break;
				books.delete(id);
			}
		},
		forget() {
			for (const known of [books, feeds, changedBooks, changedFeeds]) known.clear();
			state.head = readHead();
		}
	};
	return state;
}
