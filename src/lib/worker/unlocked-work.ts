/**
 * What a device does only while somebody is signed in, because it needs the data key: the list of people in memory,
 * sync, folding, stating anew what the server refused for its id alone.
 */
import type { UseCaseDeps } from '#lib/use-cases/deps.ts';
import { renewLease } from '#lib/use-cases/renew-lease.ts';
import { remakeTaken } from '#lib/use-cases/remake-taken.ts';
import type { SyncWatch } from '#lib/use-cases/watch-sync.ts';
import { inBackground } from './background.ts';
import type { BookDeskDeps } from './book-desk.ts';
import { createFolding } from './folding.ts';
import { createPeopleLoader, type PeopleLoader } from './people-loader.ts';
import { createSoon } from './soon.ts';
import type { SyncEvents, SyncHandle } from './sync-port.ts';

export interface UnlockedWork {
	/** Somebody has signed in. */
	begin(): Promise<void>;
	/** Nothing that needs the data key is begun any more. */
	end(): void;
	entrySaved: () => void;
	sync: () => SyncHandle | undefined;
	/** Ends when everybody whom the device held at the start can be found. */
	peopleLoaded: () => Promise<void>;
}

/** Progress of a round is shown in steps of this. */
const REFRESH_MS_MIN = 1_000;

/** Nobody waits for it, and a save that follows at once is not held up by the request of the one before. */
const SENT_AFTER_MS = 150;
/** Without a network each try gathers all that waits, for nothing. */
const TRIED_AFTER_MS = 5_000;
/** The answer of the save goes first; the pill counts right behind it. */
const TOLD_AFTER_MS = 50;

interface WriterState {
	isSaving: () => boolean;
	isWriter: () => boolean;
	/** A round with the server has ended. */
	reached: () => void;
	/** The server takes nothing from this device, or from whoever is signed in. */
	refused: () => void;
}

export function createUnlockedWork(
	deps: BookDeskDeps,
	useCases: UseCaseDeps,
	syncWatch: SyncWatch,
	{ isSaving, isWriter, reached, refused }: WriterState
): UnlockedWork {
	const { vault } = useCases;
	const isOpen = (): boolean => isWriter() && vault.session() !== undefined;
	const folding = createFolding(deps.storage, deps.timer, () => isSaving() || !isOpen());
	const refresh = (): Promise<void> => refreshState(deps, syncWatch);
	const telling = createSoon(
		deps.timer,
		() => TOLD_AFTER_MS,
		() => inBackground(syncWatch.refresh())
	);
	const people = createPeopleLoader(useCases);
	const remake = createRemaking(useCases);
	const events = createSyncEvents(useCases, syncWatch, {
		refresh,
		reloadPeople: people.reload,
		fold: () => folding.soon(),
		reached: () => {
			reached();
			inBackground(refreshCatalogues(deps, useCases));
			inBackground(renewLease(useCases));
		},
		refused,
		remake
	});
	const sync = createSyncKeeper(deps, useCases, events, isOpen);
	return {
		begin: async () => {
			await deps.takeOver?.();
			inBackground(people.loaded().then(refresh));
			await sync.start();
			folding.soon();
			remake();
			sync.handle()?.wake();
		},
		end: () => {
			sync.stop();
			folding.stop();
			telling.stop();
			people.clear();
		},
		entrySaved: () => {
			sync.sendSoon();
			folding.soon();
			telling.soon();
		},
		sync: sync.handle,
		peopleLoaded: async () => {
			if (isOpen()) await people.loaded();
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
	useCases: UseCaseDeps,
	events: SyncEvents,
	isOpen: () => boolean
) {
	const { vault } = useCases;
	let handle: SyncHandle | undefined;
	let token = '';
	const afterMs = (): number => (useCases.isServerReachable() ? SENT_AFTER_MS : TRIED_AFTER_MS);
	const sending = createSoon(deps.timer, afterMs, () => handle?.wake());
	return {
		sendSoon: () => sending.soon(),
		handle: () => handle,
		/** Does nothing before the first sign-in on this device. */
		start: async (): Promise<void> => {
			const device = await vault.readDevice();
			// The lock may be lost, or somebody lock, while the disk is read.
			if (device === undefined || !isOpen()) return;
			token = device.token;
			handle ??= deps.startSync(
				{ deviceToken: () => token, vault, tellReads: () => useCases.reads.tell() },
				events
			);
		},
		stop: (): void => {
			sending.stop();
			handle?.stop();
			handle = undefined;
		}
	};
}

async function refreshCatalogues(
	{ catalogues }: BookDeskDeps,
	{ changes }: UseCaseDeps
): Promise<void> {
	if (await catalogues.refresh()) changes.notifyAll();
}

export async function refreshState(deps: BookDeskDeps, syncWatch: SyncWatch): Promise<void> {
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
		reached(): void;
		/** The server takes nothing from this device, or from whoever is signed in. */
		refused(): void;
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
			if (state.network === 'refused-sign-in') react.refused();
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
