/** Reads feeds: state, rows after a number, and the snapshot at a number. */
import type { DatabaseSync } from 'node:sqlite';
import { bytesToDigest, EMPTY_DIGEST } from '#lib/entry/digest.ts';
import type { FeedRow, FeedState } from '../storage.ts';
import type { Arena } from '../arena.ts';
import { rowToLogEntry, type BookReader } from './book-read.ts';
import { bytesAt, idAt, integerAt, prepareQuery, type Row } from './columns.ts';
import { ROW_ENTRY, ROW_JOIN } from './membership.ts';

export interface FeedReader {
	readFeedState: (facility: string) => FeedState;
	readFeedHeadAt: (facility: string, commit: number) => number;
	readFeed: (
		facility: string,
		after: number,
		limits: { rowsMax: number; bytesMax: number }
	) => FeedRow[];
	/** The last commit number of the log when row `seq` was written. */
	commitAt: (feed: number, seq: number) => number;
	findFeed(facility: string): { number: number; state: FeedState } | undefined;
}

export function createFeedReader(
	database: DatabaseSync,
	books: BookReader,
	arena: Arena
): FeedReader {
	const selectFeed = prepareQuery(
		database,
		'SELECT number, head, books, digest FROM feeds WHERE facility = ?'
	);
	const selectCommit = prepareQuery(database, 'SELECT entry FROM feed WHERE feed = ? AND seq = ?');
	const selectRows = prepareQuery(
		database,
		`SELECT f.seq, f.type, f.entry, f.book, b.id, e.commit_number, e.id, e.bytes, e.signature
		FROM feed f JOIN books b ON b.number = f.book
		LEFT JOIN entries e ON f.type = ${ROW_ENTRY} AND e.commit_number = f.entry
		WHERE f.feed = ? AND f.seq > ? ORDER BY f.seq LIMIT ?`
	);

	const findFeed: FeedReader['findFeed'] = (facility) => {
		const row = selectFeed.get(facility);
		if (row === undefined) return undefined;
		const digest = bytesToDigest(bytesAt(row, 3));
		const state = { head: integerAt(row, 1), books: integerAt(row, 2), digest };
		return { number: integerAt(row, 0), state };
	};
	const commitAt: FeedReader['commitAt'] = (feed, seq) => {
		const row = selectCommit.get(feed, seq);
		if (row === undefined) throw new RangeError(`the feed has no row ${seq}`);
		return integerAt(row, 0);
	};
	const rowToFeedRow = (row: Row): FeedRow => {
		const seq = integerAt(row, 0);
		const type = integerAt(row, 1);
		const book = idAt<FeedRow['book']>(row, 4);
		if (type === ROW_ENTRY)
			return { seq, type: 'entry', book, entry: rowToLogEntry(row, 5, arena) };
		if (type !== ROW_JOIN) return { seq, type: 'leave', book };
		return { seq, type: 'join', book, n: books.countEntries(integerAt(row, 3), integerAt(row, 2)) };
	};

	return {
		findFeed,
		commitAt,
		readFeedState: (facility) =>
			findFeed(facility)?.state ?? { head: 0, books: 0, digest: EMPTY_DIGEST },
		readFeedHeadAt(facility, commit) {
			const feed = findFeed(facility);
			if (feed === undefined) return 0;
			return lastUpTo(feed.state.head, (seq) => commitAt(feed.number, seq) <= commit);
		},
		readFeed(facility, after, { rowsMax, bytesMax }) {
			const feed = findFeed(facility);
			if (feed === undefined) return [];
			const rows: FeedRow[] = [];
			let bytes = 0;
			for (const row of selectRows.iterate(feed.number, after, rowsMax)) {
				const read = rowToFeedRow(row);
				rows.push(read);
				if (read.type === 'entry') bytes += read.entry.bytes.length;
				if (bytes >= bytesMax) break;
			}
			return rows;
		}
	};
}

/** The largest number in 0..`head` for which `holds` is true; it is true up to some number, then false. */
function lastUpTo(head: number, holds: (seq: number) => boolean): number {
	let low = 0;
	let high = head;
	while (low < high) {
		const middle = Math.ceil((low + high) / 2);
		if (holds(middle)) low = middle;
		else high = middle - 1;
	}
	return low;
}
