/** Requests for correction in the database: each with its audit row in one transaction. */
import type { DatabaseSync } from 'node:sqlite';
import { CITIZEN_RELATIONS } from '#lib/domain/access/access-table.ts';
import { CORRECTION_OUTCOMES } from '#lib/domain/access/correction-request.ts';
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import {
	detailOfAnswer,
	detailOfAsking,
	type CorrectionAnswer,
	type CorrectionAnswerRequest,
	type CorrectionAnswerResult,
	type CorrectionAskRequest,
	type CorrectionAskResult,
	type StoredCorrectionRequest
} from '../corrections.ts';
import type { AuditRow } from '../storage.ts';
import {
	idAt,
	idBytes,
	integerAt,
	optionalAt,
	optionalIdBytes,
	prepareQuery,
	textAt,
	wordAt,
	type Row
} from './columns.ts';

const LISTED = `SELECT q.number, q.at_ms, q.book, q.entry, q.facility, q.person, q.stands, q.words, q.due,
	q.commit_number, a.at_ms, a.outcome, a.person, a.entry, a.reason
	FROM correction_requests q LEFT JOIN correction_answers a ON a.request = q.number`;

export interface CorrectionWriter {
	askForCorrection(request: CorrectionAskRequest): CorrectionAskResult;
	answerCorrection(request: CorrectionAnswerRequest): CorrectionAnswerResult;
}

export function createCorrectionWriter(
	database: DatabaseSync,
	audit: (row: AuditRow) => void
): CorrectionWriter {
	const open = prepareQuery(database, `${LISTED} WHERE q.book = ? AND a.request IS NULL`);
	const insert = database.prepare(
		`INSERT INTO correction_requests (at_ms, book, entry, facility, person, stands, words, due, commit_number)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`
	);
	const find = prepareQuery(database, `${LISTED} WHERE q.number = ? AND q.facility = ?`);
	const insertAnswer = database.prepare('INSERT INTO correction_answers VALUES (?, ?, ?, ?, ?, ?)');
	return {
		askForCorrection(request) {
			const { at, book, entry, facility, person, stands, words, due, commit } = request;
			const waiting = open.all(idBytes(book)).map(requestOf);
			if (waiting.some((one) => one.entry === entry)) return { type: 'open-already' };
			if (waiting.length >= request.openMax) return { type: 'too-many' };
			const [bookBytes, entryBytes, who] = [book, entry, person].map(idBytes);
			if (bookBytes === undefined || entryBytes === undefined || who === undefined)
				throw new RangeError('a request without its ids');
			insert.run(at, bookBytes, entryBytes, facility, who, stands, words, due, commit);
			const detail = detailOfAsking(request);
			audit({ at, action: 'correction', person, role: 'citizen', book, detail });
			return { type: 'asked' };
		},
		answerCorrection(request) {
			const { number, facility, answeredAt, device, loggedAt } = request;
			const { at, outcome, person, entry, reason } = request;
			const [row] = find.all(number, facility);
			if (row === undefined) return { type: 'not-found' };
			const found = requestOf(row);
			if (found.answer !== undefined) return { type: 'already-answered' };
			insertAnswer.run(number, at, outcome, idBytes(person), optionalIdBytes(entry), reason);
			const who = {
				person,
				facility: answeredAt,
				...(device !== undefined && { device }),
				book: found.book
			};
			const detail = detailOfAnswer(request);
			audit({ at: loggedAt, action: 'correction', ...who, detail });
			return { type: 'answered' };
		}
	};
}

export function createCorrectionReader(database: DatabaseSync) {
	const open = prepareQuery(
		database,
		`${LISTED} WHERE q.facility = ? AND a.request IS NULL ORDER BY q.due, q.number LIMIT ?`
	);
	const answered = prepareQuery(
		database,
		`${LISTED} WHERE q.facility = ? AND a.request IS NOT NULL ORDER BY q.number DESC LIMIT ?`
	);
	const ofBook = prepareQuery(
		database,
		`${LISTED} WHERE q.book = ? ORDER BY q.number DESC LIMIT ?`
	);
	return {
		listCorrectionsAt(
			facility: string,
			which: 'open' | 'answered',
			limit: number
		): StoredCorrectionRequest[] {
			return (which === 'open' ? open : answered).all(facility, limit).map(requestOf);
		},
		listCorrectionsOf(books: BookId[], limit: number): StoredCorrectionRequest[] {
			return books
				.flatMap((book) => ofBook.all(idBytes(book), limit).map(requestOf))
				.sort((a, b) => b.number - a.number)
				.slice(0, limit);
		}
	};
}

function requestOf(row: Row): StoredCorrectionRequest {
	return {
		number: integerAt(row, 0),
		at: integerAt(row, 1),
		book: idAt(row, 2),
		entry: idAt(row, 3),
		facility: textAt(row, 4),
		person: idAt(row, 5),
		stands: wordAt(row, 6, CITIZEN_RELATIONS),
		words: textAt(row, 7),
		due: textAt(row, 8),
		commit: integerAt(row, 9),
		...(row[10] === null ? {} : { answer: answerOf(row) })
	};
}

function answerOf(row: Row): CorrectionAnswer {
	return {
		at: integerAt(row, 10),
		outcome: wordAt(row, 11, CORRECTION_OUTCOMES),
		person: idAt(row, 12),
		...optionalAt(row, 13, 'entry', idAt<EntryId>),
		reason: textAt(row, 14)
	};
}
