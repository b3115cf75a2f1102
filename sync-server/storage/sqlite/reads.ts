/** How far a book has been read by those who hold it. */
import type { DatabaseSync } from 'node:sqlite';
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import type { BookJourney, MembershipReason, ServerStorage } from '../storage.ts';
import type { BookReader } from './book-read.ts';
import { idAt, idBytes, integerAt, isAbsentAt, prepareQuery, textAt, type Row } from './columns.ts';
import type { WriterState } from './state.ts';

type Note<Method extends 'noteFeedRead' | 'noteCitizenRead'> = (
	...parameters: Parameters<ServerStorage[Method]>
) => void;

/** Where somebody went is nobody's business. */
const NOT_TOLD = [
	'present-in-person',
	'consent-visit',
	'break-glass'
] as const satisfies MembershipReason[];

export interface ReadNotes {
	noteFeedRead: Note<'noteFeedRead'>;
	noteCitizenRead: Note<'noteCitizenRead'>;
}

export function createReadNotes(database: DatabaseSync, state: WriterState): ReadNotes {
	const putFeed = database.prepare(
		`INSERT INTO feed_reads VALUES (?, ?, ?) ON CONFLICT (feed)
		DO UPDATE SET seq = excluded.seq, at_ms = excluded.at_ms WHERE excluded.seq > seq`
	);
	const putCitizen = database.prepare(
		`INSERT INTO citizen_reads VALUES (?, ?, ?) ON CONFLICT (book)
		DO UPDATE SET commit_number = excluded.commit_number, at_ms = excluded.at_ms
		WHERE excluded.commit_number > commit_number`
	);
	return {
		noteFeedRead(facility, seq, atMs) {
			putFeed.run(state.feed(facility).number, seq, atMs);
		},
		noteCitizenRead(books, atMs) {
			for (const { book, commit } of books) {
				const known = state.findBook(book);
				if (known !== undefined) putCitizen.run(known.number, commit, atMs);
			}
		}
	};
}

/** Columns: facility, row of the feed at which the book last joined, row read, when, last commit of that row. */
const PLACES = `SELECT f.facility, max(b.joined_seq), r.seq, r.at_ms, row.entry
	FROM (SELECT DISTINCT feed FROM memberships
		WHERE book = ?1 AND end_ms IS NULL AND reason NOT IN ('${NOT_TOLD.join("', '")}')) m
	JOIN feeds f ON f.number = m.feed
	JOIN feed_books b ON b.feed = m.feed AND b.book_id = ?2
	LEFT JOIN feed_reads r ON r.feed = m.feed
	LEFT JOIN feed row ON row.feed = m.feed AND row.seq = r.seq
	GROUP BY m.feed ORDER BY f.facility`;

export function createJourneyReader(
	database: DatabaseSync,
	books: BookReader
): (book: BookId, newestMax: number) => BookJourney {
	const selectBook = prepareQuery(database, 'SELECT number, n FROM books WHERE id = ?');
	const selectPlaces = prepareQuery(database, PLACES);
	const selectCitizen = prepareQuery(
		database,
		'SELECT commit_number, at_ms FROM citizen_reads WHERE book = ?'
	);
	const selectNewest = prepareQuery(
		database,
		`SELECT id FROM entries WHERE commit_number IN (
			SELECT commit_number FROM entry_clients WHERE book = ? ORDER BY commit_number DESC LIMIT ?)
		ORDER BY commit_number DESC`
	);
	return (book, newestMax) => {
		const found = selectBook.get(idBytes(book));
		if (found === undefined) return { newest: [], places: [] };
		const number = integerAt(found, 0);
		const n = integerAt(found, 1);
		const unreadAfter = (commit: number): number => n - books.countEntries(number, commit);
		const citizen = selectCitizen.get(number);
		return {
			newest: selectNewest.all(number, newestMax).map((row) => idAt<EntryId>(row, 0)),
			places: selectPlaces.all(number, idBytes(book)).map((row) => placeOf(row, n, unreadAfter)),
			...(citizen && {
				citizen: { unread: unreadAfter(integerAt(citizen, 0)), atMs: integerAt(citizen, 1) }
			})
		};
	};
}

function placeOf(
	row: Row,
	n: number,
	unreadAfter: (commit: number) => number
): BookJourney['places'][number] {
	const facility = textAt(row, 0);
	const hasReadIt = !isAbsentAt(row, 4) && integerAt(row, 2) >= integerAt(row, 1);
	if (!hasReadIt) return { facility, unread: n };
	return { facility, unread: unreadAfter(integerAt(row, 4)), atMs: integerAt(row, 3) };
}
