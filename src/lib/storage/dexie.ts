/**
 * The storage port on IndexedDB through Dexie. Every transaction is strict: its promise resolves only
 * when the browser says `complete`, after the flush to disk; an abort rejects it. The version of the
 * schema grows with every released change, and every released version can be opened for ever.
 */
import { Dexie, type Collection, type Table as DexieTable, type Transaction } from 'dexie';
import { createBookStorage } from './book-storage.ts';
import {
	StorageFailed,
	type BookStorage,
	type RecordCipher,
	type StorageFailureCode
} from './port.ts';
import { sealTables } from './sealed-tables.ts';
import { takeOverBooks, takeOverKeys } from './take-over.ts';
import {
	TABLE_KEYS,
	type DiskDatabase,
	type Key,
	type KeyRange,
	type Table,
	type TableName,
	type TableRows,
	type DiskTables
} from './tables.ts';

/** Since 2: parcels; since 3: reads; since 4: segments. */
const SCHEMA_VERSION = 4;
/** Dexie's version 1 is IndexedDB's version 10. */
const VERSION_FACTOR = 10;
const { parcels, reads, segments, segmentHeads, ...firstTables } = TABLE_KEYS;
const FIRST_SCHEMA = Object.fromEntries(
	Object.entries(firstTables).map(([name, keys]) => [name, keys.join(',')])
);

/** Opens the database, creating it at first. `cipher`: seals what is about people. Throws `StorageFailed`. */
export async function openDexieStorage(name: string, cipher?: RecordCipher): Promise<BookStorage> {
	return createBookStorage(await openDatabase(name, cipher));
}

export interface SealedStorage {
	storage: BookStorage;
	/** Moves what lies unsealed under the old name into `storage`, and deletes it. Needs the key. */
	takeOver: () => Promise<void>;
}

/** `plainName`: where an app of before kept the same unsealed. */
export async function openSealedStorage(
	name: string,
	plainName: string,
	cipher: RecordCipher
): Promise<SealedStorage> {
	const sealed = await openDatabase(name, cipher);
	await withPlain(plainName, (plain) => takeOverKeys(plain, sealed));
	return {
		storage: createBookStorage(sealed),
		takeOver: async () => {
			const hasMoved = await withPlain(plainName, (plain) => takeOverBooks(plain, sealed));
			if (hasMoved) await deleteDexieStorage(plainName);
		}
	};
}

/** Answers whether there is such a database. */
async function withPlain(
	name: string,
	work: (plain: DiskDatabase) => Promise<void>
): Promise<boolean> {
	if (!(await Dexie.exists(name))) return false;
	const plain = await openDatabase(name);
	try {
		await work(plain);
		return true;
	} finally {
		await plain.close();
	}
}

async function openDatabase(name: string, cipher?: RecordCipher): Promise<DiskDatabase> {
	await refuseNewer(name);
	const dexie = new Dexie(name, { chromeTransactionDurability: 'strict', autoOpen: false });
	dexie.version(1).stores(FIRST_SCHEMA);
	dexie.version(2).stores({ parcels: parcels.join(',') });
	dexie.version(3).stores({ reads: reads.join(',') });
	dexie.version(SCHEMA_VERSION).stores({
		segments: segments.join(','),
		segmentHeads: segmentHeads.join(',')
	});
	// Another window has a newer version of the app: give way, or it could never start.
	dexie.on('versionchange', () => {
		dexie.close();
	});
	await dexie.open().catch(rethrow);
	const database = databaseOf(dexie);
	return cipher === undefined ? database : sealTables(database, cipher);
}

/** Removes everything under this name, also from under other windows, which then have nothing open. */
export async function deleteDexieStorage(name: string): Promise<void> {
	await Dexie.delete(name).catch(rethrow);
}

/** Dexie would open a newer database and even change it; an old app cannot know what that breaks. */
async function refuseNewer(name: string): Promise<void> {
	const stored = (await indexedDB.databases()).find((database) => database.name === name);
	if ((stored?.version ?? 0) > SCHEMA_VERSION * VERSION_FACTOR) throw new StorageFailed('closed');
}

function databaseOf(dexie: Dexie): DiskDatabase {
	return {
		transact: async (mode, names, body) => {
			try {
				// An async function, else Dexie does not follow native awaits and the transaction ends early.
				return await dexie.transaction(mode, [...names], async (transaction) =>
					body(tablesOf(transaction))
				);
			} catch (error) {
				return rethrow(error);
			}
		},
		close: async () => {
			dexie.close();
		}
	};
}

/** Tables bound to the transaction: whatever happens to Dexie's zones, nothing runs outside of it. */
function tablesOf(transaction: Transaction): DiskTables {
	return {
		books: tableOf(bound(transaction, 'books')),
		segments: tableOf(bound(transaction, 'segments')),
		segmentHeads: tableOf(bound(transaction, 'segmentHeads')),
		log: tableOf(bound(transaction, 'log')),
		people: tableOf(bound(transaction, 'people')),
		deltas: tableOf(bound(transaction, 'deltas')),
		outbox: tableOf(bound(transaction, 'outbox')),
		parcels: tableOf(bound(transaction, 'parcels')),
		journal: tableOf(bound(transaction, 'journal')),
		recent: tableOf(bound(transaction, 'recent')),
		standings: tableOf(bound(transaction, 'standings')),
		meta: tableOf(bound(transaction, 'meta')),
		keys: tableOf(bound(transaction, 'keys')),
		drafts: tableOf(bound(transaction, 'drafts')),
		reads: tableOf(bound(transaction, 'reads'))
	};
}

function bound<Name extends TableName>(
	transaction: Transaction,
	name: Name
): DexieTable<TableRows[Name], Key> {
	return transaction.table<TableRows[Name], Key>(name);
}

function tableOf<Row extends object>(table: DexieTable<Row, Key>): Table<Row> {
	return {
		get: (key) => table.get(key),
		getMany: (keys) => table.bulkGet(keys),
		range: (range) => inRange(table, range).toArray(),
		count: (range) => inRange(table, range).count(),
		keys: (range = {}) => inRange(table, range).primaryKeys(),
		put: (row) => table.put(compact(row)),
		putMany: (rows) => table.bulkPut(rows.map(compact)),
		deleteMany: (keys) => table.bulkDelete(keys),
		deleteRange: (range) => inRange(table, range).delete()
	};
}

/** IndexedDB stores the whole buffer under a view: one entry of a page would take the page with it. */
function compact<Row extends object>(row: Row): Row {
	const fields: [string, unknown][] = Object.entries(row);
	const copies: Record<string, Uint8Array> = {};
	for (const [field, value] of fields)
		if (value instanceof Uint8Array && value.length < value.buffer.byteLength)
			copies[field] = value.slice();
	return { ...row, ...copies };
}

function inRange<Row>(
	table: DexieTable<Row, Key>,
	{ index, from, to, limit, isNewestFirst }: KeyRange
): Collection<Row, Key> {
	const isWhole = from === undefined && to === undefined && index === undefined;
	const all = isWhole
		? table.toCollection()
		: table.where(index ?? ':id').between(from ?? Dexie.minKey, to ?? Dexie.maxKey, true, true);
	const ordered = isNewestFirst ? all.reverse() : all;
	return limit === undefined ? ordered : ordered.limit(limit);
}

/** What went wrong with the device becomes `StorageFailed`; a mistake in our own code stays what it is. */
function rethrow(error: unknown): never {
	if (error instanceof StorageFailed || !isFromDatabase(error)) throw error;
	throw new StorageFailed(codeOf(error), error);
}

function isFromDatabase(error: unknown): error is Error {
	return error instanceof Dexie.DexieError || error instanceof DOMException;
}

const CODES: Record<string, StorageFailureCode> = {
	QuotaExceededError: 'quota',
	AbortError: 'aborted',
	DatabaseClosedError: 'closed',
	InvalidStateError: 'closed'
};

/** Dexie wraps the browser's error, sometimes twice: an abort because of the quota is a quota error. */
function codeOf(error: Error): StorageFailureCode {
	const inner: unknown = 'inner' in error ? error.inner : undefined;
	if (inner instanceof Error || inner instanceof DOMException) {
		const code = codeOf(inner);
		if (code !== 'unknown') return code;
	}
	return CODES[error.name] ?? 'unknown';
}
