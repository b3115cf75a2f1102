/** Emergencies in the database: the row, the membership and the audit of each in one transaction. */
import type { DatabaseSync } from 'node:sqlite';
import { emergencyReasonSchema } from '#lib/domain/access/emergency.ts';
import type { Emergency, EmergencyRequest, EmergencyResult } from '../emergencies.ts';
import type { AuditRow } from '../storage.ts';
import { idAt, idBytes, integerAt, prepareQuery, textAt } from './columns.ts';
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
	const insert = database.prepare(
		`INSERT INTO emergencies (at_ms, until_ms, person, device, facility, book, reason, note)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`
	);
	return (request) => {
		const { at, untilMs, person, device, facility, book, reason, note } = request;
		const who = { at, person, device, facility, book };
		const recent = selectRecent.all(idBytes(person), request.sinceMs);
		const [oldest] = recent;
		if (oldest !== undefined && recent.length >= request.openingsMax) {
			audit({ ...who, action: 'refuse', detail: 'break-glass too-many' });
			return { type: 'too-many', oldestMs: integerAt(oldest, 0) };
		}
		const ids = [person, device].map(idBytes);
		insert.run(at, untilMs, ...ids, facility, idBytes(book), reason, note);
		audit({ ...who, action: 'break-glass', detail: `${reason} until=${untilMs}` });
		memberships.begin(state.findOrCreateBook(book), facility, 'break-glass', at, untilMs);
		return { type: 'opened' };
	};
}

export function createEmergencyReader(
	database: DatabaseSync
): (facility: string, limit: number) => Emergency[] {
	const select = prepareQuery(
		database,
		`SELECT at_ms, until_ms, person, device, facility, book, reason, note FROM emergencies
		WHERE facility = ? ORDER BY number DESC LIMIT ?`
	);
	return (facility, limit) =>
		select.all(facility, limit).map((row) => ({
			at: integerAt(row, 0),
			untilMs: integerAt(row, 1),
			person: idAt(row, 2),
			device: idAt(row, 3),
			facility: textAt(row, 4),
			book: idAt(row, 5),
			reason: emergencyReasonSchema.parse(row[6]),
			note: textAt(row, 7)
		}));
}
