/**
 * The page's side of the book worker: the same `BookApi`, every call a message. Listeners are handed
 * over as comlink proxies and let go of when watching ends.
 */
import { proxy, releaseProxy, type ProxyMarked, type Remote } from 'comlink';
import type { BookApi } from './book-api.ts';
import type { PageHints } from './page-hints.ts';

/** What crosses to the worker: a function that comes back is a proxy of one that stays there. */
export type BookWorkerApi = Omit<BookApi, 'watchBook'> &
	PageHints & {
		watchBook(
			...question: Parameters<BookApi['watchBook']>
		): Promise<Awaited<ReturnType<BookApi['watchBook']>> & ProxyMarked>;
	};

/** What the worker exposes. Opening ends when what the device keeps is open, and fails when it cannot be. */
export interface BookWorkerDoor {
	open(): Promise<BookWorkerApi & ProxyMarked>;
}

/** `worker`: starts the worker at the first call, and answers the same one from then on. */
export function createBookClient(
	worker: () => Promise<Remote<BookWorkerApi>>
): BookApi & PageHints {
	return {
		start: async () => (await worker()).start(),
		useHere: async () => (await worker()).useHere(),
		watchDevice: async (listener) => (await worker()).watchDevice(proxy(listener)),
		watchSync: async (listener) => (await worker()).watchSync(proxy(listener)),
		signIn: async (input) => (await worker()).signIn(input),
		lock: async () => (await worker()).lock(),
		searchPeople: async (query) => (await worker()).searchPeople(query),
		listFollowUps: async (until) => (await worker()).listFollowUps(until),
		listRecentlySeen: async (limit) => (await worker()).listRecentlySeen(limit),
		findLookAlikes: async (facts, guardianName) =>
			(await worker()).findLookAlikes(facts, guardianName),
		findOnServer: async (question) => (await worker()).findOnServer(question),
		bringFromServer: async (book) => (await worker()).bringFromServer(book),
		watchBook: async (book, listener) => {
			const stop = await (await worker()).watchBook(book, proxy(listener));
			return () => {
				void stop().finally(() => stop[releaseProxy]());
			};
		},
		registerPerson: async (person) => (await worker()).registerPerson(person),
		recordFacts: async (input) => (await worker()).recordFacts(input),
		giveVaccine: async (input) => (await worker()).giveVaccine(input),
		recordVisit: async (input) => (await worker()).recordVisit(input),
		recordPrescription: async (input) => (await worker()).recordPrescription(input),
		recordAllergy: async (input) => (await worker()).recordAllergy(input),
		undo: async (input) => (await worker()).undo(input),
		listOutbox: async () => (await worker()).listOutbox(),
		syncNow: async () => (await worker()).syncNow(),
		readCatalogue: async (kind, on) => (await worker()).readCatalogue(kind, on),
		wake: async () => (await worker()).wake(),
		notePersistence: async (persisted) => (await worker()).notePersistence(persisted)
	};
}
