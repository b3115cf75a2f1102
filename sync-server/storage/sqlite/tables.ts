/** Books and feeds as records, and the statements that read and write them. */
import type { DatabaseSync } from 'node:sqlite';
import { bytesToDigest, digestToBytes, EMPTY_DIGEST } from '#lib/entry/digest.ts';
import { bytesAt, idBytes, integerAt, prepareQuery, textAt } from './columns.ts';

export interface FeedRecord {
	number: number;
	facility: string;
	head: number;
	books: number;
	digest: bigint;
}

export interface BookRecord {
	number: number;
	idBytes: Uint8Array;
	n: number;
	digest: bigint;
	/** Feeds that hold the book, by number ascending: the order in which they are written. */
	members: FeedRecord[];
	/** Reasons in force, by feed number. A feed is a member as long as it has one. */
	reasons: Map<number, Set<string>>;
}

export function createFeedTable(database: DatabaseSync) {
	const select = prepareQuery(
		database,
		'SELECT number, head, books, digest FROM feeds WHERE facility = ?'
	);
	const insert = database.prepare(
		'INSERT INTO feeds (facility, head, books, digest) VALUES (?, 0, 0, ?)'
	);
	const update = database.prepare(
		'UPDATE feeds SET head = ?, books = ?, digest = ? WHERE number = ?'
	);
	return {
		find(facility: string): FeedRecord | undefined {
			const row = select.get(facility);
			if (row === undefined) return undefined;
			return {
				number: integerAt(row, 0),
				facility,
				head: integerAt(row, 1),
				books: integerAt(row, 2),
				digest: bytesToDigest(bytesAt(row, 3))
			};
		},
		create(facility: string): FeedRecord {
			const { lastInsertRowid } = insert.run(facility, digestToBytes(EMPTY_DIGEST));
			return { number: Number(lastInsertRowid), facility, head: 0, books: 0, digest: EMPTY_DIGEST };
		},
		update(feed: FeedRecord): void {
			update.run(feed.head, feed.books, digestToBytes(feed.digest), feed.number);
		}
	};
}

export function createBookTable(database: DatabaseSync) {
	const select = prepareQuery(database, 'SELECT number, n, digest FROM books WHERE id = ?');
	const selectReasons = prepareQuery(
		database,
		`SELECT f.facility, m.reason FROM memberships m JOIN feeds f ON f.number = m.feed
		WHERE m.book = ? AND m.end_ms IS NULL ORDER BY m.feed`
	);
	const insert = database.prepare('INSERT INTO books (id, n, digest) VALUES (?, 0, ?)');
	const update = database.prepare('UPDATE books SET n = ?, digest = ? WHERE number = ?');
	return {
		find(id: string, feed: (facility: string) => FeedRecord): BookRecord | undefined {
			const bytes = idBytes(id);
			const row = select.get(bytes);
			if (row === undefined) return undefined;
			const number = integerAt(row, 0);
			const digest = bytesToDigest(bytesAt(row, 2));
			const n = integerAt(row, 1);
			const book = emptyRecord(number, bytes, n, digest);
			for (const reason of selectReasons.all(number))
				addReason(book, feed(textAt(reason, 0)), textAt(reason, 1));
			return book;
		},
		create(id: string): BookRecord {
			const bytes = idBytes(id);
			const { lastInsertRowid } = insert.run(bytes, digestToBytes(EMPTY_DIGEST));
			return emptyRecord(Number(lastInsertRowid), bytes, 0, EMPTY_DIGEST);
		},
		update(book: BookRecord): void {
			update.run(book.n, digestToBytes(book.digest), book.number);
		}
	};
}

/** True when this is the feed's first reason: the book joins it. */
export function addReason(book: BookRecord, feed: FeedRecord, reason: string): boolean {
	const reasons = book.reasons.get(feed.number);
	if (reasons !== undefined) {
		reasons.add(reason);
		return false;
	}
	book.reasons.set(feed.number, new Set([reason]));
	book.members.push(feed);
	book.members.sort((a, b) => a.number - b.number);
	return true;
}

/** True when this was the feed's last reason: the book leaves it. */
export function removeReason(book: BookRecord, feed: FeedRecord, reason: string): boolean {
	const reasons = book.reasons.get(feed.number);
	reasons?.delete(reason);
	if (reasons === undefined || reasons.size > 0) return false;
	book.reasons.delete(feed.number);
	book.members = book.members.filter((member) => member.number !== feed.number);
	return true;
}

function emptyRecord(number: number, bytes: Uint8Array, n: number, digest: bigint): BookRecord {
	return { number, idBytes: bytes, n, digest, members: [], reasons: new Map() };
}
