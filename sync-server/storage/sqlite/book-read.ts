/** Reads books and the log. Blobs of one answer go into a few large buffers that are handed over whole. */
import type { DatabaseSync } from 'node:sqlite';
import type { BookId } from '#lib/domain/ids.ts';
import { bytesToDigest, sumDigests } from '#lib/entry/digest.ts';
import type { LogEntry } from '../storage.ts';
import type { Arena } from '../arena.ts';
import { bytesAt, idAt, idBytes, integerAt, prepareQuery, type Row } from './columns.ts';

export interface BookReader {
	readBook: (book: BookId, from?: { entriesSent: number; bytesMax: number }) => LogEntry[];
	readBookState: (book: BookId) => { n: number; digest: bigint } | undefined;
	digestOfFirst: (book: BookId, n: number) => bigint;
	isMember: (facility: string, book: BookId) => boolean;
	findBooks: (lookups: string[], limit: number) => BookId[];
	/** Entries of a book up to a commit number, after the first `skip`, until `bytesMax` is reached. */
	readEntries: (book: number, upToCommit: number, skip: number, bytesMax: number) => LogEntry[];
	countEntries(book: number, upToCommit: number): number;
}

export function createBookReader(database: DatabaseSync, arena: Arena): BookReader {
	const selectBook = prepareQuery(database, 'SELECT number, n, digest FROM books WHERE id = ?');
	const selectEntries = prepareQuery(
		database,
		`SELECT e.commit_number, e.id, e.bytes, e.signature FROM entries e
		WHERE e.commit_number IN (
			SELECT commit_number FROM entry_clients WHERE book = ? AND commit_number <= ?
			ORDER BY commit_number LIMIT -1 OFFSET ?)
		ORDER BY e.commit_number`
	);
	const selectIds = prepareQuery(
		database,
		`SELECT id FROM entries WHERE commit_number IN (
			SELECT commit_number FROM entry_clients WHERE book = ? ORDER BY commit_number LIMIT ?)`
	);
	const countEntries = prepareQuery(
		database,
		'SELECT count(*) FROM entry_clients WHERE book = ? AND commit_number <= ?'
	);
	const selectMember = prepareQuery(
		database,
		`SELECT 1 FROM memberships m JOIN feeds f ON f.number = m.feed
		WHERE m.book = ? AND f.facility = ? AND m.end_ms IS NULL`
	);

	const readEntries: BookReader['readEntries'] = (book, upToCommit, skip, bytesMax) => {
		const entries: LogEntry[] = [];
		let bytes = 0;
		for (const row of selectEntries.iterate(book, upToCommit, skip)) {
			const entry = rowToLogEntry(row, 0, arena);
			entries.push(entry);
			bytes += entry.bytes.length;
			if (bytes >= bytesMax) break;
		}
		return entries;
	};
	return {
		readEntries,
		readBook(book, from = { entriesSent: 0, bytesMax: Infinity }) {
			const row = selectBook.get(idBytes(book));
			if (row === undefined) return [];
			const number = integerAt(row, 0);
			return readEntries(number, Number.MAX_SAFE_INTEGER, from.entriesSent, from.bytesMax);
		},
		readBookState(book) {
			const row = selectBook.get(idBytes(book));
			if (row === undefined || integerAt(row, 1) === 0) return undefined;
			return { n: integerAt(row, 1), digest: bytesToDigest(bytesAt(row, 2)) };
		},
		digestOfFirst(book, n) {
			const row = selectBook.get(idBytes(book));
			const ids = row === undefined ? [] : selectIds.all(integerAt(row, 0), n);
			return sumDigests(ids.map((id) => bytesToDigest(bytesAt(id, 0))));
		},
		isMember(facility, book) {
			const row = selectBook.get(idBytes(book));
			return row !== undefined && selectMember.get(integerAt(row, 0), facility) !== undefined;
		},
		findBooks: createFindBooks(database),
		countEntries: (book, upToCommit) => integerAt(countEntries.get(book, upToCommit) ?? [], 0)
	};
}

function createFindBooks(database: DatabaseSync): BookReader['findBooks'] {
	const find = prepareQuery(
		database,
		`SELECT b.id FROM lookups l JOIN books b ON b.number = l.book
		WHERE l.key IN (SELECT value FROM json_each(?))
		GROUP BY b.number HAVING count(*) = ? ORDER BY b.number LIMIT ?`
	);
	return (lookups, limit) => {
		const keys = [...new Set(lookups)];
		if (keys.length === 0) return [];
		return find.all(JSON.stringify(keys), keys.length, limit).map((row) => idAt<BookId>(row, 0));
	};
}

/** Columns commit number, id, bytes, signature, from `column` on. */
export function rowToLogEntry(row: Row, column: number, arena: Arena): LogEntry {
	return {
		commit: integerAt(row, column),
		id: idAt(row, column + 1),
		bytes: arena.keep(bytesAt(row, column + 2)),
		signature: arena.keep(bytesAt(row, column + 3))
	};
}
