/** What was opened on devices, in the database: the rows of a report and its tip in one transaction. */
import type { DatabaseSync } from 'node:sqlite';
import type { DeviceId } from '#lib/domain/ids.ts';
import type { AuditRow } from '../audit-row.ts';
import type { Emergency } from '../emergencies.ts';
import { auditRowsOf, newReads, type ReadsReport, type ReadsTip } from '../reads-report.ts';
import { bytesAt, idBytes, integerAt, prepareQuery } from './columns.ts';

export function createRecordReads(
	database: DatabaseSync,
	audit: (row: AuditRow) => void,
	addEmergency: (emergency: Emergency) => void
): (report: ReadsReport) => void {
	const find = createFindReadsTip(database);
	const put = database.prepare('INSERT OR REPLACE INTO device_reads VALUES (?, ?, ?)');
	return (report) => {
		const { device, facility, tip } = report;
		const kept = find(device);
		for (const row of auditRowsOf(report, kept)) audit(row);
		for (const { book, atMs, emergency } of newReads(report, kept))
			if (emergency !== undefined) addEmergency({ at: atMs, device, facility, book, ...emergency });
		if (report.isBroken || tip.n > (kept?.n ?? 0)) put.run(idBytes(device), tip.n, tip.link);
	};
}

export function createFindReadsTip(
	database: DatabaseSync
): (device: DeviceId) => ReadsTip | undefined {
	const select = prepareQuery(database, 'SELECT n, link FROM device_reads WHERE device = ?');
	return (device) => {
		const row = select.get(idBytes(device));
		return row === undefined ? undefined : { n: integerAt(row, 0), link: bytesAt(row, 1) };
	};
}
