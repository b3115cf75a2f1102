/** Who opened the books of the family, as this phone holds it. Kept for whoever is signed in, and for nobody else. */
import type { LoggedAccess } from '#lib/domain/access/accesses.ts';
import { can } from '#lib/domain/access/can.ts';
import { standingOfTold } from '#lib/domain/access/family.ts';
import type { Family } from '#lib/protocol/citizen.ts';
import type { BookStorage } from '#lib/storage/port.ts';

/** What a phone keeps of the log itself. */
export interface KeptCheckpoint {
	text: string;
	/** Keys that it trusts, as base64url. */
	keys: string[];
}

export interface TellableAccess extends LoggedAccess {
	number: number;
}

export type AccessVerdict =
	/** This phone had nothing to compare with. */
	| { type: 'first' }
	| { type: 'holds' }
	/** The server was restored from an older copy: what came after that copy cannot be compared. */
	| { type: 'restored' }
	| {
			type: 'broken';
			/** The seal is not the log's; what was known before is not in it; a row is not what or where it is said to
			 * be; a row that was told before is left out. */
			reason: 'seal' | 'history' | 'row' | 'left-out';
	  };

export interface HeldAccesses {
	/** Newest first. */
	accesses: TellableAccess[];
	hasOlder: boolean;
	/** Names of facilities (by code) and staff (by person). */
	names: Record<string, string>;
	verdict: AccessVerdict;
	/** Device time of the answer. */
	askedMs: number;
}

/** Written and read by this very version or a later one of the app, on this phone alone. */
export interface StoredLog {
	kept?: KeptCheckpoint;
	books: Record<string, HeldAccesses>;
}

type Storage = Pick<BookStorage, 'readKey' | 'writeKey'>;

const ROW = 'citizen/access-log';
const NOTHING: StoredLog = { books: {} };

/** Lists of books that are not for whoever is signed in now do not stay. What the log was known as does. */
export async function dropAccesses(storage: Storage, family: Family, nowMs: number): Promise<void> {
	const log = await readLog(storage);
	const kept = Object.entries(log.books).filter(([book]) => isTold(family, book, nowMs));
	if (kept.length === Object.keys(log.books).length) return;
	await writeLog(storage, { ...log, books: Object.fromEntries(kept) });
}

/** The same rule as the server's: whoever may read all of a book. */
export function isTold({ books }: Family, book: string, nowMs: number): boolean {
	const found = books.find((one) => one.book === book);
	if (found === undefined) return false;
	const standing = standingOfTold(found.relation);
	return can({ role: 'citizen' }, 'read-restricted', standing, nowMs).allowed;
}

export async function readLog(storage: Pick<Storage, 'readKey'>): Promise<StoredLog> {
	const value = (await storage.readKey(ROW))?.value;
	return isStoredLog(value) ? value : NOTHING;
}

export async function writeLog(storage: Pick<Storage, 'writeKey'>, log: StoredLog): Promise<void> {
	await storage.writeKey({ id: ROW, value: log });
}

function isStoredLog(value: unknown): value is StoredLog {
	return typeof value === 'object' && value !== null && 'books' in value;
}
