/** Reads who takes part. Words of a closed list are checked: a row is data from outside this process. */
import type { DatabaseSync } from 'node:sqlite';
import { roleSchema } from '#lib/domain/book/envelope.ts';
import type { KeyId } from '#lib/domain/ids.ts';
import { facilitySchema, type Facility } from '#lib/protocol/api.ts';
import { deviceReportSchema } from '#lib/protocol/devices.ts';
import type { Account, Device, DevicePerson, DeviceWipe, PersonKey } from '../registry.ts';
import {
	bytesAt,
	idAt,
	idBytes,
	integerAt,
	isAbsentAt,
	optionalAt,
	prepareQuery,
	textAt,
	type Row
} from './columns.ts';

const ACCOUNT_COLUMNS =
	'person, login, name, role, facility, password_hash, until_ms, start_password';
/** In the order that `rowToDevice` reads. */
export const DEVICE_COLUMNS = `device, number, facility, key, created_ms, journal_n, journal_link, is_blocked,
	label, ended_ms, wipe_asked_ms, wipe_done_ms, report, report_ms`;

export interface RegistryReader {
	listFacilities(): Facility[];
	listDuties(station: string): string[];
	findAccount(login: string): Account | undefined;
	listAccounts(facility?: string): Account[];
	findDevice(device: string): Device | undefined;
	listDevices(facility: string): Device[];
	findPersonKey(key: KeyId): PersonKey | undefined;
	listPeopleOf(device: string): DevicePerson[];
	listCatalogues(): { kind: string; from: string; sha256: string }[];
	readCatalogue(kind: string, from: string): string | undefined;
}

export function createRegistryReader(database: DatabaseSync): RegistryReader {
	const query = (sql: string) => prepareQuery(database, sql);
	const facilities = query('SELECT * FROM facilities ORDER BY code');
	const duties = query('SELECT hospital FROM duties WHERE station = ? ORDER BY hospital');
	const accountOf = query(`SELECT ${ACCOUNT_COLUMNS} FROM accounts WHERE login = ?`);
	const accounts = query(
		`SELECT ${ACCOUNT_COLUMNS} FROM accounts WHERE ?1 IS NULL OR facility = ?1 ORDER BY login`
	);
	const device = query(`SELECT ${DEVICE_COLUMNS} FROM devices WHERE device = ?`);
	const devices = query(`SELECT ${DEVICE_COLUMNS} FROM devices WHERE facility = ? ORDER BY number`);
	const personKey = query('SELECT * FROM person_keys WHERE key = ?');
	const peopleOf = query(
		`SELECT k.person, coalesce(a.role, k.role), coalesce(a.facility, k.facility), k.until_ms
		FROM person_keys k LEFT JOIN accounts a ON a.person = k.person
		WHERE k.device = ? ORDER BY k.from_ms, k.key`
	);
	const catalogues = query('SELECT kind, from_date, sha256 FROM catalogues ORDER BY 1, 2');
	const catalogue = query('SELECT content FROM catalogues WHERE kind = ? AND from_date = ?');
	return {
		listFacilities: () => facilities.all().map(rowToFacility),
		listDuties: (station) => duties.all(station).map((row) => textAt(row, 0)),
		findAccount: (login) => whenFound(accountOf.get(login), rowToAccount),
		listAccounts: (facility) => accounts.all(facility ?? null).map(rowToAccount),
		findDevice: (id) => whenFound(device.get(idBytes(id)), rowToDevice),
		listDevices: (facility) => devices.all(facility).map(rowToDevice),
		findPersonKey: (id) => whenFound(personKey.get(idBytes(id)), rowToPersonKey),
		listPeopleOf: (id) => peopleOf.all(idBytes(id)).map(rowToDevicePerson),
		listCatalogues: () => catalogues.all().map(rowToCatalogue),
		readCatalogue: (kind, from) => whenFound(catalogue.get(kind, from), (row) => textAt(row, 0))
	};
}

function whenFound<Value>(row: Row | undefined, read: (row: Row) => Value): Value | undefined {
	return row === undefined ? undefined : read(row);
}

function rowToFacility(row: Row): Facility {
	const [code, name, kind, commune, shortCode] = row;
	return facilitySchema.parse({ code, name, kind, commune, shortCode });
}

function rowToAccount(row: Row): Account {
	return {
		person: idAt(row, 0),
		login: textAt(row, 1),
		name: textAt(row, 2),
		role: roleSchema.parse(row[3]),
		facility: textAt(row, 4),
		passwordHash: textAt(row, 5),
		...optionalAt(row, 6, 'untilMs', integerAt),
		...(integerAt(row, 7) === 1 && { isStartPassword: true as const })
	};
}

export function rowToDevice(row: Row): Device {
	const journal = isAbsentAt(row, 5)
		? {}
		: { journal: { n: integerAt(row, 5), link: bytesAt(row, 6) } };
	return {
		device: idAt(row, 0),
		number: integerAt(row, 1),
		facility: textAt(row, 2),
		key: bytesAt(row, 3),
		createdMs: integerAt(row, 4),
		...journal,
		isBlocked: integerAt(row, 7) === 1,
		...optionalAt(row, 8, 'label', textAt),
		...optionalAt(row, 9, 'endedMs', integerAt),
		...optionalAt(row, 10, 'wipe', wipeAt),
		...optionalAt(row, 12, 'report', reportAt)
	};
}

function wipeAt(row: Row, column: number): DeviceWipe {
	return {
		askedMs: integerAt(row, column),
		...optionalAt(row, column + 1, 'doneMs', integerAt)
	};
}

function reportAt(row: Row, column: number): NonNullable<Device['report']> {
	const said = deviceReportSchema.parse(JSON.parse(textAt(row, column)));
	return { ...said, atMs: integerAt(row, column + 1) };
}

function rowToPersonKey(row: Row): PersonKey {
	return {
		key: idAt(row, 0),
		publicKey: bytesAt(row, 1),
		person: idAt(row, 2),
		device: idAt(row, 3),
		role: roleSchema.parse(row[4]),
		facility: textAt(row, 5),
		fromMs: integerAt(row, 6),
		...optionalAt(row, 7, 'untilMs', integerAt)
	};
}

function rowToDevicePerson(row: Row): DevicePerson {
	return {
		person: idAt(row, 0),
		role: roleSchema.parse(row[1]),
		facility: textAt(row, 2),
		...optionalAt(row, 3, 'untilMs', integerAt)
	};
}

function rowToCatalogue(row: Row): { kind: string; from: string; sha256: string } {
	return { kind: textAt(row, 0), from: textAt(row, 1), sha256: textAt(row, 2) };
}
