/** What a person decides about an entry in quarantine, in one transaction with its place in the log and its
 * audit rows. */
import type { DatabaseSync } from 'node:sqlite';
import { isSettled, REVIEW_OUTCOMES } from '../storage.ts';
import type {
	AuditRow,
	HeldEntry,
	HeldFilter,
	Review,
	ReviewRequest,
	ReviewResult
} from '../storage.ts';
import type { Append } from './append.ts';
import { idAt, idBytes, integerAt, prepareQuery, textAt, type Row } from './columns.ts';
import { QUARANTINE_COLUMNS, rowToQuarantine } from './records-read.ts';

interface ReviewParts {
	database: DatabaseSync;
	append: Append;
	audit: (row: AuditRow) => void;
}

export function createReview(parts: ReviewParts): (request: ReviewRequest) => ReviewResult {
	const find = prepareQuery(
		parts.database,
		`SELECT q.owner, q.code, r.outcome, length(q.bytes) FROM quarantine q
		LEFT JOIN quarantine_reviews r ON r.quarantine = q.number
		WHERE q.number = ? AND q.facility = ? AND q.id = ?`
	);
	const settle = createSettle(parts.database);
	return (request) => {
		const row = find.get(request.number, request.facility, idBytes(request.entry));
		if (row === undefined) return { type: 'not-found' };
		const before = outcomeAt(row, 2);
		if (before !== undefined && isSettled(before)) return { type: 'settled' };
		const { at, device, facility, person, outcome, book } = request;
		const who = { at, device, facility, person };
		const released = request.append && parts.append([request.append], who)[0];
		if (released?.type === 'refused') return released;
		settle(request, textAt(row, 0));
		const detail = `${outcome} code=${textAt(row, 1)}`;
		parts.audit({ ...who, action: 'review', ...(book && { book }), detail });
		return released === undefined
			? { type: 'reviewed' }
			: { type: 'reviewed', commit: released.commit };
	};
}

/** An entry that was refused for several reasons stands in several rows: one decision is about all of them.
 * What nobody has to look at any more makes room for what its device sends. */
function createSettle(database: DatabaseSync): (request: ReviewRequest, owner: string) => void {
	const rowsOf = prepareQuery(
		database,
		`SELECT q.number, length(q.bytes), r.outcome FROM quarantine q
		LEFT JOIN quarantine_reviews r ON r.quarantine = q.number WHERE q.owner = ? AND q.id = ?`
	);
	const put = database.prepare('INSERT OR REPLACE INTO quarantine_reviews VALUES (?, ?, ?, ?, ?)');
	const free = database.prepare(
		'UPDATE quarantine_use SET kept = kept - 1, kept_bytes = kept_bytes - ? WHERE owner = ?'
	);
	return ({ entry, at, person, outcome, note }, owner) => {
		for (const row of rowsOf.all(owner, idBytes(entry))) {
			const before = outcomeAt(row, 2);
			if (before !== undefined && isSettled(before)) continue;
			put.run(integerAt(row, 0), at, idBytes(person), outcome, note);
			if (isSettled(outcome)) free.run(integerAt(row, 1), owner);
		}
	};
}

/** Reads what waits for a person, and what was returned, newest first. */
export function createHeldReader(database: DatabaseSync) {
	const columns = `${QUARANTINE_COLUMNS}, q.number, r.at_ms, r.person, r.outcome, r.note`;
	const held = prepareQuery(
		database,
		`SELECT ${columns} FROM quarantine q LEFT JOIN quarantine_reviews r ON r.quarantine = q.number
		WHERE q.facility = ?1 AND (?2 IS NULL OR q.device = ?2)
		AND (CASE WHEN ?3 THEN r.outcome = 'returned' ELSE coalesce(r.outcome, 'kept') = 'kept' END)
		ORDER BY q.number DESC LIMIT ?4`
	);
	const one = prepareQuery(
		database,
		`SELECT ${columns} FROM quarantine q LEFT JOIN quarantine_reviews r ON r.quarantine = q.number
		WHERE q.facility = ? AND q.number = ?`
	);
	return {
		listHeld({ facility, device, isReturned = false, limit }: HeldFilter): HeldEntry[] {
			const of = device === undefined ? null : idBytes(device);
			return held.all(facility, of, isReturned ? 1 : 0, limit).map(rowToHeld);
		},
		readHeld(facility: string, number: number): HeldEntry | undefined {
			const row = one.get(facility, number);
			return row === undefined ? undefined : rowToHeld(row);
		}
	};
}

function rowToHeld(row: Row): HeldEntry {
	const outcome = outcomeAt(row, 11);
	const number = integerAt(row, 8);
	if (outcome === undefined) return { ...rowToQuarantine(row), number };
	const review: Review = {
		at: integerAt(row, 9),
		person: idAt(row, 10),
		outcome,
		note: textAt(row, 12)
	};
	return { ...rowToQuarantine(row), number, review };
}

function outcomeAt(row: Row, column: number): Review['outcome'] | undefined {
	return REVIEW_OUTCOMES.find((outcome) => outcome === row[column]);
}
