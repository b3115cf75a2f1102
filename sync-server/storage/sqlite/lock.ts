/**
 * One process at a time writes a store. The lock is one of SQLite's own on an empty file: the operating
 * system releases it with the process, however that ends, so there is never a stale one to clean up.
 */
import { DatabaseSync } from 'node:sqlite';

/** Lets go. */
export type Release = () => void;

/** Undefined when another process (or another storage of this process) holds it. */
export function takeLock(lockFile: string): Release | undefined {
	const lock = new DatabaseSync(lockFile, { timeout: 0 });
	try {
		lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
	} catch {
		lock.close();
		return undefined;
	}
	return () => {
		lock.close();
	};
}
