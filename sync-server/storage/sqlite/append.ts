/**
 * Puts entries into the log, the index and the feeds, with the audit row of the push: everything that
 * one acknowledgement stands for, inside the caller's transaction.
 */
import type { DatabaseSync } from 'node:sqlite';
import { ENTRIES_PER_BOOK_MAX } from '#lib/domain/limits.ts';
import { bytesToDigest, sumDigests } from '#lib/entry/digest.ts';
import { isIdOf } from '../entry-id.ts';
import type { AppendEntry, AppendResult, AuditRow } from '../storage.ts';
import { bytesAt, idBytes, integerAt, prepareQuery, type Row } from './columns.ts';
import { ROW_ENTRY, type Memberships } from './membership.ts';
import type { WriterState } from './state.ts';
import type { BookRecord } from './tables.ts';

export type AppendAudit = Omit<AuditRow, 'action' | 'detail'>;

export interface AppendParts {
	database: DatabaseSync;
	state: WriterState;
	memberships: Memberships;
	audit: (row: AuditRow) => void;
	/** Called after each stored entry; for tests that stop the process there. */
	afterEntry: () => void;
}

export type Append = (entries: AppendEntry[], audit: AppendAudit) => AppendResult[];

export function createAppend(parts: AppendParts): Append {
	const { state } = parts;
	const findClient = prepareQuery(
		parts.database,
		`SELECT e.commit_number, e.id, e.bytes FROM entry_clients c
		JOIN entries e ON e.commit_number = c.commit_number WHERE c.book = ? AND c.client = ?`
	);
	const store = createStore(parts);
	const repeat = createRepeat(parts.database);

	const appendOne = (entry: AppendEntry, atMs: number): AppendResult => {
		const book = state.findOrCreateBook(entry.book);
		const id = idBytes(entry.id);
		const client = clientOf(id);
		const stored = book.n === 0 ? undefined : findClient.get(book.number, client);
		if (stored !== undefined) return repeat(stored, entry, id);
		if (book.n >= ENTRIES_PER_BOOK_MAX) return { type: 'refused', code: 'book-full' };
		store(entry, book, id, client, atMs);
		parts.afterEntry();
		return { type: 'accepted', commit: state.head };
	};

	return (entries, audit) => {
		const results = entries.map((entry) => appendOne(entry, audit.at));
		parts.audit({ ...audit, action: 'push', detail: auditDetail(results) });
		return results;
	};
}

/** What is there already, or in the place of this entry. A row that the disk damaged is put right by the
 * very entry it held: its id says so, or its bytes. */
function createRepeat(database: DatabaseSync) {
	const mend = database.prepare(
		'UPDATE entries SET id = ?, bytes = ?, signature = ? WHERE commit_number = ?'
	);
	return (stored: Row, entry: AppendEntry, id: Uint8Array): AppendResult => {
		const commit = integerAt(stored, 0);
		const isSameId = isSame(bytesAt(stored, 1), id);
		const hasSameBytes = isSame(bytesAt(stored, 2), entry.bytes);
		if (isSameId && hasSameBytes) return { type: 'duplicate', commit };
		const isDamaged = !isIdOf(bytesAt(stored, 1), bytesAt(stored, 2));
		if (isDamaged && (isSameId || hasSameBytes) && isIdOf(id, entry.bytes)) {
			mend.run(id, entry.bytes, entry.signature, commit);
			return { type: 'duplicate', commit };
		}
		return { type: 'refused', code: isSameId ? 'equivocation' : 'id-taken' };
	};
}

function createStore(parts: AppendParts) {
	const { database, state, memberships } = parts;
	const insertEntry = database.prepare('INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
	const insertClient = database.prepare('INSERT INTO entry_clients VALUES (?, ?, ?)');
	const insertLookup = database.prepare('INSERT OR IGNORE INTO lookups VALUES (?, ?)');

	return (entry: AppendEntry, book: BookRecord, id: Uint8Array, client: number, atMs: number) => {
		const commit = state.head + 1;
		const facility = entry.facility === undefined ? null : state.feed(entry.facility).number;
		const flags = entry.flags.length === 0 ? null : entry.flags.join(' ');
		insertEntry.run(commit, book.number, id, entry.bytes, entry.signature, facility, atMs, flags);
		insertClient.run(book.number, client, commit);
		for (const key of entry.lookups) insertLookup.run(key, book.number);
		state.head = commit;
		const idNumber = bytesToDigest(id);
		book.n += 1;
		book.digest = sumDigests([book.digest, idNumber]);
		state.touchBook(book);
		for (const feed of book.members) {
			feed.digest = sumDigests([feed.digest, idNumber]);
			memberships.writeRow(feed, ROW_ENTRY, book, commit);
		}
		if (entry.facility !== undefined) memberships.begin(book, entry.facility, 'wrote', atMs);
		for (const { facility: holder, reason, untilMs } of entry.begins ?? [])
			memberships.begin(book, holder, reason, atMs, untilMs);
	};
}

/** First 53 bits of an id: unique within a book, and the entry's Yjs client id. */
export function clientOf(id: Uint8Array): number {
	let high = 0;
	for (let i = 0; i < 6; i++) high = high * 256 + (id[i] ?? 0);
	return high * 32 + ((id[6] ?? 0) >> 3);
}

function auditDetail(results: AppendResult[]): string {
	const counts = { accepted: 0, duplicate: 0, refused: 0 };
	const commits: number[] = [];
	for (const result of results) {
		counts[result.type] += 1;
		if (result.type === 'accepted') commits.push(result.commit);
	}
	const numbers = `accepted=${counts.accepted} duplicate=${counts.duplicate} refused=${counts.refused}`;
	if (commits.length === 0) return numbers;
	return `${numbers} commits=${commits[0] ?? 0}-${commits.at(-1) ?? 0}`;
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
	return Buffer.compare(a, b) === 0;
}
