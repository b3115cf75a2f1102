/**
 * States to a store that a backup of it was checked elsewhere: tablets may then let go of what they keep
 * for the case of a restore. So it must be certain that the file holds this very log, not another's.
 */
import { DatabaseSync } from 'node:sqlite';
import { bytesToDigest, digestToBytes, EMPTY_DIGEST, sumDigests } from '#lib/entry/digest.ts';
import { checkStore, type StoreContents } from './check-file.ts';
import { bytesAt, integerAt, prepareQuery } from './columns.ts';

export type Confirmation =
	| { type: 'confirmed'; commit: number }
	/** An equal or newer backup was confirmed before. */
	| { type: 'confirmed-before'; commit: number }
	| { type: 'unsound'; problems: string[] }
	| { type: 'not-this-store' };

/** Works beside a running server: it changes one number that the server never keeps in memory. */
export function confirmBackup(storeFile: string, backupFile: string): Confirmation {
	const check = checkStore(backupFile);
	if (check.type === 'unsound') return check;
	const store = new DatabaseSync(storeFile, { timeout: 5_000 });
	try {
		store.exec('PRAGMA synchronous = FULL');
		if (!isPartOf(store, check.contents)) return { type: 'not-this-store' };
		const { commit } = check.contents;
		const { changes } = store
			.prepare('UPDATE store SET confirmed = ?1 WHERE confirmed < ?1')
			.run(commit);
		return Number(changes) === 1
			? { type: 'confirmed', commit }
			: { type: 'confirmed-before', commit };
	} finally {
		store.close();
	}
}

/** The backup's life of the log is one of the store's, and the entries up to its end are the same. */
function isPartOf(store: DatabaseSync, backup: StoreContents): boolean {
	const epochs = prepareQuery(
		store,
		'SELECT epoch, commit_number FROM epochs ORDER BY number'
	).all();
	const epoch = backup.epochs.at(-1)?.epoch;
	const index = epochs.findIndex((row) => hexOf(bytesAt(row, 0)) === epoch);
	if (index === -1) return false;
	const next = epochs[index + 1];
	if (next !== undefined && backup.commit > integerAt(next, 1)) return false;
	return digestUpTo(store, backup.commit) === backup.digest;
}

function digestUpTo(store: DatabaseSync, commit: number): string {
	const ids = prepareQuery(store, 'SELECT id FROM entries WHERE commit_number <= ?');
	let digest = EMPTY_DIGEST;
	for (const row of ids.iterate(commit))
		digest = sumDigests([digest, bytesToDigest(bytesAt(row, 0))]);
	return hexOf(digestToBytes(digest));
}

function hexOf(bytes: Uint8Array): string {
	return Buffer.from(bytes).toString('hex');
}
