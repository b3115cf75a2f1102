/**
 * Which feeds hold a book, and why. Reasons are what people and rules state; `join` and `leave` rows
 * follow from them. A hospital on duty has reason `duty` as long as a station of its duty holds the
 * book for a reason of its own; duty does not hand on duty.
 */
import type { DatabaseSync } from 'node:sqlite';
import { subtractDigest, sumDigests } from '#lib/entry/digest.ts';
import type { BookId } from '#lib/domain/ids.ts';
import {
	handsOnDuty,
	type EndingBook,
	type Membership,
	type MembershipReason
} from '../memberships.ts';
import type { AuditRow } from '../storage.ts';
import { idAt, idBytes, integerAt, optionalAt, prepareQuery, textAt, type Row } from './columns.ts';
import type { WriterState } from './state.ts';
import { addReason, removeReason, type BookRecord, type FeedRecord } from './tables.ts';

export const ROW_ENTRY = 0;
export const ROW_JOIN = 1;
export const ROW_LEAVE = 2;
const DUTY = 'duty' satisfies MembershipReason;

export interface Memberships {
	begin(
		book: BookRecord,
		facility: string,
		reason: MembershipReason,
		atMs: number,
		untilMs?: number
	): void;
	end(book: BookRecord, facility: string, reason: MembershipReason, atMs: number): void;
	/** The stations a hospital is on duty for from now on. */
	replaceDuties(hospital: string, stations: string[], atMs: number): void;
	/** The next row of a feed. */
	writeRow(feed: FeedRecord, type: number, book: BookRecord, entry: number): void;
}

export function createMemberships(database: DatabaseSync, state: WriterState): Memberships {
	const statements = prepareStatements(database);
	const duties = createDuties(database);

	const writeRow: Memberships['writeRow'] = (feed, type, book, entry) => {
		feed.head += 1;
		statements.insertRow.run(feed.number, feed.head, type, book.number, entry);
		state.touchFeed(feed);
	};
	const join = (book: BookRecord, feed: FeedRecord): void => {
		writeRow(feed, ROW_JOIN, book, state.head);
		statements.insertFeedBook.run(feed.number, book.idBytes, feed.head, book.number);
		feed.books += 1;
		feed.digest = sumDigests([feed.digest, book.digest]);
	};
	const leave = (book: BookRecord, feed: FeedRecord): void => {
		writeRow(feed, ROW_LEAVE, book, state.head);
		statements.endFeedBook.run(feed.head, feed.number, book.idBytes);
		feed.books -= 1;
		feed.digest = subtractDigest(feed.digest, book.digest);
	};
	const begin: Memberships['begin'] = (book, facility, reason, atMs, untilMs) => {
		const feed = state.feed(facility);
		if (book.reasons.get(feed.number)?.has(reason) === true) {
			if (untilMs !== undefined)
				statements.extendReason.run(untilMs, book.number, feed.number, reason);
			return;
		}
		statements.insertReason.run(book.number, feed.number, reason, atMs, untilMs ?? null);
		if (addReason(book, feed, reason)) join(book, feed);
		if (handsOnDuty(reason))
			for (const hospital of duties.hospitalsOf(facility)) begin(book, hospital, DUTY, atMs);
	};
	const end: Memberships['end'] = (book, facility, reason, atMs) => {
		const feed = state.feed(facility);
		if (book.reasons.get(feed.number)?.has(reason) !== true) return;
		statements.endReason.run(atMs, book.number, feed.number, reason);
		if (removeReason(book, feed, reason)) leave(book, feed);
		if (handsOnDuty(reason) && !holdsForItself(book, feed))
			for (const hospital of duties.hospitalsOf(facility)) endDutyIfOver(book, hospital, atMs);
	};
	const endDutyIfOver = (book: BookRecord, hospital: string, atMs: number): void => {
		const stations = duties.stationsOf(hospital).map((station) => state.feed(station));
		if (!stations.some((station) => holdsForItself(book, station))) end(book, hospital, DUTY, atMs);
	};
	const booksOf = (facility: string): BookRecord[] =>
		statements.selectFeedBooks
			.all(state.feed(facility).number)
			.map((row) => state.findOrCreateBook(idAt(row, 0)));

	return {
		begin,
		end,
		writeRow,
		replaceDuties(hospital, stations, atMs) {
			const before = duties.stationsOf(hospital);
			duties.replace(hospital, stations);
			for (const station of stations.filter((code) => !before.includes(code)))
				for (const book of booksOf(station))
					if (holdsForItself(book, state.feed(station))) begin(book, hospital, DUTY, atMs);
			for (const station of before.filter((code) => !stations.includes(code)))
				for (const book of booksOf(station)) endDutyIfOver(book, hospital, atMs);
		}
	};
}

function holdsForItself(book: BookRecord, feed: FeedRecord): boolean {
	const reasons = book.reasons.get(feed.number);
	return reasons !== undefined && [...reasons].some(handsOnDuty);
}

function prepareStatements(database: DatabaseSync) {
	return {
		insertRow: database.prepare('INSERT INTO feed VALUES (?, ?, ?, ?, ?)'),
		insertFeedBook: database.prepare(
			'INSERT INTO feed_books (feed, book_id, joined_seq, book) VALUES (?, ?, ?, ?)'
		),
		endFeedBook: database.prepare(
			'UPDATE feed_books SET left_seq = ? WHERE feed = ? AND book_id = ? AND left_seq IS NULL'
		),
		selectFeedBooks: prepareQuery(
			database,
			'SELECT book_id FROM feed_books WHERE feed = ? AND left_seq IS NULL'
		),
		insertReason: database.prepare(
			'INSERT INTO memberships (book, feed, reason, begin_ms, until_ms) VALUES (?, ?, ?, ?, ?)'
		),
		extendReason: database.prepare(
			`UPDATE memberships SET until_ms = max(until_ms, ?)
			WHERE book = ? AND feed = ? AND reason = ? AND end_ms IS NULL`
		),
		endReason: database.prepare(
			`UPDATE memberships SET end_ms = ?
			WHERE book = ? AND feed = ? AND reason = ? AND end_ms IS NULL`
		)
	};
}

/** Why a facility's feed holds a book, in the order of the words. */
export function createMembershipReader(
	database: DatabaseSync
): (facility: string, book: BookId) => Membership[] {
	const select = prepareQuery(
		database,
		`SELECT m.reason, m.begin_ms, m.until_ms FROM memberships m
		JOIN feeds f ON f.number = m.feed JOIN books b ON b.number = m.book
		WHERE b.id = ? AND f.facility = ? AND m.end_ms IS NULL ORDER BY m.reason`
	);
	return (facility, book) =>
		select.all(idBytes(book), facility).map((row) => ({
			reason: membershipReasonAt(row, 0),
			fromMs: integerAt(row, 1),
			...optionalAt(row, 2, 'untilMs', integerAt)
		}));
}

export function createEndingReader(
	database: DatabaseSync
): (facility: string, nowMs: number, limit: number) => EndingBook[] {
	const select = prepareQuery(
		database,
		`SELECT b.id, m.reason, m.until_ms FROM memberships m
		JOIN feeds f ON f.number = m.feed JOIN books b ON b.number = m.book
		WHERE f.facility = ? AND m.end_ms IS NULL AND m.until_ms > ? AND NOT EXISTS (
			SELECT 1 FROM memberships o WHERE o.book = m.book AND o.feed = m.feed AND o.end_ms IS NULL
			AND (o.until_ms IS NULL OR (o.until_ms, o.number) > (m.until_ms, m.number))
		) ORDER BY m.until_ms, m.number LIMIT ?`
	);
	return (facility, nowMs, limit) =>
		select.all(facility, nowMs, limit).map((row) => ({
			book: idAt(row, 0),
			reason: membershipReasonAt(row, 1),
			untilMs: integerAt(row, 2)
		}));
}

/** Ends what was to end by `at`, the earliest first, each with its audit row. */
export function createEndOverdue(
	database: DatabaseSync,
	state: WriterState,
	memberships: Pick<Memberships, 'end'>,
	audit: (row: AuditRow) => void
): (at: number, limit: number) => number {
	const select = prepareQuery(
		database,
		`SELECT b.id, f.facility, m.reason FROM memberships m
		JOIN books b ON b.number = m.book JOIN feeds f ON f.number = m.feed
		WHERE m.end_ms IS NULL AND m.until_ms IS NOT NULL AND m.until_ms <= ?
		ORDER BY m.until_ms, m.number LIMIT ?`
	);
	return (at, limit) => {
		const overdue = select.all(at, limit);
		for (const row of overdue) {
			const book = idAt<BookId>(row, 0);
			const facility = textAt(row, 1);
			const reason = membershipReasonAt(row, 2);
			memberships.end(state.findOrCreateBook(book), facility, reason, at);
			audit({ at, action: 'end', facility, book, detail: reason });
		}
		return overdue.length;
	};
}

const REASONS: Record<MembershipReason, true> = {
	registered: true,
	wrote: true,
	duty: true,
	'present-in-person': true,
	referral: true,
	'consent-visit': true,
	'break-glass': true
};

/** A word of a closed list: a row is data from outside this process. */
function membershipReasonAt(row: Row, column: number): MembershipReason {
	const word = textAt(row, column);
	if (!Object.hasOwn(REASONS, word)) throw new Error('a membership with an unknown reason');
	return word as MembershipReason;
}

/** Duties are few and asked for at every new membership; the primary key answers both ways quickly. */
function createDuties(database: DatabaseSync) {
	const selectHospitals = prepareQuery(
		database,
		'SELECT hospital FROM duties WHERE station = ? ORDER BY hospital'
	);
	const selectStations = prepareQuery(
		database,
		'SELECT station FROM duties WHERE hospital = ? ORDER BY station'
	);
	const remove = database.prepare('DELETE FROM duties WHERE hospital = ?');
	const insert = database.prepare('INSERT OR IGNORE INTO duties (station, hospital) VALUES (?, ?)');
	return {
		hospitalsOf: (station: string) => selectHospitals.all(station).map((row) => textAt(row, 0)),
		stationsOf: (hospital: string) => selectStations.all(hospital).map((row) => textAt(row, 0)),
		replace(hospital: string, stations: string[]) {
			remove.run(hospital);
			for (const station of stations) insert.run(station, hospital);
		}
	};
}
