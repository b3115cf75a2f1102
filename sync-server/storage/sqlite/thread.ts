/**
 * The main thread's end of one storage worker: calls as promises, and an end that nobody waits for.
 * Waking a thread costs more than a short query, so the calls of one turn of the event loop cross
 * together, and so do their answers.
 */
import { Worker, type Transferable } from 'node:worker_threads';
import { StorageFailure } from '../storage.ts';
import type { EpochDecision } from './epochs.ts';
import { errorOf } from './failure.ts';
import type { Fault, FaultPoint } from './group-commit.ts';
import {
	FAULT_PASSED,
	FAULT_THROWN,
	type AnswerMessage,
	type CallMessage,
	type WorkerMessage,
	type WorkerSettings
} from './messages.ts';

export interface Thread {
	/** What the start decided about the epoch (writer only). */
	epoch: EpochDecision;
	call(method: string, parameters: unknown[], transfer?: Transferable[]): Promise<unknown>;
	close(): Promise<void>;
}

interface Waiting {
	resolve: (value: unknown) => void;
	reject: (error: Error) => void;
}

export interface ThreadHooks {
	fault?: Fault;
	/** The thread ended and nobody had asked it to: nothing of it can be trusted or repaired. */
	onLost?: (failure: StorageFailure) => void;
}

/** Starts the worker; rejects with a plain sentence when it refuses to start. */
export async function startThread(
	settings: WorkerSettings,
	{ fault, onLost }: ThreadHooks = {}
): Promise<Thread> {
	const signal = new Int32Array(new SharedArrayBuffer(4));
	const workerData = fault === undefined ? settings : { ...settings, faultSignal: signal };
	const worker = new Worker(new URL('./storage-worker.ts', import.meta.url), { workerData });
	const waiting = new Map<number, Waiting>();
	let lastId = 0;
	let isStarted = false;
	let ended: StorageFailure | undefined;

	const end = (error: StorageFailure): void => {
		const isLost = isStarted && ended === undefined;
		ended ??= error;
		for (const { reject } of waiting.values()) reject(error);
		waiting.clear();
		if (isLost) onLost?.(error);
	};
	const started = Promise.withResolvers<EpochDecision>();
	worker.on('message', (message: WorkerMessage) => {
		switch (message.type) {
			case 'ready':
				isStarted = true;
				started.resolve(message.epoch ?? 'unchanged');
				break;
			case 'fault':
				answerFault(signal, message.point, fault);
				break;
			case 'answers':
				for (const answer of message.answers) settle(waiting, answer);
		}
	});
	worker.on('error', (error) => {
		const text = error instanceof Error ? error.message : 'the storage thread failed';
		started.reject(new StorageFailure('internal', text));
		end(new StorageFailure('internal', text));
	});
	worker.on('exit', () => {
		end(new StorageFailure('internal', 'the storage thread ended'));
	});
	const post = createPost(worker);
	const call: Thread['call'] = (method, parameters, transfer = []) => {
		if (ended !== undefined) return Promise.reject(ended);
		const { promise, resolve, reject } = Promise.withResolvers<unknown>();
		lastId += 1;
		waiting.set(lastId, { resolve, reject });
		post({ id: lastId, method, parameters }, transfer);
		return promise;
	};
	return {
		epoch: await started.promise,
		call,
		async close() {
			if (ended !== undefined) return;
			const closed = call('close', []);
			ended = new StorageFailure('closed', 'the storage is closed');
			await closed;
			await worker.terminate();
		}
	};
}

function createPost(worker: Worker): (call: CallMessage, transfer: Transferable[]) => void {
	let calls: CallMessage[] = [];
	let transfers: Transferable[] = [];
	const flush = (): void => {
		worker.postMessage(calls, transfers);
		calls = [];
		transfers = [];
	};
	return (call, transfer) => {
		if (calls.push(call) === 1) setImmediate(flush);
		transfers.push(...transfer);
	};
}

function settle(waiting: Map<number, Waiting>, answer: AnswerMessage): void {
	const asked = waiting.get(answer.id);
	waiting.delete(answer.id);
	if ('failure' in answer) asked?.reject(errorOf(answer.failure));
	else asked?.resolve(answer.result);
}

/** The worker stands still until this is answered. */
function answerFault(signal: Int32Array, point: FaultPoint, fault: Fault | undefined): void {
	let answer = FAULT_PASSED;
	try {
		fault?.(point);
	} catch {
		answer = FAULT_THROWN;
	}
	Atomics.store(signal, 0, answer);
	Atomics.notify(signal, 0);
}
