/**
 * Reading and verifying in worker threads, one per core. Small pushes are examined in the calling
 * thread: a round trip costs more than twenty signatures, and somebody waits for them. The queue is
 * bounded: beyond it the server says it is busy instead of growing.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { SMALL_PUSH_ENTRIES_MAX } from '#lib/protocol/limits.ts';
import { StorageFailure } from '../storage/storage.ts';
import {
	createInlineExaminer,
	type Examiner,
	type Reading,
	type SignatureClaim
} from './examine.ts';
import { createVerifier } from './verify-signature.ts';

const CHUNK_ENTRIES = 50;
export const WAITING_ENTRIES_MAX = 20_000;

export type PoolTask =
	| { task: number; type: 'read'; entries: Uint8Array[] }
	| { task: number; type: 'verify'; claims: SignatureClaim[] };
export interface PoolAnswer {
	task: number;
	results: Reading[] | boolean[];
}

export interface AdmissionPool extends Examiner {
	close(): Promise<void>;
}

interface Waiting {
	size: number;
	resolve(results: PoolAnswer['results']): void;
	reject(error: Error): void;
}

interface Thread {
	worker: Worker;
	waiting: Map<number, Waiting>;
	/** Entries given to it and not yet answered. */
	load: number;
}

/** `size` threads, started at once. */
export function createAdmissionPool(size = availableParallelism()): AdmissionPool {
	const inline = createInlineExaminer(createVerifier());
	const threads = Array.from({ length: size }, startThread);
	let taskCount = 0;

	async function run<T>(size: number, toTask: (task: number) => PoolTask): Promise<T[]> {
		const thread = threads.reduce((least, other) => (other.load < least.load ? other : least));
		const task = taskCount++;
		return new Promise((resolve, reject) => {
			const done = (results: PoolAnswer['results']) => resolve(results as T[]);
			thread.waiting.set(task, { size, resolve: done, reject });
			thread.load += size;
			thread.worker.postMessage(toTask(task));
		});
	}

	function assertRoom(size: number): void {
		const load = threads.reduce((sum, thread) => sum + thread.load, 0);
		if (load + size > WAITING_ENTRIES_MAX) throw new StorageFailure('busy', 'admission is full');
	}

	async function inChunks<In, Out>(
		items: In[],
		toTask: (task: number, chunk: In[]) => PoolTask
	): Promise<Out[]> {
		assertRoom(items.length);
		const chunks: Promise<Out[]>[] = [];
		for (let at = 0; at < items.length; at += CHUNK_ENTRIES) {
			const chunk = items.slice(at, at + CHUNK_ENTRIES);
			chunks.push(run<Out>(chunk.length, (task) => toTask(task, chunk)));
		}
		return (await Promise.all(chunks)).flat();
	}

	return {
		async read(entries) {
			if (entries.length <= SMALL_PUSH_ENTRIES_MAX) return inline.read(entries);
			return inChunks(entries, (task, chunk) => ({ task, type: 'read', entries: chunk }));
		},
		async verify(claims) {
			if (claims.length <= SMALL_PUSH_ENTRIES_MAX) return inline.verify(claims);
			return inChunks(claims, (task, chunk) => ({ task, type: 'verify', claims: chunk }));
		},
		async close() {
			await Promise.all(threads.map(({ worker }) => worker.terminate()));
		}
	};
}

/** A thread that dies fails what it was given and is replaced; nothing of it was acknowledged. */
function startThread(): Thread {
	const worker = startWorker();
	const thread: Thread = { worker, waiting: new Map(), load: 0 };
	listen(thread);
	return thread;
}

function startWorker(): Worker {
	const worker = new Worker(new URL('./admission-worker.ts', import.meta.url));
	worker.unref();
	return worker;
}

function listen(thread: Thread): void {
	thread.worker.on('message', ({ task, results }: PoolAnswer) => {
		const waiting = thread.waiting.get(task);
		if (waiting === undefined) return;
		thread.waiting.delete(task);
		thread.load -= waiting.size;
		waiting.resolve(results);
	});
	thread.worker.on('error', (error) => {
		for (const waiting of thread.waiting.values())
			waiting.reject(error instanceof Error ? error : new Error('admission thread failed'));
		thread.waiting.clear();
		thread.load = 0;
		thread.worker = startWorker();
		listen(thread);
	});
}
