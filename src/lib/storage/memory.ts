/**
 * The storage port in memory, with a durability model for the simulation: a transaction is on the disk
 * when it ends (strict), all of it or nothing; `crash` drops the transaction under way; a new storage on
 * the same disk finds what was durable. No timers and no randomness: faults and pauses are passed in.
 */
import { createBookStorage } from './book-storage.ts';
import { createMemoryDisk, type MemoryDisk } from './memory-disk.ts';
import { StorageFailed, type BookStorage, type RecordCipher } from './port.ts';
import { sealTables } from './sealed-tables.ts';
import type { DiskDatabase, TableName } from './tables.ts';

export { createMemoryDisk, type MemoryDisk };

export interface MemoryFaults {
	/** Asked before the n-th writing transaction (1, 2, ...) of a storage becomes durable. */
	beforeCommit?(write: {
		n: number;
		tables: readonly TableName[];
	}): 'quota' | 'aborted' | undefined;
	/** Awaited before each transaction, before a writing one becomes durable, and before its caller hears
	 * of it: a slow disk, or a place to crash at. */
	pause?(point: 'begin' | 'commit' | 'answer'): Promise<void>;
}

export interface MemoryStorage extends BookStorage {
	/** The process dies: the transaction under way is undone and every call fails from now on. */
	crash(): void;
}

export function createMemoryStorage(
	options: { disk?: MemoryDisk; faults?: MemoryFaults; cipher?: RecordCipher } = {}
): MemoryStorage {
	const { disk = createMemoryDisk(), faults = {}, cipher } = options;
	let isGone = false;
	let writes = 0;
	const isLost = (): boolean => isGone;
	const database: DiskDatabase = {
		transact: async (mode, names, body) => {
			await faults.pause?.('begin');
			const commit = async (): Promise<void> => {
				if (mode === 'r') return;
				await faults.pause?.('commit');
				const fault = faults.beforeCommit?.({ n: ++writes, tables: names });
				if (fault !== undefined) throw new StorageFailed(fault);
			};
			const result = await disk.transact(body, { isLost, commit });
			await faults.pause?.('answer');
			if (isGone) throw new StorageFailed('closed');
			return result;
		},
		close: async () => {
			isGone = true;
		}
	};
	const crash = (): void => {
		isGone = true;
		disk.crash(isLost);
	};
	const sealed = cipher === undefined ? database : sealTables(database, cipher);
	return { ...createBookStorage(sealed), crash };
}
