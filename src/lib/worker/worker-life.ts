/**
 * How the page learns that its worker is gone. A worker that could not be started says so by an event; one
 * that ends later, because the browser took its memory, says nothing at all. So it holds a lock for as
 * long as it lives, which the browser frees however it ends.
 */

/** Every call that was under way, and every later one, ends with this. */
export class WorkerGone extends Error {
	constructor() {
		super('the book worker is gone');
		this.name = 'WorkerGone';
	}
}

/** In the worker: takes its lifeline and never lets go of it. */
export function holdLifeline(name: string): Promise<void> {
	return new Promise((resolve, reject) => {
		const held = navigator.locks.request(name, () => {
			resolve();
			return new Promise<never>(() => undefined);
		});
		held.catch(reject);
	});
}

/** In the page: ends when the worker is gone. `opened`: it holds its lifeline and answers. */
export function untilWorkerGone(
	worker: EventTarget,
	opened: Promise<unknown>,
	lifeline: string
): Promise<void> {
	return new Promise((resolve) => {
		let isOpen = false;
		const onError = (): void => {
			// Once it is open, an uncaught error ends nothing: its lifeline would say so.
			if (!isOpen) resolve();
		};
		worker.addEventListener('error', onError);
		// An answer that cannot be read: whoever asked would wait for ever.
		worker.addEventListener('messageerror', () => resolve());
		const watchLifeline = async (): Promise<void> => {
			isOpen = true;
			await navigator.locks.request(lifeline, () => resolve());
		};
		opened.then(watchLifeline, () => undefined);
	});
}

/** Calls to the worker that fail, instead of waiting for ever, when it is gone. */
export interface Calls {
	run<T>(call: () => Promise<T>): Promise<T>;
	fail(error: Error): void;
}

export function createCalls(): Calls {
	const underWay = new Set<(error: Error) => void>();
	let failure: Error | undefined;
	return {
		run: async (call) => {
			if (failure !== undefined) throw failure;
			const failed = Promise.withResolvers<never>();
			underWay.add(failed.reject);
			try {
				return await Promise.race([call(), failed.promise]);
			} finally {
				underWay.delete(failed.reject);
			}
		},
		fail: (error) => {
			failure = error;
			for (const reject of underWay) reject(error);
		}
	};
}
