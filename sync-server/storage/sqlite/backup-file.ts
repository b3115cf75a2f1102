/** A consistent copy of a running store in one file, complete and on disk before it gets its name. */
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { integerAt, prepareQuery } from './columns.ts';
import { syncDirectory } from './epochs.ts';

const PARTIAL_SUFFIX = '.partial';

/**
 * Copies the store as it is at this moment; writers go on meanwhile. Answers the last commit number in
 * the copy. Throws when `target` exists, and leaves nothing half-written under that name.
 */
export function writeBackup(storeFile: string, target: string): { commit: number } {
	if (existsSync(target)) throw new RangeError('there is already a file of this name');
	const partial = `${target}${PARTIAL_SUFFIX}`;
	rmSync(partial, { force: true });
	const store = new DatabaseSync(storeFile, { readOnly: true, timeout: 5_000 });
	try {
		store.prepare('VACUUM INTO ?').run(partial);
	} catch (error) {
		rmSync(partial, { force: true });
		throw error;
	} finally {
		store.close();
	}
	syncFile(partial);
	const commit = readLastCommit(partial);
	renameSync(partial, target);
	syncDirectory(dirname(target));
	return { commit };
}

export function syncFile(file: string): void {
	const handle = openSync(file, 'r+');
	try {
		fsyncSync(handle);
	} finally {
		closeSync(handle);
	}
}

function readLastCommit(file: string): number {
	const copy = new DatabaseSync(file, { readOnly: true });
	try {
		const sql = 'SELECT coalesce(max(commit_number), 0) FROM entries';
		return integerAt(prepareQuery(copy, sql).get() ?? [], 0);
	} finally {
		copy.close();
	}
}
