/**
 * The page's side of the book worker: the same `BookApi`, every call a message. Listeners are handed
 * over as comlink proxies and let go of when watching ends.
 */
import { proxy, releaseProxy, type ProxyMarked, type Remote } from 'comlink';
import type { BookApi } from './book-api.ts';
import type { PageHints } from './page-hints.ts';
import { createCalls, type Calls } from './worker-life.ts';

/** What crosses to the worker: a function that comes back is a proxy of one that stays there. */
export type BookWorkerApi = Omit<BookApi, Watch> &
	PageHints & {
		[W in Watch]: (...question: Parameters<BookApi[W]>) => Promise<(() => void) & ProxyMarked>;
	};

type Watch = 'watchBook' | 'watchPresence' | 'watchVisitDraft';

/** What the worker exposes. Opening ends when what the device keeps is open, and fails when it cannot be.
 * `lifeline`: name of the lock that the worker holds while it lives. */
export interface BookWorkerDoor {
	open(lifeline: string): Promise<BookWorkerApi & ProxyMarked>;
}

type Ask = <T>(question: (worker: Remote<BookWorkerApi>) => T) => Promise<Awaited<T>>;

/** `worker`: starts the worker at the first call, and answers the same one from then on. `calls`: what ends
 * calls to a worker that is gone. */
export function createBookClient(
	worker: () => Promise<Remote<BookWorkerApi>>,
	calls: Pick<Calls, 'run'> = createCalls()
): BookApi & PageHints {
	const ask: Ask = <T>(question: (worker: Remote<BookWorkerApi>) => T) =>
		calls.run(async (): Promise<Awaited<T>> => {
			const answer = await question(await worker());
			return answer;
		});
	return {
		start: () => ask((worker) => worker.start()),
		useHere: () => ask((worker) => worker.useHere()),
		watchDevice: (listener) => ask((worker) => worker.watchDevice(proxy(listener))),
		watchSync: (listener) => ask((worker) => worker.watchSync(proxy(listener))),
		...signInCalls(ask),
		searchPeople: (query) => ask((worker) => worker.searchPeople(query)),
		browsePlaces: () => ask((worker) => worker.browsePlaces()),
		browseNeighbours: (place, shownMax) =>
			ask((worker) => worker.browseNeighbours(place, shownMax)),
		countFollowUps: (span) => ask((worker) => worker.countFollowUps(span)),
		listFollowUps: (span, shownMax) => ask((worker) => worker.listFollowUps(span, shownMax)),
		listRecentlySeen: (limit) => ask((worker) => worker.listRecentlySeen(limit)),
		findLookAlikes: (facts, guardianName) =>
			ask((worker) => worker.findLookAlikes(facts, guardianName)),
		findOnServer: (question) => ask((worker) => worker.findOnServer(question)),
		bringFromServer: (book) => ask((worker) => worker.bringFromServer(book)),
		openInEmergency: (words) => ask((worker) => worker.openInEmergency(words)),
		beginVisit: (code) => ask((worker) => worker.beginVisit(code)),
		listEmergencies: () => ask((worker) => worker.listEmergencies()),
		reviewEmergency: (decision) => ask((worker) => worker.reviewEmergency(decision)),
		watchBook: async (book, listener) =>
			stopping(await ask((worker) => worker.watchBook(book, proxy(listener)))),
		watchPresence: async (book, listener) =>
			stopping(await ask((worker) => worker.watchPresence(book, proxy(listener)))),
		readJourney: (book) => ask((worker) => worker.readJourney(book)),
		registerPerson: (person, draft) => ask((worker) => worker.registerPerson(person, draft)),
		recordFacts: (input, draft) => ask((worker) => worker.recordFacts(input, draft)),
		giveVaccine: (input, draft) => ask((worker) => worker.giveVaccine(input, draft)),
		recordVisit: (input) => ask((worker) => worker.recordVisit(input)),
		recordPrescription: (input) => ask((worker) => worker.recordPrescription(input)),
		recordReferral: (input, draft) => ask((worker) => worker.recordReferral(input, draft)),
		recordAllergy: (input, draft) => ask((worker) => worker.recordAllergy(input, draft)),
		amendEntry: (input, draft) => ask((worker) => worker.amendEntry(input, draft)),
		voidEntry: (input) => ask((worker) => worker.voidEntry(input)),
		moveEntry: (input) => ask((worker) => worker.moveEntry(input)),
		joinBooks: (input) => ask((worker) => worker.joinBooks(input)),
		partBooks: (input) => ask((worker) => worker.partBooks(input)),
		sayDifferent: (input) => ask((worker) => worker.sayDifferent(input)),
		listDifferent: (book, others) => ask((worker) => worker.listDifferent(book, others)),
		undo: (input) => ask((worker) => worker.undo(input)),
		...draftCalls(ask),
		listOutbox: () => ask((worker) => worker.listOutbox()),
		exportOutbox: () => ask((worker) => worker.exportOutbox()),
		listInbox: () => ask((worker) => worker.listInbox()),
		listAnswers: () => ask((worker) => worker.listAnswers()),
		markAnswersSeen: (ids) => ask((worker) => worker.markAnswersSeen(ids)),
		listHeld: () => ask((worker) => worker.listHeld()),
		readHeld: (held) => ask((worker) => worker.readHeld(held)),
		reviewHeld: (decision) => ask((worker) => worker.reviewHeld(decision)),
		recordAgain: (n) => ask((worker) => worker.recordAgain(n)),
		setAside: (n) => ask((worker) => worker.setAside(n)),
		syncNow: () => ask((worker) => worker.syncNow()),
		readCatalogue: (kind, on) => ask((worker) => worker.readCatalogue(kind, on)),
		wake: () => ask((worker) => worker.wake()),
		notePersistence: (persisted) => ask((worker) => worker.notePersistence(persisted))
	};
}

type PasskeyCalls = Extract<keyof BookApi, `${string}Passkey${string}`>;

function signInCalls(
	ask: Ask
): Pick<BookApi, 'enrol' | 'signIn' | 'checkPassword' | 'choosePin' | 'lock' | PasskeyCalls> {
	return {
		beginPasskeySignIn: () => ask((worker) => worker.beginPasskeySignIn()),
		checkPasskey: (given) => ask((worker) => worker.checkPasskey(given)),
		listPasskeys: () => ask((worker) => worker.listPasskeys()),
		beginPasskey: (password) => ask((worker) => worker.beginPasskey(password)),
		addPasskey: (made) => ask((worker) => worker.addPasskey(made)),
		removePasskey: (input) => ask((worker) => worker.removePasskey(input)),
		enrol: (code) => ask((worker) => worker.enrol(code)),
		signIn: (input) => ask((worker) => worker.signIn(input)),
		checkPassword: (input) => ask((worker) => worker.checkPassword(input)),
		choosePin: (pin) => ask((worker) => worker.choosePin(pin)),
		lock: () => ask((worker) => worker.lock())
	};
}

type DraftCalls = Extract<keyof BookApi, `${string}Draft` | `${string}Drafts`>;

function draftCalls(ask: Ask): Pick<BookApi, DraftCalls> {
	return {
		openVisitDraft: (book, join) => ask((worker) => worker.openVisitDraft(book, join)),
		keepVisitDraft: (book, words) => ask((worker) => worker.keepVisitDraft(book, words)),
		watchVisitDraft: async (book, listener) =>
			stopping(await ask((worker) => worker.watchVisitDraft(book, proxy(listener)))),
		discardVisitDraft: (book, form) => ask((worker) => worker.discardVisitDraft(book, form)),
		listVisitDrafts: () => ask((worker) => worker.listVisitDrafts()),
		openFormDraft: (name) => ask((worker) => worker.openFormDraft(name)),
		keepFormDraft: (name, typed) => ask((worker) => worker.keepFormDraft(name, typed)),
		discardFormDraft: (name) => ask((worker) => worker.discardFormDraft(name)),
		listFormDrafts: () => ask((worker) => worker.listFormDrafts()),
		flushDrafts: () => ask((worker) => worker.flushDrafts())
	};
}

/** Ends a watch in the worker, and lets go of the way to it. */
function stopping(stop: Remote<() => void>): () => void {
	return () => {
		void stop().finally(() => stop[releaseProxy]());
	};
}
