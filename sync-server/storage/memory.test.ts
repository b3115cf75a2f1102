import { createMemoryDisk, openMemoryStorage, type MemoryDisk } from './memory.ts';
import { runServerStorageSuite } from './port-suite.ts';
import { EPOCH_BYTES } from './storage.ts';

const disks = new Map<string, MemoryDisk>();

runServerStorageSuite(
	'memory',
	(name) => {
		const disk = disks.get(name) ?? createMemoryDisk(new Uint8Array(EPOCH_BYTES).fill(1));
		disks.set(name, disk);
		return Promise.resolve(openMemoryStorage(disk));
	},
	{ interleavings: 2_000 }
);
