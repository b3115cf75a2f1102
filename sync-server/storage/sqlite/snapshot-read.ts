/** The snapshot of a feed at one of its numbers, page by page: what a new cursor starts from. */
import type { DatabaseSync } from 'node:sqlite';
import type { BookId } from '#lib/domain/ids.ts';
import type { SnapshotPage, SnapshotPosition } from '../storage.ts';
import type { BookReader } from './book-read.ts';
import { idAt, idBytes, integerAt, prepareQuery } from './columns.ts';
import type { FeedReader } from './feed-read.ts';

export type ReadSnapshot = (
	facility: string,
	head: number,
	after: SnapshotPosition | undefined,
	bytesMax: number
) => SnapshotPage;

/** Above every book id. */
const BEFORE_THE_FIRST = new Uint8Array(16).fill(255);

export function createSnapshotReader(
	database: DatabaseSync,
	feeds: FeedReader,
	books: BookReader
): ReadSnapshot {
	const members = `FROM feed_books WHERE feed = ?1 AND book_id <= ?2
		AND joined_seq <= ?3 AND (left_seq IS NULL OR left_seq > ?3)`;
	const selectBooks = prepareQuery(
		database,
		`SELECT book_id, book ${members} ORDER BY book_id DESC`
	);
	const countBooks = prepareQuery(database, `SELECT count(*) ${members}`);

	return (facility, head, after, bytesMax) => {
		const feed = feeds.findFeed(facility);
		if (feed === undefined || head === 0) return { books: [], booksLeft: 0 };
		const commit = feeds.commitAt(feed.number, head);
		const from = after === undefined ? BEFORE_THE_FIRST : idBytes(after.book);
		const page: SnapshotPage = { books: [], booksLeft: 0 };
		let bytesLeft = bytesMax;
		let booksSeen = 0;
		for (const row of selectBooks.iterate(feed.number, from, head)) {
			const book = idAt<BookId>(row, 0);
			const skip = book === after?.book ? after.entriesSent : 0;
			const entries = books.readEntries(integerAt(row, 1), commit, skip, bytesLeft);
			booksSeen += 1;
			if (entries.length > 0) page.books.push({ book, entries });
			for (const entry of entries) bytesLeft -= entry.bytes.length;
			if (bytesLeft > 0) continue;
			page.next = { book, entriesSent: skip + entries.length };
			break;
		}
		const total = integerAt(countBooks.get(feed.number, from, head) ?? [], 0);
		page.booksLeft = page.next === undefined ? 0 : total - booksSeen;
		return page;
	};
}
