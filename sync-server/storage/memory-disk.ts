/** The disk of the store in memory: a list of operations, and the moments at which it may fail. */
import type { Operation } from './memory-operations.ts';

export interface MemoryDisk {
	/** In the order of their commits. Copy it, and you have a backup. */
	operations: Operation[];
}

export function createMemoryDisk(epoch: Uint8Array): MemoryDisk {
	return { operations: [{ type: 'epoch', epoch }] };
}

/** A disk restored from a copy: the same operations, then a new epoch. */
export function restoreMemoryDisk(copy: MemoryDisk, epoch: Uint8Array): MemoryDisk {
	return { operations: [...copy.operations, { type: 'epoch', epoch }] };
}

/** Called around the moment an operation reaches the disk. May throw to play a crash. */
export type DiskFault = (point: 'before-sync' | 'after-sync') => void;
