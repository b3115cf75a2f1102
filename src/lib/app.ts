/**
 * Composition root of the page: starts the one book worker, tells it what only a page can see, and gives
 * its client to routes. Nothing starts before the first call, so importing this touches no browser.
 */
import { wrap, type Remote } from 'comlink';
import type { BookApi } from './worker/book-api.ts';
import { createBookClient, type BookWorkerApi, type BookWorkerDoor } from './worker/book-client.ts';
import { createCalls, untilWorkerGone, WorkerGone } from './worker/worker-life.ts';

let worker: Promise<Remote<BookWorkerApi>> | undefined;
const calls = createCalls();
const goneListeners = new Set<() => void>();

const client = createBookClient(() => (worker ??= startWorker()), calls);

/** What screens ask of the device. */
export const book: BookApi = {
	...client,
	start: async () => {
		const state = await client.start();
		await askToKeep();
		return state;
	}
};

/** The worker ended or never came up: nothing is answered or saved until the page is opened again. */
export function onWorkerGone(listener: () => void): void {
	goneListeners.add(listener);
}

function startWorker(): Promise<Remote<BookWorkerApi>> {
	const started = new Worker(new URL('./worker/book-worker.ts', import.meta.url), {
		type: 'module',
		name: 'book'
	});
	const lifeline = `so-suc-khoe worker ${crypto.randomUUID()}`;
	const opened = wrap<BookWorkerDoor>(started).open(lifeline);
	void untilWorkerGone(started, opened, lifeline).then(() => {
		calls.fail(new WorkerGone());
		for (const listener of goneListeners) listener();
	});
	sendHints();
	return opened;
}

function sendHints(): void {
	const wake = (): void => void client.wake().catch(() => undefined);
	addEventListener('online', wake);
	addEventListener('pageshow', wake);
	document.addEventListener('visibilitychange', () => {
		if (document.visibilityState === 'visible') wake();
	});
}

/** Asks the browser never to clear what is stored here. It may show a question, so nothing waits for it. */
async function askToKeep(): Promise<void> {
	const isPersisted = await navigator.storage.persisted();
	if (isPersisted) return client.notePersistence('granted');
	void navigator.storage
		.persist()
		.then((isGranted) => client.notePersistence(isGranted ? 'granted' : 'denied'));
}
