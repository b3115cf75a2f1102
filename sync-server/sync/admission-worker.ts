/** One thread of the admission pool: reads entries and verifies signatures, knows no store. */
import { parentPort } from 'node:worker_threads';
import { bytesToSign } from '#lib/entry/entry.ts';
import type { PoolAnswer, PoolTask } from './admission-pool.ts';
import { readForAdmission } from './examine.ts';
import { createSyncVerifier } from './verify-signature.ts';

const isSignature = createSyncVerifier();

function work(task: PoolTask): PoolAnswer {
	if (task.type === 'read') return task.entries.map(readForAdmission);
	return task.claims.map(({ publicKey, entry, signature }) =>
		isSignature(publicKey, bytesToSign(entry), signature)
	);
}

parentPort?.on('message', (task: PoolTask) => {
	parentPort?.postMessage(work(task));
});
