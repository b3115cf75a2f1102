/** A worker's end of the storage: its settings, and how it answers. */
import { parentPort, workerData } from 'node:worker_threads';
import { failureMessageOf } from './failure.ts';
import type { CallMessage, WorkerMessage, WorkerSettings } from './messages.ts';

if (parentPort === null) throw new Error('this file belongs to a worker');
const port = parentPort;
export const settings = workerData as WorkerSettings;

export function send(message: WorkerMessage, transfer: ArrayBuffer[] = []): void {
	port.postMessage(message, transfer);
}

export function sendFailure(id: number, error: unknown): void {
	send({ type: 'failed', id, failure: failureMessageOf(error) });
}

/** Hands each call to `carryOut`, and the last one, `close`, to `close`. */
export function serve(carryOut: (call: CallMessage) => void, close: () => void): void {
	port.on('message', (call: CallMessage) => {
		if (call.method !== 'close') {
			carryOut(call);
			return;
		}
		close();
		send({ type: 'result', id: call.id, result: undefined });
		port.close();
	});
}

export type Method = (...parameters: unknown[]) => unknown;

/** What a message names comes from this process's other end, which only knows names of the port. */
export function methodsOf(target: object): (name: string) => Method {
	const methods = new Map<string, unknown>(Object.entries(target));
	return (name) => {
		const found = methods.get(name);
		if (typeof found !== 'function') throw new Error(`the storage has no ${name}`);
		return found as Method;
	};
}
