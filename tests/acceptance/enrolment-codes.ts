/**
 * Codes for the tablets of tests. Written into the store of a running server from beside it, as if somebody who runs
 * the facility had made them: the product has no other way in for tests.
 */
import { randomBytes } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { createEnrolmentCode } from '../../sync-server/auth/enrolment.ts';
import type { EnrolmentCode } from '../../sync-server/storage/registry.ts';

/** Tests move the clocks of their servers. */
const LIFE_MS = 10 * 365 * 24 * 60 * 60_000;
const WAIT_MS = 10_000;
const storeFiles = new Map<string, string>();

/** Where the store of a server lies that answers at `url`. */
export function noteStore(url: string, file: string): void {
	storeFiles.delete(url);
	storeFiles.set(url, file);
}

/** A code for the facility of whoever has this login. Of an address that is no server's, but leads to one: the newest. */
export async function newCodeFor(url: string, login: string): Promise<string> {
	const file = storeFiles.get(url) ?? [...storeFiles.values()].at(-1);
	if (file === undefined) throw new Error('no server runs');
	const database = new DatabaseSync(file, { timeout: WAIT_MS });
	try {
		const row = database.prepare('SELECT facility FROM accounts WHERE login = ?').get(login);
		const facility = String(row?.['facility'] ?? '');
		const storage = { putEnrolmentCode: async (code: EnrolmentCode) => put(database, code) };
		const deps = { storage, clock: { nowMs: () => Date.now() }, randomBytes };
		return (await createEnrolmentCode(deps, facility, undefined, LIFE_MS)).code;
	} finally {
		database.close();
	}
}

function put(database: DatabaseSync, { codeHash, facility, createdMs, expiresMs }: EnrolmentCode) {
	database
		.prepare(
			`INSERT INTO enrolment_codes (code_hash, facility, created_ms, expires_ms) VALUES (?, ?, ?, ?)`
		)
		.run(codeHash, facility, createdMs, expiresMs);
}
