/** Emergencies in the database: the row, the membership and the audit of each in one transaction. */
import type { DatabaseSync } from 'node:sqlite';
import { emergencyReasonSchema, emergencyVerdictSchema } from '#lib/domain/access/emergency.ts';
import type { BookId } from '#lib/domain/ids.ts';
import type {
	Emergency,
	EmergencyRequest,
	EmergencyResult,
	EmergencyReview,
	EmergencyReviewRequest,
	EmergencyReviewResult,
	ListedEmergency
} from '../emergencies.ts';
import type { AuditRow } from '../storage.ts';
import { idAt, idBytes, integerAt, prepareQuery, textAt, type Row } from './columns.ts';
import type { Memberships } from './membership.ts';
import type { WriterState } from './state.ts';

interface EmergencyParts {
	database: DatabaseSync;
	state: WriterState;
	memberships: Pick<Memberships, 'begin'>;
	audit: (row: AuditRow) => void;
}

export function createOpenInEmergency({
	database,
	state,
	memberships,
	audit
}: EmergencyParts): (request: EmergencyRequest) => EmergencyResult {
	const selectRecent = prepareQuery(
		database,
		'SELECT at_ms FROM emergencies WHERE person = ? AND at_ms > ? ORDER BY at_ms'
	);
	const add = createAddEmergency(database);
	return (request) => {
		const { at, untilMs, person, device, facility, book, reason } = request;
		const who = { at, person, device, facility, book };
		const recent = selectRecent.all(idBytes(person), request.sinceMs);
		const [oldest] = recent;
		if (oldest !== undefined && recent.length >= request.openingsMax) {
			audit({ ...who, action: 'refuse', detail: 'break-glass too-many' });
			return { type: 'too-many', oldestMs: integerAt(oldest, 0) };
		}
		add(request);
		audit({ ...who, action: 'break-glass', detail: `${reason} until=${untilMs}` });
		memberships.begin(state.findOrCreateBook(book), facility, 'break-glass', at, untilMs);
		return { type: 'opened' };
	};
}

/** The row alone. */
export function createAddEmergency(database: DatabaseSync): (emergency: Emergency) => void {
	const insert = database.prepare(
		`INSERT INTO emergencies (at_ms, until_ms, person, device, facility, book, reason, note)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`
	);
	return ({ at, untilMs, person, device, facility, book, reason, note }) => {
		const ids = [person, device].map(idBytes);
		insert.run(at, untilMs, ...ids, facility, idBytes(book), reason, note);
	};
}

const LISTED = `SELECT e.at_ms, e.until_ms, e.person, e.device, e.facility, e.book, e.reason, e.note,
	e.number, r.at_ms, r.person, r.verdict, r.note
	FROM emergencies e LEFT JOIN emergency_reviews r ON r.emergency = e.number`;

function listedOf(row: Row): ListedEmergency {
	return {
		at: integerAt(row, 0),
		untilMs: integerAt(row, 1),
		person: idAt(row, 2),
		device: idAt(row, 3),
		facility: textAt(row, 4),
		book: idAt(row, 5),
		reason: emergencyReasonSchema.parse(row[6]),
		note: textAt(row, 7),
		number: integerAt(row, 8),
		...(row[9] === null ? {} : { review: reviewOf(row) })
	};
}

function reviewOf(row: Row): EmergencyReview {
	return {
		at: integerAt(row, 9),
		person: idAt(row, 10),
		verdict: emergencyVerdictSchema.parse(row[11]),
		note: textAt(row, 12)
	};
}

export function createEmergencyReader(
	database: DatabaseSync
): (facility: string, limit: number) => ListedEmergency[] {
	const select = prepareQuery(
		database,
		`${LISTED} WHERE e.facility = ? ORDER BY e.number DESC LIMIT ?`
	);
	return (facility, limit) => select.all(facility, limit).map(listedOf);
}

/** Of some books; each is looked up by itself. */
export function createEmergencyReaderOf(
	database: DatabaseSync
): (books: BookId[], sinceMs: number, limit: number) => ListedEmergency[] {
	const select = prepareQuery(
		database,
		`${LISTED} WHERE e.book = ? AND e.at_ms > ? ORDER BY e.number DESC LIMIT ?`
	);
	return (books, sinceMs, limit) =>
		books
			.flatMap((book) => select.all(idBytes(book), sinceMs, limit).map(listedOf))
			.sort((a, b) => b.number - a.number)
			.slice(0, limit);
}

export function createReviewEmergency(
	database: DatabaseSync,
	audit: (row: AuditRow) => void
): (request: EmergencyReviewRequest) => EmergencyReviewResult {
	const select = prepareQuery(database, `${LISTED} WHERE e.number = ? AND e.facility = ?`);
	const insert = database.prepare('INSERT INTO emergency_reviews VALUES (?, ?, ?, ?, ?)');
	return ({ at, person, device, facility, number, verdict, note }) => {
		const [row] = select.all(number, facility);
		if (row === undefined) return { type: 'not-found' };
		const found = listedOf(row);
		if (found.person === person) return { type: 'own' };
		if (found.review !== undefined) return { type: 'already-reviewed' };
		insert.run(number, at, idBytes(person), verdict, note);
		const who = { at, person, device, facility, book: found.book };
		audit({ ...who, action: 'review', detail: `break-glass ${verdict}` });
		return { type: 'reviewed' };
	};
}
