/** What a device says was opened on it: its own chain, of which the store keeps how far it has come. */
import type { EmergencyReason } from '#lib/domain/access/emergency.ts';
import type { BookId, DeviceId, PersonId } from '#lib/domain/ids.ts';
import type { AuditRow } from './audit-row.ts';

/** The end of a device's chain of openings. */
export interface ReadsTip {
	n: number;
	/** 32 bytes. */
	link: Uint8Array;
}

export interface ReportedRead {
	n: number;
	book: BookId;
	/** Absent: nobody who signs in on this device. */
	person?: PersonId;
	/** When it was, as far as the device knows; server time, milliseconds. */
	atMs: number;
	/** The facility's right had ended by then; opened on the word of `person`. */
	emergency?: { person: PersonId; reason: EmergencyReason; note: string; untilMs: number };
}

export interface ReadsReport {
	device: DeviceId;
	facility: string;
	/** Server time, milliseconds. */
	at: number;
	/** In the order of the chain. */
	reads: ReportedRead[];
	tip: ReadsTip;
	/** The chain does not go on where the kept one ends: everything in it is taken, and that is said. */
	isBroken: boolean;
}

export function newReads(
	{ reads, isBroken }: ReadsReport,
	kept: Pick<ReadsTip, 'n'> | undefined
): ReportedRead[] {
	return isBroken ? reads : reads.filter(({ n }) => n > (kept?.n ?? 0));
}

/** What the access log says of a report: a row for each new opening, and one where the chain is broken. */
export function auditRowsOf(report: ReadsReport, kept: ReadsTip | undefined): AuditRow[] {
	const { at, device, facility, tip, isBroken } = report;
	const where = { at, device, facility };
	const rows = newReads(report, kept).map(({ n, book, person, atMs, emergency }): AuditRow => {
		const who = { ...where, book, ...(person !== undefined && { person }) };
		const when = `tablet n=${n} at=${atMs}`;
		if (emergency === undefined) return { ...who, action: 'read', detail: when };
		const { reason, untilMs } = emergency;
		return { ...who, action: 'break-glass', detail: `${reason} until=${untilMs} ${when}` };
	});
	if (!isBroken) return rows;
	const detail = `reads broken stated=${tip.n} kept=${kept?.n ?? 0}`;
	return [...rows, { ...where, action: 'refuse', detail }];
}
