/** Passkeys of staff in the database. */
import type { DatabaseSync } from 'node:sqlite';
import type { PersonId } from '#lib/domain/ids.ts';
import { PASSKEYS_PER_PERSON_MAX, passkeyTransportsSchema } from '#lib/protocol/passkeys.ts';
import type { AuditRow } from '../audit-row.ts';
import {
	hasGoneOn,
	type Passkey,
	type PasskeyRemoval,
	type PasskeyResult,
	type PasskeyUse
} from '../passkeys.ts';
import {
	bytesAt,
	idAt,
	idBytes,
	integerAt,
	optionalAt,
	prepareQuery,
	textAt,
	type Row
} from './columns.ts';

const COLUMNS = 'credential, person, public_key, counter, transports, label, created_ms, used_ms';

export interface PasskeyReader {
	findPasskey(id: string): Passkey | undefined;
	listPasskeys(person: PersonId): Passkey[];
}

export function createPasskeyReader(database: DatabaseSync): PasskeyReader {
	const one = prepareQuery(database, `SELECT ${COLUMNS} FROM passkeys WHERE credential = ?`);
	const all = prepareQuery(
		database,
		`SELECT ${COLUMNS} FROM passkeys WHERE person = ? ORDER BY created_ms, credential`
	);
	return {
		findPasskey: (id) => {
			const row = one.get(credentialOf(id));
			return row === undefined ? undefined : rowToPasskey(row);
		},
		listPasskeys: (person) => all.all(idBytes(person)).map(rowToPasskey)
	};
}

export interface PasskeyWriter {
	putPasskey(passkey: Passkey, audit: AuditRow): PasskeyResult;
	usePasskey(use: PasskeyUse): boolean;
	removePasskeys(removal: PasskeyRemoval): number;
}

export function createPasskeyWriter(
	database: DatabaseSync,
	audit: (row: AuditRow) => void
): PasskeyWriter {
	const known = createPasskeyReader(database);
	const insert = database.prepare(
		`INSERT INTO passkeys (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`
	);
	const use = database.prepare('UPDATE passkeys SET counter = ?, used_ms = ? WHERE credential = ?');
	const remove = database.prepare(
		'DELETE FROM passkeys WHERE person = ?1 AND (?2 IS NULL OR credential = ?2)'
	);
	return {
		putPasskey(passkey, row) {
			if (known.findPasskey(passkey.id) !== undefined) return 'taken';
			if (known.listPasskeys(passkey.person).length >= PASSKEYS_PER_PERSON_MAX) return 'too-many';
			const { id, person, publicKey, counter, transports, label, createdMs, usedMs } = passkey;
			insert.run(
				credentialOf(id),
				idBytes(person),
				publicKey,
				counter,
				JSON.stringify(transports),
				label,
				createdMs,
				usedMs ?? null
			);
			audit(row);
			return 'put';
		},
		usePasskey({ id, counter, atMs }) {
			const passkey = known.findPasskey(id);
			if (passkey === undefined || !hasGoneOn(passkey.counter, counter)) return false;
			use.run(counter, atMs, credentialOf(id));
			return true;
		},
		removePasskeys({ person, id, audit: row }) {
			const credential = id === undefined ? null : credentialOf(id);
			const { changes } = remove.run(idBytes(person), credential);
			if (Number(changes) > 0) audit(row);
			return Number(changes);
		}
	};
}

/** Two texts of base64url may mean the same bytes: the bytes are what counts. */
function credentialOf(id: string): Uint8Array {
	return new Uint8Array(Buffer.from(id, 'base64url'));
}

function rowToPasskey(row: Row): Passkey {
	return {
		id: Buffer.from(bytesAt(row, 0)).toString('base64url'),
		person: idAt(row, 1),
		publicKey: bytesAt(row, 2),
		counter: integerAt(row, 3),
		transports: passkeyTransportsSchema.parse(JSON.parse(textAt(row, 4))),
		label: textAt(row, 5),
		createdMs: integerAt(row, 6),
		...optionalAt(row, 7, 'usedMs', integerAt)
	};
}
