/**
 * The writer lock and what only its holder does: sync, fold, let somebody sign in. A window that loses
 * the lock stops all of it, locks, and says that the book is open elsewhere.
 */
import type { UseCaseDeps } from '#lib/use-cases/deps.ts';
import { remakeTaken } from '#lib/use-cases/remake-taken.ts';
import type { SyncState, SyncWatch } from '#lib/use-cases/watch-sync.ts';
import { inBackground } from './background.ts';
import type { BookDeskDeps } from './book-desk.ts';
import { createFolding } from './folding.ts';
import { createParcelSender } from './parcel-sender.ts';
import { createSending } from './sending.ts';
import { createOnce } from './once.ts';
import { createPeopleLoader, type PeopleLoader } from './people-loader.ts';
import type { SyncEvents, SyncHandle } from './sync-port.ts';

export interface Writer {
	/** Asks for the lock; ends when it is clear whether this window is the one that writes. */
	start(): Promise<void>;
	/** Takes the lock from the window that has it. */
	takeOver(): Promise<void>;
	isOpenElsewhere(): boolean;
	/** Somebody has signed in, perhaps the first one on this device: what is sealed can be read from now on. */
	signedIn(): Promise<void>;
	/** Nobody is signed in any more: nothing that needs the data key is begun. */
	locked(): void;
	/** The network may be back, or somebody wants it now. */
	wake(): void;
	entrySaved(): void;
	sync(): SyncHandle | undefined;
	/** Ends when everybody whom the device held at the start can be found. */
	peopleLoaded(): Promise<void>;
	onDeviceChange(listener: () => void): void;
}

/** States of the network that say no more than whether the server answers. */
const PASSING: readonly SyncState['network'][] = ['unknown', 'reachable', 'unreachable'];
/** Progress of a round is shown in steps of this. */
const REFRESH_MS_MIN = 1_000;

export function createWriter(
	deps: BookDeskDeps,
	useCases: UseCaseDeps,
	syncWatch: SyncWatch,
	{ isSaving, onLost }: { isSaving: () => boolean; onLost: () => void }
): Writer {
	let isWriter = false;
	const starting = createOnce();
	let tellDevice = (): void => undefined;
	const { vault } = useCases;
	const mayNotFold = (): boolean => isSaving() || !isWriter || vault.session() === undefined;
	const folding = createFolding(deps.storage, deps.timer, mayNotFold);
	const refresh = (): Promise<void> => refreshState(deps, syncWatch);
	const people = createPeopleLoader(useCases);
	const remake = createRemaking(useCases);
	const events = createSyncEvents(useCases, syncWatch, {
		refresh,
		reloadPeople: people.reload,
		fold: () => folding.soon(),
		tellDevice: () => tellDevice(),
		reached: () => inBackground(refreshCatalogues(deps, useCases)),
		remake
	});
	const sync = createSyncKeeper(deps, useCases, events, () => isWriter);

	const parcels = createParcelSender({
		...deps,
		vault,
		random: deps.live?.random ?? (() => 0),
		onTried: (network, taken) => {
			// That there is an answer takes nothing back of what the last sync was told.
			if (PASSING.includes(syncWatch.current().network)) syncWatch.note({ network });
			if (taken > 0) tellDevice();
		}
	});

	function rest(): void {
		sync.stop();
		folding.stop();
		people.clear();
	}

	function stop(): void {
		isWriter = false;
		rest();
		parcels.stop();
		onLost();
		lockBooks(useCases);
		tellDevice();
	}

	async function acquire(steal: boolean): Promise<void> {
		isWriter ||= await deps.lock.acquire({ steal, onLost: stop });
		await Promise.all([deps.catalogues.load(), refresh()]);
		if (isWriter) parcels.start();
	}

	return {
		start: () => starting.begin(() => acquire(false)),
		takeOver: async () => {
			await starting.begin(() => acquire(true));
			if (!isWriter) await acquire(true);
		},
		isOpenElsewhere: () => starting.hasBegun() && !isWriter,
		signedIn: async () => {
			parcels.stop();
			if (!isWriter) return;
			await deps.takeOver?.();
			inBackground(people.loaded().then(refresh));
			await sync.start();
			folding.soon();
			remake();
			sync.handle()?.wake();
		},
		locked: () => {
			rest();
			if (isWriter) parcels.start();
		},
		wake: () => {
			sync.handle()?.wake();
			parcels.wake();
		},
		entrySaved: () => {
			sync.sendSoon();
			folding.soon();
			inBackground(syncWatch.refresh());
		},
		sync: sync.handle,
		peopleLoaded: async () => {
			if (isWriter && vault.session() !== undefined) await people.loaded();
		},
		onDeviceChange: (listener) => {
			tellDevice = listener;
		}
	};
}

/** One after the other: two at once would state the same entry anew twice. */
function createRemaking(useCases: UseCaseDeps): () => void {
	let last: Promise<unknown> = Promise.resolve();
	return () => {
		const next = last.then(() => remakeTaken(useCases));
		last = next.catch(() => undefined);
		inBackground(next);
	};
}

/** The sync loop of this device: one, with the token that the last online sign-in brought. */
function createSyncKeeper(
	deps: BookDeskDeps,
	{ vault }: UseCaseDeps,
	events: SyncEvents,
	isWriter: () => boolean
) {
	let handle: SyncHandle | undefined;
	let token = '';
	const sending = createSending(deps.timer, () => handle?.wake());
	return {
		sendSoon: () => sending.soon(),
		handle: () => handle,
		/** Does nothing before the first sign-in on this device. */
		start: async (): Promise<void> => {
			const device = await vault.readDevice();
			// The lock may be lost, or somebody lock, while the disk is read.
			if (device === undefined || !isWriter() || vault.session() === undefined) return;
			token = device.token;
			handle ??= deps.startSync({ deviceToken: () => token, vault }, events);
		},
		stop: (): void => {
			sending.stop();
			handle?.stop();
			handle = undefined;
		}
	};
}

/** Nobody is signed in, and nothing of a book stays in memory or on a screen. */
export function lockBooks({ vault, books, changes }: UseCaseDeps): void {
	vault.lock();
	books.forget();
	changes.notifyAll();
}

async function refreshCatalogues(
	{ catalogues }: BookDeskDeps,
	{ changes }: UseCaseDeps
): Promise<void> {
	if (await catalogues.refresh()) changes.notifyAll();
}

async function refreshState(deps: BookDeskDeps, syncWatch: SyncWatch): Promise<void> {
	await syncWatch.refresh();
	// The browser may take its time to count; nothing waits for it.
	inBackground(
		deps.estimateStorage().then((storage) => {
			if (storage !== undefined) syncWatch.note({ storage });
		})
	);
}

/** Reading what is stored costs more the more there is: not for each page of a first sync. */
function createRefreshPace({
	clock
}: UseCaseDeps): (state: Parameters<SyncEvents['changed']>[0]) => boolean {
	let lastMs = 0;
	return ({ round, network }) => {
		const isOver = round === undefined || network !== undefined;
		if (!isOver && Math.abs(clock.nowMs() - lastMs) < REFRESH_MS_MIN) return false;
		lastMs = clock.nowMs();
		return true;
	};
}

function createSyncEvents(
	useCases: UseCaseDeps,
	syncWatch: SyncWatch,
	react: {
		refresh(): Promise<void>;
		reloadPeople: PeopleLoader['reload'];
		fold(): void;
		tellDevice(): void;
		reached(): void;
		/** Entries that the server refused only for their id. */
		remake(): void;
	}
): SyncEvents {
	const isRefreshDue = createRefreshPace(useCases);
	return {
		changed: (state) => {
			syncWatch.note(state.round === undefined ? { ...state, round: 'over' } : state);
			if (isRefreshDue(state)) inBackground(react.refresh());
			// A round ended: what was sent, and up to when others are known, stands beside each book.
			if (state.network !== undefined) useCases.changes.notifyAll();
			if (state.network === 'reachable') react.reached();
			if (state.network !== undefined) react.remake();
			// People that a first sync brought are sorted now, not at the first letter that somebody types.
			if (state.round === undefined) useCases.people.people().next();
		},
		pageApplied: (people, left) => {
			for (const person of people) useCases.people.put(person);
			useCases.changes.notify(people.map(({ book }) => book));
			if (left.length > 0)
				inBackground(
					react.reloadPeople(left).then(() => {
						useCases.changes.notify(left);
						return react.refresh();
					})
				);
			react.fold();
		}
	};
}
