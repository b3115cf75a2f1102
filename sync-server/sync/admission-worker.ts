/** One thread of the admission pool: reads entries and verifies signatures, knows no store. */
import { parentPort } from 'node:worker_threads';
import { bytesToSign } from '#lib/entry/entry.ts';
import type { PoolAnswer, PoolTask } from './admission-pool.ts';
import { readForAdmission } from './examine.ts';
import { createSyncVerifier } from './verify-signature.ts';

const isSignature = createSyncVerifier();

function work(task: PoolTask): PoolAnswer {
	if (task.type === 'read') return { task: task.task, results: task.entries.map(readForAdmission) };
	const results = task.claims.map(({ publicKey, entry, signature }) =>
		isSignature(publicKey, bytesToSign(entry), signature)
	);
	return { task: task.task, results };
}

parentPort?.on('message', (task: PoolTask) => {
	parentPort?.postMessage(work(task));
});
