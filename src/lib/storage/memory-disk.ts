/**
 * What survives a crash in memory. Transactions run one at a time; each notes how to undo its writes,
 * so that one that fails, or is cut off, leaves nothing behind.
 */
import { SortedRows } from './memory-tables.ts';
import { StorageFailed } from './port.ts';
import type { Key, KeyRange, Table, TableName, TableRows, DiskTables } from './tables.ts';

type Disk = { [Name in TableName]: SortedRows<TableRows[Name]> };

/** A transaction under way. After a crash its body may still run, but it can touch nothing any more. */
class Transaction {
	readonly #undo: (() => void)[] = [];
	#isOver = false;

	note(undo: () => void): void {
		this.check();
		this.#undo.push(undo);
	}

	check(): void {
		if (this.#isOver) throw new StorageFailed('closed');
	}

	end(): void {
		this.check();
		this.#isOver = true;
	}

	rollBack(): void {
		if (this.#isOver) return;
		this.#isOver = true;
		for (const undo of this.#undo.reverse()) undo();
	}
}

class TransactionTable<Row extends object> implements Table<Row> {
	readonly #rows: SortedRows<Row>;
	readonly #transaction: Transaction;

	constructor(rows: SortedRows<Row>, transaction: Transaction) {
		this.#rows = rows;
		this.#transaction = transaction;
	}

	async get(key: Key): Promise<Row | undefined> {
		return (await this.getMany([key]))[0];
	}

	async getMany(keys: Key[]): Promise<(Row | undefined)[]> {
		this.#transaction.check();
		return keys.map((key) => this.#rows.get(key)).map((row) => row && { ...row });
	}

	async range(range: KeyRange): Promise<Row[]> {
		this.#transaction.check();
		return this.#rows.select(range).map((row) => ({ ...row }));
	}

	async count(range: KeyRange): Promise<number> {
		this.#transaction.check();
		return this.#rows.select(range).length;
	}

	async keys(range: KeyRange = {}): Promise<Key[]> {
		this.#transaction.check();
		return this.#rows.select(range).map((row) => this.#rows.keyOf(row));
	}

	async put(row: Row): Promise<void> {
		await this.putMany([row]);
	}

	async putMany(rows: Row[]): Promise<void> {
		for (const row of rows) {
			this.#noteUndo(this.#rows.keyOf(row));
			this.#rows.put({ ...row });
		}
	}

	async deleteMany(keys: Key[]): Promise<void> {
		for (const key of keys) {
			this.#noteUndo(key);
			this.#rows.delete(key);
		}
	}

	async deleteRange(range: KeyRange): Promise<void> {
		await this.deleteMany(this.#rows.select(range).map((row) => this.#rows.keyOf(row)));
	}

	#noteUndo(key: Key): void {
		const before = this.#rows.get(key);
		this.#transaction.note(() => {
			if (before === undefined) this.#rows.delete(key);
			else this.#rows.put(before);
		});
	}
}

export interface Hooks {
	/** Becomes true when the storage that runs the transaction crashed. */
	isLost: () => boolean;
	/** Awaited when the body is done; throws to let the transaction fail. */
	commit: () => Promise<void>;
}

/** Several storages may share one disk, as windows of one browser do. */
export interface MemoryDisk {
	/** Runs `body` alone; nothing of it is left when it throws or its storage crashes. */
	transact<T>(body: (tables: DiskTables) => Promise<T>, hooks: Hooks): Promise<T>;
	/** The storage that passed these hooks crashes: its transaction under way is undone. */
	crash(isLost: () => boolean): void;
	/** Everything on it is gone, for every storage. */
	erase(): Promise<void>;
}

export function createMemoryDisk(): MemoryDisk {
	const disk = createDisk();
	let running: { isLost: () => boolean; cut: () => void } | undefined;
	let last: Promise<unknown> = Promise.resolve();

	async function run<T>(body: (tables: DiskTables) => Promise<T>, hooks: Hooks): Promise<T> {
		if (hooks.isLost()) throw new StorageFailed('closed');
		const transaction = new Transaction();
		const { promise: isCut, reject: cut } = Promise.withResolvers<never>();
		const crash = (): void => {
			transaction.rollBack();
			cut(new StorageFailed('closed'));
		};
		running = { isLost: hooks.isLost, cut: crash };
		try {
			const done = body(tablesOf(disk, transaction)).then(async (result) => {
				await hooks.commit();
				transaction.end();
				return result;
			});
			// The body of a crashed process may never come back; the disk does not wait for it.
			return await Promise.race([done, isCut]);
		} catch (error) {
			transaction.rollBack();
			throw error;
		} finally {
			running = undefined;
		}
	}

	const transact: MemoryDisk['transact'] = (body, hooks) => {
		const result = last.then(() => run(body, hooks));
		last = result.catch(() => undefined);
		return result;
	};
	return {
		transact,
		erase: () =>
			transact(
				async (tables) => {
					for (const table of Object.values(tables)) await table.deleteRange({});
				},
				{ isLost: () => false, commit: async () => undefined }
			),
		crash: (isLost) => {
			if (running?.isLost === isLost) running.cut();
		}
	};
}

function createDisk(): Disk {
	return {
		books: new SortedRows('books'),
		segments: new SortedRows('segments'),
		segmentHeads: new SortedRows('segmentHeads'),
		log: new SortedRows('log'),
		people: new SortedRows('people'),
		deltas: new SortedRows('deltas'),
		outbox: new SortedRows('outbox'),
		parcels: new SortedRows('parcels'),
		journal: new SortedRows('journal'),
		recent: new SortedRows('recent'),
		standings: new SortedRows('standings'),
		meta: new SortedRows('meta'),
		keys: new SortedRows('keys'),
		drafts: new SortedRows('drafts'),
		reads: new SortedRows('reads')
	};
}

function tablesOf(disk: Disk, transaction: Transaction): DiskTables {
	return {
		books: new TransactionTable(disk.books, transaction),
		segments: new TransactionTable(disk.segments, transaction),
		segmentHeads: new TransactionTable(disk.segmentHeads, transaction),
		log: new TransactionTable(disk.log, transaction),
		people: new TransactionTable(disk.people, transaction),
		deltas: new TransactionTable(disk.deltas, transaction),
		outbox: new TransactionTable(disk.outbox, transaction),
		parcels: new TransactionTable(disk.parcels, transaction),
		journal: new TransactionTable(disk.journal, transaction),
		recent: new TransactionTable(disk.recent, transaction),
		standings: new TransactionTable(disk.standings, transaction),
		meta: new TransactionTable(disk.meta, transaction),
		keys: new TransactionTable(disk.keys, transaction),
		drafts: new TransactionTable(disk.drafts, transaction),
		reads: new TransactionTable(disk.reads, transaction)
	};
}
