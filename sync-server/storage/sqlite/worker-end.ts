/** A worker's end of the storage: its settings, and how it answers. */
import { parentPort, workerData } from 'node:worker_threads';
import { failureMessageOf } from './failure.ts';
import type { AnswerMessage, CallMessage, WorkerMessage, WorkerSettings } from './messages.ts';

if (parentPort === null) throw new Error('this file belongs to a worker');
const port = parentPort;
export const settings = workerData as WorkerSettings;

export function send(message: WorkerMessage, transfer: ArrayBuffer[] = []): void {
	port.postMessage(message, transfer);
}

export function failedAnswer(id: number, error: unknown): AnswerMessage {
	return { id, failure: failureMessageOf(error) };
}

/** Hands the calls that came together to `carryOut`, and the last one, `close`, to `close`. */
export function serve(carryOut: (calls: CallMessage[]) => void, close: () => void): void {
	port.on('message', (calls: CallMessage[]) => {
		const last = calls.find(({ method }) => method === 'close');
		const before = calls.filter((call) => call !== last);
		if (before.length > 0) carryOut(before);
		if (last === undefined) return;
		close();
		send({ type: 'answers', answers: [{ id: last.id, result: undefined }] });
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
