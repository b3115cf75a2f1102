/**
 * Composition root of a citizen's pages: starts their worker, and asks the server whenever somebody looks at
 * the app again. Nothing starts before the first call.
 */
import { proxy, wrap, type Remote } from 'comlink';
import type {
	AskOutcome,
	BookId,
	CitizenApi,
	CitizenState,
	CitizenWorkerDoor,
	ConsentAnswer,
	ConsentChoice,
	CorrectionsAnswer,
	HeldAccesses,
	VisitCodeAnswer
} from './worker/citizen-api.ts';
import { createCalls, untilWorkerGone, WorkerGone } from './worker/worker-life.ts';

let worker: Promise<Remote<CitizenApi>> | undefined;
const calls = createCalls();
const goneListeners = new Set<() => void>();

function ask<T>(question: (worker: Remote<CitizenApi>) => Promise<T>): Promise<T> {
	return calls.run(async () => question(await (worker ??= startWorker())));
}

export const citizen = {
	start: async (
		options: { mustSignOut: boolean },
		listener: (state: CitizenState) => void
	): Promise<void> => {
		await ask((remote) => remote.start(options, proxy(listener)));
		askWhenLookedAt();
		await Promise.all([citizen.refresh(), navigator.storage.persist()]);
	},
	refresh: (): Promise<void> => ask((remote) => remote.refresh()),
	readAccesses: (book: BookId): Promise<HeldAccesses | undefined> =>
		ask((remote) => remote.readAccesses(book)),
	askAccesses: (book: BookId): Promise<AskOutcome> => ask((remote) => remote.askAccesses(book)),
	showVisitCode: (book: BookId, childAgrees: boolean): Promise<VisitCodeAnswer> =>
		ask(async (remote): Promise<VisitCodeAnswer> => remote.showVisitCode(book, childAgrees)),
	askConsents: (book: BookId): Promise<ConsentAnswer> =>
		ask(async (remote): Promise<ConsentAnswer> => remote.askConsents(book)),
	decideConsent: (choice: ConsentChoice): Promise<ConsentAnswer> =>
		ask(async (remote): Promise<ConsentAnswer> => remote.decideConsent(choice)),
	askCorrections: (book: BookId): Promise<CorrectionsAnswer> =>
		ask(async (remote): Promise<CorrectionsAnswer> => remote.askCorrections(book)),
	requestCorrection: (request: {
		book: BookId;
		entry: string;
		words: string;
	}): Promise<CorrectionsAnswer> =>
		ask(async (remote): Promise<CorrectionsAnswer> => remote.requestCorrection(request)),
	markEmergencyRead: (number: number): Promise<void> =>
		ask((remote) => remote.markEmergencyRead(number)),
	signOut: (): Promise<boolean> => ask((remote) => remote.signOut())
};

/** The worker ended or never came up: nothing is answered until the page is opened again. */
export function onCitizenWorkerGone(listener: () => void): void {
	goneListeners.add(listener);
}

function startWorker(): Promise<Remote<CitizenApi>> {
	const started = new Worker(new URL('./worker/citizen-worker.ts', import.meta.url), {
		type: 'module',
		name: 'citizen'
	});
	const lifeline = `so-suc-khoe citizen worker ${crypto.randomUUID()}`;
	const opened = wrap<CitizenWorkerDoor>(started).open(lifeline);
	void untilWorkerGone(started, opened, lifeline).then(() => {
		calls.fail(new WorkerGone());
		for (const listener of goneListeners) listener();
	});
	return opened;
}

function askWhenLookedAt(): void {
	const look = (): void => void citizen.refresh().catch(() => undefined);
	addEventListener('online', look);
	addEventListener('focus', look);
	document.addEventListener('visibilitychange', () => {
		if (document.visibilityState === 'visible') look();
	});
}
