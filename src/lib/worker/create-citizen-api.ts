/** The citizen's worker without the worker: storage, questions and answers behind `CitizenApi`. */
import { webCryptoVerifier } from '#lib/entry/signing.ts';
import { StorageFailed, type BookStorage } from '#lib/storage/port.ts';
import { createSyncEngine } from '#lib/sync/sync-engine.ts';
import type { Transport } from '#lib/sync/transport.ts';
import { createBookReader } from '#lib/use-cases/book-reader.ts';
import { askConsents, decideConsent } from '#lib/use-cases/family/consents.ts';
import { markEmergencyRead, refreshEmergencies } from '#lib/use-cases/family/emergencies.ts';
import type { FamilyPort } from '#lib/use-cases/family/family-port.ts';
import { readFamily } from '#lib/use-cases/family/read-family.ts';
import { refreshFamily, type FamilyDeps } from '#lib/use-cases/family/refresh-family.ts';
import type {
	AskOutcome,
	CitizenApi,
	CitizenState,
	ConsentAnswer,
	CorrectionsAnswer,
	HeldAccesses
} from './citizen-api.ts';
import { createSummaries } from './summaries.ts';

export interface CitizenApiDeps {
	/** Opens what this phone keeps, empty at first and after `wipe`. */
	openStorage(): Promise<BookStorage>;
	/** Removes everything that `openStorage` opened. */
	wipe(): Promise<void>;
	port: FamilyPort;
	transport: Transport;
	clock: { nowMs(): number };
}

interface Opened extends FamilyDeps {
	books: ReturnType<typeof createBookReader>;
}

export function createCitizenApi(deps: CitizenApiDeps): CitizenApi {
	let state: CitizenState = { contact: 'unknown', isAsking: false, hasFailed: false };
	let tell: (state: CitizenState) => void = () => undefined;
	const disk = createDisk(deps);
	let mustSignOut = false;
	const inTurn = createTurns();

	function note(change: Partial<CitizenState>): void {
		state = { ...state, ...change };
		tell(state);
	}
	async function show(change: Partial<CitizenState>): Promise<void> {
		const { family: _before, ...rest } = state;
		const family = mustSignOut ? undefined : await readFamily(await disk.opened());
		state = family === undefined ? rest : { ...rest, family };
		note(change);
	}
	async function ask(): Promise<void> {
		if (mustSignOut && !(await deps.port.signOut())) return note({ contact: 'unreachable' });
		mustSignOut = false;
		note({ isAsking: true });
		const contact = await refreshFamily(await disk.opened());
		if (contact === 'in-step') await refreshEmergencies(await disk.opened());
		await show({ contact });
	}
	async function wipe(): Promise<void> {
		await disk.wipe();
		mustSignOut = true;
	}
	/** A browser that cannot keep anything is said so, not thrown. */
	async function guarded(act: () => Promise<void>): Promise<void> {
		try {
			await disk.reopening(act);
		} catch (error) {
			if (!(error instanceof StorageFailed)) throw error;
			note({ hasFailed: true });
		} finally {
			if (state.isAsking) note({ isAsking: false });
		}
	}

	const opened = (): Promise<Opened> => disk.opened();
	const parts: CallParts = { inTurn, guarded, opened, isClosed: () => mustSignOut };

	return {
		start: (options, listener) => {
			tell = listener;
			return inTurn(() =>
				guarded(async () => {
					// The sign-out may have been cut off before it removed anything.
					if (options.mustSignOut) await wipe();
					await show({});
				})
			);
		},
		refresh: () => inTurn(() => guarded(ask)),
		...createVisitCalls(parts, () => show({})),
		...createAccessCalls(parts),
		...createConsentCalls(parts),
		...createCorrectionCalls(parts),
		signOut: () =>
			inTurn(async () => {
				await wipe();
				await guarded(() => show({ contact: 'unknown', hasFailed: false }));
				mustSignOut = !(await deps.port.signOut());
				note({ contact: mustSignOut ? 'unreachable' : 'signed-out' });
				return !mustSignOut;
			})
	};
}

interface CallParts {
	inTurn: <T>(act: () => Promise<T>) => Promise<T>;
	guarded: (act: () => Promise<void>) => Promise<void>;
	opened: () => Promise<Opened>;
	isClosed: () => boolean;
}

/** A code for a visit, and that somebody has read of an emergency. */
function createVisitCalls(
	{ inTurn, guarded, opened, isClosed }: CallParts,
	show: () => Promise<void>
): Pick<CitizenApi, 'showVisitCode' | 'markEmergencyRead'> {
	return {
		showVisitCode: (book, childAgrees) =>
			inTurn(async () => {
				if (isClosed()) return { type: 'signed-out' };
				const { port } = await opened();
				return port.showCode({ book, childAgrees });
			}),
		markEmergencyRead: (number) =>
			inTurn(() =>
				guarded(async () => {
					await markEmergencyRead((await opened()).storage, number);
					await show();
				})
			)
	};
}

/** What the family says is wrong. */
function createCorrectionCalls({
	inTurn,
	opened,
	isClosed
}: CallParts): Pick<CitizenApi, 'askCorrections' | 'requestCorrection'> {
	const open = (act: (port: FamilyPort) => Promise<CorrectionsAnswer>) =>
		inTurn(async (): Promise<CorrectionsAnswer> =>
			isClosed() ? { type: 'signed-out' } : act((await opened()).port)
		);
	return {
		askCorrections: (book) => open((port) => port.askCorrections(book)),
		requestCorrection: (request) => open((port) => port.requestCorrection(request))
	};
}

/** What was agreed to. A part of its own would bring schemas that are made before `without-eval.ts` ran. */
function createConsentCalls({
	inTurn,
	opened,
	isClosed
}: CallParts): Pick<CitizenApi, 'askConsents' | 'decideConsent'> {
	const open = (act: () => Promise<ConsentAnswer>): Promise<ConsentAnswer> =>
		inTurn(async () => (isClosed() ? { type: 'signed-out' } : act()));
	return {
		askConsents: (book) => open(async () => askConsents((await opened()).port, book)),
		decideConsent: (choice) => open(async () => decideConsent((await opened()).port, choice))
	};
}

/** Loaded when somebody wants to know who opened a book. */
function createAccessCalls({
	inTurn,
	guarded,
	opened,
	isClosed
}: CallParts): Pick<CitizenApi, 'readAccesses' | 'askAccesses'> {
	const verify = webCryptoVerifier();
	return {
		readAccesses: (book) =>
			inTurn(async () => {
				if (isClosed()) return undefined;
				const { readAccesses } = await import('#lib/use-cases/family/ask-accesses.ts');
				let held: HeldAccesses | undefined;
				await guarded(async () => {
					held = await readAccesses(await opened(), book);
				});
				return held;
			}),
		askAccesses: (book) =>
			inTurn(async () => {
				if (isClosed()) return 'signed-out';
				const { askAccesses } = await import('#lib/use-cases/family/ask-accesses.ts');
				let outcome: AskOutcome = 'unreachable';
				await guarded(async () => {
					outcome = await askAccesses({ ...(await opened()), verify }, book);
				});
				return outcome;
			})
	};
}

/** One act after the other: nothing is taken while everything is removed. */
function createTurns(): <T>(act: () => Promise<T>) => Promise<T> {
	let last: Promise<unknown> = Promise.resolve();
	return (act) => {
		const result = last.then(act);
		last = result.catch(() => undefined);
		return result;
	};
}

/** What this phone keeps, open; after `wipe` open again and empty. */
function createDisk(deps: CitizenApiDeps): {
	opened(): Promise<Opened>;
	wipe(): Promise<void>;
	/** Another window that signs out removes everything from under this one: then once more. */
	reopening(act: () => Promise<void>): Promise<void>;
} {
	let opened = open(deps);
	return {
		opened: () => opened,
		wipe: async () => {
			await (await opened).storage.close();
			await deps.wipe();
			opened = open(deps);
		},
		reopening: async (act) => {
			try {
				await act();
			} catch (error) {
				if (!(error instanceof StorageFailed) || error.code !== 'closed') throw error;
				opened = open(deps);
				await act();
			}
		}
	};
}

/** What goes wrong is told to whoever uses it, not to nobody. */
function open(deps: CitizenApiDeps): Promise<Opened> {
	const opening = openParts(deps);
	opening.catch(() => undefined);
	return opening;
}

async function openParts(deps: CitizenApiDeps): Promise<Opened> {
	const { port, transport, clock } = deps;
	const storage = await deps.openStorage();
	const summaries = createSummaries(clock);
	const engine = createSyncEngine({
		storage,
		transport,
		clock: () => clock.nowMs(),
		signTip: () => Promise.reject(new Error('a phone of a citizen pushes nothing')),
		summarise: (book, entries) => summaries.summarise(book, entries)
	});
	return { storage, port, engine, clock, books: createBookReader(storage) };
}
