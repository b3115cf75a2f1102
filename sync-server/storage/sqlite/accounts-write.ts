/** Accounts of staff. What a person changes about them is in the audit, in the same transaction. */
import type { DatabaseSync } from 'node:sqlite';
import type { PersonId } from '#lib/domain/ids.ts';
import type { Account, AccountResult, EndOfAccount } from '../registry.ts';
import type { AuditRow } from '../storage.ts';
import { idBytes, prepareQuery } from './columns.ts';

export interface AccountWriter {
	putAccount(account: Account, audit?: AuditRow): AccountResult;
	putPassword(
		person: PersonId,
		passwordHash: string,
		audit: AuditRow,
		isStartPassword?: boolean
	): boolean;
	endAccount(end: EndOfAccount): boolean;
}

export function createAccountWriter(
	database: DatabaseSync,
	audit: (row: AuditRow) => void
): AccountWriter {
	const selectOther = prepareQuery(
		database,
		'SELECT 1 FROM accounts WHERE login = ? AND person <> ?'
	);
	const put = database.prepare(
		`INSERT INTO accounts (person, login, name, role, facility, password_hash, until_ms, start_password)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (person) DO UPDATE SET
		login = excluded.login, name = excluded.name, role = excluded.role, facility = excluded.facility,
		password_hash = excluded.password_hash, until_ms = excluded.until_ms,
		start_password = excluded.start_password`
	);
	const setPassword = database.prepare(
		'UPDATE accounts SET password_hash = ?, start_password = ? WHERE person = ?'
	);
	const end = database.prepare(
		'UPDATE accounts SET until_ms = ? WHERE person = ? AND facility = ?'
	);
	const endKeys = database.prepare(
		'UPDATE person_keys SET until_ms = ? WHERE person = ? AND (until_ms IS NULL OR until_ms > ?)'
	);
	const endPasskeys = database.prepare('DELETE FROM passkeys WHERE person = ?');
	return {
		putAccount(
			{ person, login, name, role, facility, passwordHash, untilMs, isStartPassword = false },
			row
		) {
			const id = idBytes(person);
			if (selectOther.get(login, id) !== undefined) return 'login-taken';
			put.run(
				id,
				login,
				name,
				role,
				facility,
				passwordHash,
				untilMs ?? null,
				Number(isStartPassword)
			);
			if (row !== undefined) audit(row);
			return 'put';
		},
		putPassword(person, passwordHash, row, isStartPassword = false) {
			const start = Number(isStartPassword);
			const { changes } = setPassword.run(passwordHash, start, idBytes(person));
			if (Number(changes) === 0) return false;
			audit(row);
			return true;
		},
		endAccount({ person, facility, untilMs, audit: row }) {
			const id = idBytes(person);
			if (Number(end.run(untilMs, id, facility).changes) === 0) return false;
			endKeys.run(untilMs, id, untilMs);
			endPasskeys.run(id);
			audit(row);
			return true;
		}
	};
}
