/** Audit rows and quarantine: what happened, and what was refused. Neither is ever changed or dropped. */
import type { DatabaseSync } from 'node:sqlite';
import {
	QUARANTINE_BYTES_PER_DEVICE_MAX,
	QUARANTINE_ROWS_PER_DEVICE_MAX,
	type AuditRow,
	type QuarantineResult,
	type QuarantineRow
} from '../storage.ts';
import { idBytes, integerAt, optionalIdBytes, prepareQuery } from './columns.ts';

export function createAudit(database: DatabaseSync): (row: AuditRow) => void {
	const insert = database.prepare(
		`INSERT INTO audit (at_ms, action, device, person, facility, book, detail, role)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`
	);
	return (row) => {
		insert.run(
			row.at,
			row.action,
			optionalIdBytes(row.device),
			optionalIdBytes(row.person),
			row.facility ?? null,
			optionalIdBytes(row.book),
			row.detail,
			row.role ?? null
		);
	};
}

export function createQuarantine(
	database: DatabaseSync
): (rows: QuarantineRow[]) => QuarantineResult[] {
	const selectUse = prepareQuery(
		database,
		'SELECT kept, kept_bytes FROM quarantine_use WHERE owner = ?'
	);
	const selectKept = prepareQuery(
		database,
		'SELECT 1 FROM quarantine WHERE owner = ? AND id = ? AND code = ?'
	);
	const putUse = database.prepare('INSERT OR REPLACE INTO quarantine_use VALUES (?, ?, ?)');
	const insert = createInsert(database);

	const putOne = (row: QuarantineRow): QuarantineResult => {
		const owner = row.device ?? row.facility ?? '';
		const id = idBytes(row.id);
		if (selectKept.get(owner, id, row.code) !== undefined) return 'kept-before';
		const use = selectUse.get(owner) ?? [0, 0];
		const kept = integerAt(use, 0) + 1;
		const keptBytes = integerAt(use, 1) + row.bytes.length;
		if (kept > QUARANTINE_ROWS_PER_DEVICE_MAX || keptBytes > QUARANTINE_BYTES_PER_DEVICE_MAX)
			return 'over-quota';
		putUse.run(owner, kept, keptBytes);
		insert(owner, id, row);
		return 'kept';
	};
	return (rows) => rows.map(putOne);
}

function createInsert(database: DatabaseSync) {
	const insert = database.prepare(
		`INSERT INTO quarantine (owner, at_ms, device, facility, id, bytes, signature, code, path)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`
	);
	return (owner: string, id: Uint8Array, row: QuarantineRow): void => {
		insert.run(
			owner,
			row.at,
			optionalIdBytes(row.device),
			row.facility ?? null,
			id,
			row.bytes,
			row.signature,
			row.code,
			row.path ?? null
		);
	};
}
