/**
 * What became of every inbox line, by the hospital's own key of the record. Written before and after an
 * entry is saved, so that a run killed between the two knows on its return whether the entry is there:
 * the journal number it was to get tells. Only one run holds the ledger at a time.
 */
import { DatabaseSync } from 'node:sqlite';
import type { BookId } from '#lib/domain/ids.ts';

export interface LedgerLine {
	source: string;
	/** SHA-256 of the line. */
	hash: string;
	/** The line as it came: the source of the entry. */
	line: string;
	state:
		/** About to be saved as journal number `n`. */
		| 'saving'
		/** In the replica; never taken again. */
		| 'taken';
	book: BookId;
	n: number;
}

export interface LineLedger {
	find(source: string): LedgerLine | undefined;
	put(line: LedgerLine): void;
	remove(source: string): void;
	/** Lines a killed run left undecided. */
	listSaving(): LedgerLine[];
	close(): void;
}

/** Another run is under way. */
export class LedgerBusy extends Error {}

export function openLineLedger(file: string): LineLedger {
	const db = new DatabaseSync(file);
	try {
		db.exec(
			'PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;'
		);
		db.exec(`CREATE TABLE IF NOT EXISTS lines (
			source TEXT PRIMARY KEY, hash TEXT NOT NULL, line TEXT NOT NULL, state TEXT NOT NULL,
			book TEXT NOT NULL, n INTEGER NOT NULL
		) STRICT; BEGIN IMMEDIATE; COMMIT;`);
	} catch (error) {
		db.close();
		throw isBusy(error) ? new LedgerBusy('Another run holds the replica; this one ends.') : error;
	}
	const find = db.prepare('SELECT source, hash, line, state, book, n FROM lines WHERE source = ?');
	const listSaving = db.prepare("SELECT * FROM lines WHERE state = 'saving'");
	const remove = db.prepare('DELETE FROM lines WHERE source = ?');
	const put = db.prepare('INSERT OR REPLACE INTO lines VALUES (?, ?, ?, ?, ?, ?)');
	return {
		find: (source) => find.get(source) as unknown as LedgerLine | undefined,
		put: ({ source, hash, line, state, book, n }) => {
			put.run(source, hash, line, state, book, n);
		},
		remove: (source) => {
			remove.run(source);
		},
		listSaving: () => listSaving.all() as unknown as LedgerLine[],
		close: () => db.close()
	};
}

function isBusy(error: unknown): boolean {
	const SQLITE_BUSY = 5;
	if (!(error instanceof Error) || !('errcode' in error)) return false;
	// The low byte: the rest says more closely what was busy.
	return (Number(error.errcode) & 0xff) === SQLITE_BUSY;
}
