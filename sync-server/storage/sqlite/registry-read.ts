/** Reads who takes part. Words of a closed list are checked: a row is data from outside this process. */
import type { DatabaseSync } from 'node:sqlite';
import { roleSchema } from '#lib/domain/book/envelope.ts';
import type { KeyId } from '#lib/domain/ids.ts';
import { facilitySchema, type Facility } from '#lib/protocol/api.ts';
import type { Account, Device, DevicePerson, PersonKey } from '../storage.ts';
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

export interface RegistryReader {
	listFacilities(): Facility[];
	listDuties(station: string): string[];
	findAccount(login: string): Account | undefined;
	listAccounts(): Account[];
	findDevice(device: string): Device | undefined;
	findPersonKey(key: KeyId): PersonKey | undefined;
	listPeopleOf(device: string): DevicePerson[];
	listCatalogues(): { kind: string; from: string; sha256: string }[];
	readCatalogue(kind: string, from: string): string | undefined;
}

export function createRegistryReader(database: DatabaseSync): RegistryReader {
	const query = (sql: string) => prepareQuery(database, sql);
	const facilities = query('SELECT * FROM facilities ORDER BY code');
	const duties = query('SELECT hospital FROM duties WHERE station = ? ORDER BY hospital');
	const accountOf = query('SELECT * FROM accounts WHERE login = ?');
	const accounts = query('SELECT * FROM accounts ORDER BY login');
	const device = query('SELECT * FROM devices WHERE device = ?');
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
		listAccounts: () => accounts.all().map(rowToAccount),
		findDevice: (id) => whenFound(device.get(idBytes(id)), rowToDevice),
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
		pinHash: textAt(row, 5)
	};
}

function rowToDevice(row: Row): Device {
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
		isBlocked: integerAt(row, 7) === 1
	};
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
