/** Reads audit rows and quarantine, newest first. */
import type { DatabaseSync } from 'node:sqlite';
import type { BookId, DeviceId, PersonId } from '#lib/domain/ids.ts';
import type { AuditRow, QuarantineRow, ServerStorage } from '../storage.ts';
import {
	bytesAt,
	idAt,
	integerAt,
	optionalAt,
	optionalIdBytes,
	prepareQuery,
	textAt,
	type Row
} from './columns.ts';

type AuditFilter = Parameters<ServerStorage['listAudit']>[0];
type QuarantineFilter = Parameters<ServerStorage['listQuarantine']>[0];

/** In the order that `rowToQuarantine` reads; of a table named q. */
export const QUARANTINE_COLUMNS =
	'q.at_ms, q.device, q.facility, q.id, q.bytes, q.signature, q.code, q.path';

/** In the order that `rowToAudit` reads. */
export const AUDIT_COLUMNS = 'at_ms, action, device, person, facility, book, detail, role';

const ACTIONS: readonly AuditRow['action'][] = [
	'push',
	'deliver',
	'find',
	'open',
	'sign-in',
	'renew-lease',
	'sign-in-failed',
	'enrolment-code',
	'enrol',
	'device',
	'account',
	'password',
	'passkey',
	'join',
	'refuse',
	'review',
	'break-glass',
	'read',
	'end'
];

/** Number of the audit row of the push that brought entry `c`; see migration 0002, whose index this uses:
 * the expression and the condition must be the same as there. */
const FIRST_COMMIT = `CAST(substr(detail, instr(detail, 'commits=') + 8) AS INTEGER)`;
const PUSH_OF_COMMIT = `SELECT a.number FROM audit a
	WHERE a.action = 'push' AND instr(detail, 'commits=') > 0 AND ${FIRST_COMMIT} <= c.commit_number
	ORDER BY ${FIRST_COMMIT} DESC LIMIT 1`;

export function createRecordsReader(database: DatabaseSync) {
	const auditOfBook = prepareQuery(
		database,
		`SELECT ${AUDIT_COLUMNS} FROM audit WHERE number IN (
			SELECT number FROM audit WHERE book = ?1
			UNION SELECT (${PUSH_OF_COMMIT}) FROM entry_clients c
			WHERE c.book = (SELECT number FROM books WHERE id = ?1)
		) AND (?2 IS NULL OR action = ?2) ORDER BY number DESC LIMIT ?3`
	);
	const auditOfAll = prepareQuery(
		database,
		`SELECT ${AUDIT_COLUMNS} FROM audit WHERE ?1 IS NULL OR action = ?1 ORDER BY number DESC LIMIT ?2`
	);
	const quarantine = prepareQuery(
		database,
		`SELECT ${QUARANTINE_COLUMNS} FROM quarantine q
		WHERE (?1 IS NULL OR device = ?1) AND (?2 IS NULL OR facility = ?2)
		ORDER BY number DESC LIMIT ?3`
	);
	return {
		listAudit({ book, action, limit }: AuditFilter): AuditRow[] {
			const rows =
				book === undefined
					? auditOfAll.all(action ?? null, limit)
					: auditOfBook.all(optionalIdBytes(book), action ?? null, limit);
			return rows.map(rowToAudit);
		},
		listQuarantine({ device, facility, limit }: QuarantineFilter): QuarantineRow[] {
			return quarantine.all(optionalIdBytes(device), facility ?? null, limit).map(rowToQuarantine);
		}
	};
}

export function rowToAudit(row: Row): AuditRow {
	const action = ACTIONS.find((known) => known === row[1]);
	if (action === undefined) throw new TypeError('an audit row with an unknown action');
	return {
		at: integerAt(row, 0),
		action,
		...optionalAt(row, 2, 'device', idAt<DeviceId>),
		...optionalAt(row, 3, 'person', idAt<PersonId>),
		...optionalAt(row, 4, 'facility', textAt),
		...optionalAt(row, 5, 'book', idAt<BookId>),
		...optionalAt(row, 7, 'role', textAt),
		detail: textAt(row, 6)
	};
}

export function rowToQuarantine(row: Row): QuarantineRow {
	return {
		at: integerAt(row, 0),
		...optionalAt(row, 1, 'device', idAt<DeviceId>),
		...optionalAt(row, 2, 'facility', textAt),
		id: idAt(row, 3),
		bytes: bytesAt(row, 4),
		signature: bytesAt(row, 5),
		code: textAt(row, 6),
		...optionalAt(row, 7, 'path', textAt)
	};
}
