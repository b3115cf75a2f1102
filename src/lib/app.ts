/**
 * Composition root of the page: starts the one book worker, tells it what only a page can see, and gives
 * its client to routes. Nothing starts before the first call, so importing this touches no browser.
 */
import { wrap, type Remote } from 'comlink';
import type { BookApi } from './worker/book-api.ts';
import { createBookClient, type BookWorkerApi, type BookWorkerDoor } from './worker/book-client.ts';

let worker: Promise<Remote<BookWorkerApi>> | undefined;

const client = createBookClient(() => (worker ??= startWorker()));

/** What screens ask of the device. */
export const book: BookApi = {
	...client,
	start: async () => {
		const state = await client.start();
		await askToKeep();
		return state;
	}
};

function startWorker(): Promise<Remote<BookWorkerApi>> {
	const started = new Worker(new URL('./worker/book-worker.ts', import.meta.url), {
		type: 'module',
		name: 'book'
	});
	sendHints();
	return wrap<BookWorkerDoor>(started).open();
}

function sendHints(): void {
	const wake = (): void => void client.wake();
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
