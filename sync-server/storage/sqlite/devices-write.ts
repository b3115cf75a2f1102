/** Tablets and the codes that bring them to a facility; a code, its tablet and the audit row are one transaction. */
import type { DatabaseSync } from 'node:sqlite';
import type { DeviceId } from '#lib/domain/ids.ts';
import type { DeviceReport } from '#lib/protocol/devices.ts';
import {
	enrolmentRefusal,
	type Device,
	type DeviceChange,
	type DeviceChangeRequest,
	type EnrolmentCode,
	type EnrolmentRequest,
	type EnrolmentResult
} from '../registry.ts';
import type { AuditRow } from '../storage.ts';
import {
	idBytes,
	integerAt,
	isAbsentAt,
	optionalIdBytes,
	prepareQuery,
	textAt
} from './columns.ts';
import { DEVICE_COLUMNS, rowToDevice } from './registry-read.ts';

interface DeviceParts {
	database: DatabaseSync;
	audit: (row: AuditRow) => void;
	nextDeviceNumber: (facility: string) => number;
}

export interface DeviceWriter {
	putDevice(device: Device): void;
	changeDevice(request: DeviceChangeRequest): boolean;
	putDeviceReport(device: DeviceId, report: DeviceReport, atMs: number): void;
	putEnrolmentCode(code: EnrolmentCode, audit: AuditRow): void;
	enrolDevice(request: EnrolmentRequest): EnrolmentResult;
}

export function createDeviceWriter(parts: DeviceParts): DeviceWriter {
	const { database, audit } = parts;
	const putDevice = createPutDevice(database);
	const putReport = database.prepare(
		'UPDATE devices SET report = ?, report_ms = ? WHERE device = ?'
	);
	const putCode = database.prepare(
		`INSERT INTO enrolment_codes (code_hash, facility, created_ms, expires_ms, created_by)
		VALUES (?, ?, ?, ?, ?)`
	);
	return {
		putDevice,
		changeDevice: createChangeDevice(parts),
		putDeviceReport: (device, report, atMs) =>
			void putReport.run(JSON.stringify(report), atMs, idBytes(device)),
		putEnrolmentCode({ codeHash, facility, createdMs, expiresMs, createdBy }, row) {
			putCode.run(codeHash, facility, createdMs, expiresMs, optionalIdBytes(createdBy));
			audit(row);
		},
		enrolDevice: createEnrolDevice(parts, putDevice)
	};
}

function createPutDevice(database: DatabaseSync): DeviceWriter['putDevice'] {
	const put = database.prepare(
		`INSERT OR REPLACE INTO devices (${DEVICE_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	);
	return (device) => {
		const { report, wipe } = device;
		const { atMs, ...said } = report ?? { atMs: null };
		put.run(
			idBytes(device.device),
			device.number,
			device.facility,
			device.key,
			device.createdMs,
			device.journal?.n ?? null,
			device.journal?.link ?? null,
			device.isBlocked ? 1 : 0,
			device.label ?? null,
			device.endedMs ?? null,
			wipe?.askedMs ?? null,
			wipe?.doneMs ?? null,
			report === undefined ? null : JSON.stringify(said),
			atMs
		);
	};
}

/** One statement for each kind of change, so that nothing else of the row moves. */
function createChangeDevice({ database, audit }: DeviceParts): DeviceWriter['changeDevice'] {
	const update = (set: string) =>
		database.prepare(`UPDATE devices SET ${set} WHERE device = ? AND facility = ?`);
	const label = update('label = ?');
	const blocked = update('is_blocked = ?');
	const ended = update('ended_ms = ?');
	const wipe = update('wipe_asked_ms = ?, wipe_done_ms = ?');
	const run = (change: DeviceChange, device: Uint8Array, facility: string) => {
		if ('label' in change) return label.run(change.label ?? null, device, facility);
		if ('isBlocked' in change) return blocked.run(change.isBlocked ? 1 : 0, device, facility);
		if ('endedMs' in change) return ended.run(change.endedMs ?? null, device, facility);
		const { askedMs = null, doneMs = null } = change.wipe ?? {};
		return wipe.run(askedMs, doneMs, device, facility);
	};
	return ({ device, facility, change, audit: row }) => {
		if (Number(run(change, idBytes(device), facility).changes) === 0) return false;
		audit(row);
		return true;
	};
}

function createEnrolDevice(
	{ database, audit, nextDeviceNumber }: DeviceParts,
	putDevice: DeviceWriter['putDevice']
): DeviceWriter['enrolDevice'] {
	const selectCode = prepareQuery(
		database,
		'SELECT facility, expires_ms, used_ms FROM enrolment_codes WHERE code_hash = ?'
	);
	const useCode = database.prepare(
		'UPDATE enrolment_codes SET used_by = ?, used_ms = ? WHERE code_hash = ?'
	);
	const selectDevice = prepareQuery(
		database,
		`SELECT ${DEVICE_COLUMNS} FROM devices WHERE device = ?`
	);
	const resume = database.prepare('UPDATE devices SET ended_ms = NULL WHERE device = ?');
	return ({ codeHash, device: id, key, at }) => {
		const row = selectCode.get(codeHash);
		const code = row && {
			facility: textAt(row, 0),
			expiresMs: integerAt(row, 1),
			isUsed: !isAbsentAt(row, 2)
		};
		const knownRow = selectDevice.get(idBytes(id));
		const known = knownRow && rowToDevice(knownRow);
		const refused = enrolmentRefusal(code, known, at);
		if (refused !== undefined || code === undefined) return refused ?? { type: 'unknown-code' };
		const { facility } = code;
		if (known === undefined) {
			const number = nextDeviceNumber(facility);
			putDevice({ device: id, number, facility, key, createdMs: at, isBlocked: false });
		} else resume.run(idBytes(id));
		useCode.run(idBytes(id), at, codeHash);
		const now = selectDevice.get(idBytes(id));
		if (now === undefined) throw new Error('a device that was enrolled is not there');
		const device = rowToDevice(now);
		audit({ at, action: 'enrol', device: id, facility, detail: `device=${device.number}` });
		return { type: 'enrolled', device };
	};
}
