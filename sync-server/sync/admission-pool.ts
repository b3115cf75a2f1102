/**
 * Reading and verifying in worker threads, one per core. A handful of entries is examined in the calling
 * thread: waking another costs about as much, and somebody waits for them. What small pushes give goes
 * before bulk. The queue is bounded: beyond it the server says it is busy instead of growing.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { SMALL_PUSH_ENTRIES_MAX } from '#lib/protocol/limits.ts';
import { createArena } from '../storage/arena.ts';
import { StorageFailure } from '../storage/storage.ts';
import {
	createInlineExaminer,
	type Examiner,
	type Reading,
	type SignatureClaim
} from './examine.ts';
import { createVerifier } from './verify-signature.ts';

const INLINE_ENTRIES_MAX = 4;
const CHUNK_ENTRIES = 50;
/** The second waits in the thread, so that it never stands still while an answer crosses. */
const TASKS_PER_THREAD = 2;
export const WAITING_ENTRIES_MAX = 20_000;

export type PoolTask =
	{ type: 'read'; entries: Uint8Array[] } | { type: 'verify'; claims: SignatureClaim[] };
export type PoolAnswer = Reading[] | boolean[];

export interface AdmissionPool extends Examiner {
	close(): Promise<void>;
}

interface Waiting {
	task: PoolTask;
	transfer: ArrayBuffer[];
	size: number;
	resolve(answer: PoolAnswer): void;
	reject(error: Error): void;
}

/** A thread answers in the order in which it was given its tasks. */
interface Thread {
	worker: Worker;
	given: Waiting[];
}

/** `size` threads, started at once. */
export function createAdmissionPool(size = availableParallelism()): AdmissionPool {
	const inline = createInlineExaminer(createVerifier());
	const queue = createQueue(size);

	async function inChunks<In, Out>(items: In[], toTask: ToTask<In>): Promise<Out[]> {
		const chunks = queue.assertRoom(items.length);
		for (let at = 0; at < items.length; at += CHUNK_ENTRIES) {
			const chunk = items.slice(at, at + CHUNK_ENTRIES);
			const isSmall = items.length <= SMALL_PUSH_ENTRIES_MAX;
			chunks.push(queue.run(isSmall ? 'small' : 'bulk', chunk.length, toTask(chunk)));
		}
		return (await Promise.all(chunks)).flat() as Out[];
	}

	return {
		async read(entries) {
			if (entries.length <= INLINE_ENTRIES_MAX) return inline.read(entries);
			return inChunks(entries, readTask);
		},
		async verify(claims) {
			if (claims.length <= INLINE_ENTRIES_MAX) return inline.verify(claims);
			return inChunks(claims, verifyTask);
		},
		close: () => queue.close()
	};
}

interface TaskMessage {
	task: PoolTask;
	transfer: ArrayBuffer[];
}
type ToTask<In> = (chunk: In[]) => TaskMessage;

/** The bytes go over in one buffer of their own: a part of the body would take the whole body along. */
function readTask(entries: Uint8Array[]): TaskMessage {
	const arena = createArena(entries.reduce((sum, entry) => sum + entry.length, 0));
	const kept = entries.map((entry) => arena.keep(entry));
	return { task: { type: 'read', entries: kept }, transfer: arena.take() };
}

function verifyTask(claims: SignatureClaim[]): TaskMessage {
	const bytesOf = ({ entry, signature, publicKey }: SignatureClaim) =>
		entry.length + signature.length + publicKey.length;
	const arena = createArena(claims.reduce((sum, claim) => sum + bytesOf(claim), 0));
	const kept = claims.map(({ entry, signature, publicKey }) => ({
		entry: arena.keep(entry),
		signature: arena.keep(signature),
		publicKey: arena.keep(publicKey)
	}));
	return { task: { type: 'verify', claims: kept }, transfer: arena.take() };
}

type Lane = 'small' | 'bulk';

function createQueue(size: number) {
	const lanes: Record<Lane, Waiting[]> = { small: [], bulk: [] };
	let entryCount = 0;
	const giveNext = (): void => {
		for (;;) {
			const thread = threads.reduce((a, b) => (b.given.length < a.given.length ? b : a));
			if (thread.given.length >= TASKS_PER_THREAD) return;
			const next = lanes.small.shift() ?? lanes.bulk.shift();
			if (next === undefined) return;
			thread.given.push(next);
			thread.worker.postMessage(next.task, next.transfer);
		}
	};
	const settled = ({ size: entries }: Waiting): void => {
		entryCount -= entries;
		giveNext();
	};
	const threads = Array.from({ length: size }, () => startThread(settled));
	return {
		/** An empty list of answers to come; throws when so many entries more would be too many. */
		assertRoom(entries: number): Promise<PoolAnswer>[] {
			if (entryCount + entries <= WAITING_ENTRIES_MAX) return [];
			throw new StorageFailure('busy', 'admission is full');
		},
		run(lane: Lane, entries: number, { task, transfer }: TaskMessage): Promise<PoolAnswer> {
			const { promise, resolve, reject } = Promise.withResolvers<PoolAnswer>();
			lanes[lane].push({ task, transfer, size: entries, resolve, reject });
			entryCount += entries;
			giveNext();
			return promise;
		},
		async close() {
			await Promise.all(threads.map(({ worker }) => worker.terminate()));
		}
	};
}

/** A thread that dies fails what it was given and is replaced; nothing of it was acknowledged. */
function startThread(settled: (waiting: Waiting) => void): Thread {
	const thread: Thread = { worker: startWorker(), given: [] };
	listen(thread, settled);
	return thread;
}

function startWorker(): Worker {
	const worker = new Worker(new URL('./admission-worker.ts', import.meta.url));
	worker.unref();
	return worker;
}

function listen(thread: Thread, settled: (waiting: Waiting) => void): void {
	thread.worker.on('message', (answer: PoolAnswer) => {
		const waiting = thread.given.shift();
		if (waiting === undefined) return;
		settled(waiting);
		waiting.resolve(answer);
	});
	thread.worker.on('error', (error) => {
		const failed = thread.given;
		thread.given = [];
		thread.worker = startWorker();
		listen(thread, settled);
		for (const waiting of failed) {
			settled(waiting);
			waiting.reject(error instanceof Error ? error : new Error('admission thread failed'));
		}
	});
}
