/**
 * What the worker holds while it runs: the list of people, who is signed in, the writer lock, the sync
 * loop. Only the window with the writer lock syncs, folds and lets anybody sign in.
 */
import type { BookId } from '#lib/domain/ids.ts';
import { createPeopleIndex, type PeopleIndex } from '#lib/domain/people/search.ts';
import type { SpareFile } from '#lib/storage/spare-file.ts';
import type { BookStorage } from '#lib/storage/port.ts';
import { createBookChanges } from '#lib/use-cases/book-changes.ts';
import { createBookReads } from '#lib/use-cases/book-reads.ts';
import { createBookReader } from '#lib/use-cases/book-reader.ts';
import type { UseCaseDeps } from '#lib/use-cases/deps.ts';
import { createRecorder } from '#lib/use-cases/recorder.ts';
import type { ServerPort } from '#lib/use-cases/server-port.ts';
import { createTemporaryCodes } from '#lib/use-cases/temporary-code.ts';
import { createSyncWatch, type SyncWatch } from '#lib/use-cases/watch-sync.ts';
import type { KeyMaker } from '#lib/vault/keys.ts';
import type { StartSealing } from '#lib/vault/parcel-sealer.ts';
import type { PinHasher } from '#lib/vault/pin.ts';
import type { Keyring } from '#lib/vault/record-cipher.ts';
import { createVault } from '#lib/vault/vault.ts';
import { inBackground } from './background.ts';
import type { CatalogueDesk } from './catalogue-desk.ts';
import { createDraftDesk, type DraftDesk } from './draft-desk.ts';
import { createLiveDesk, type LivePort, type WatchPresence } from './live-desk.ts';
import { createSaveMonitor } from './save-monitor.ts';
import type { StartSync } from './sync-port.ts';
import type { Random } from '#lib/sync/backoff.ts';
import type { Timer } from '#lib/sync/timer.ts';
import type { WriterLock } from './writer-lock.ts';
import { createWriter, lockBooks, type Writer } from './writer.ts';

export interface BookDeskDeps {
	/** The only way to the bytes of books, which it keeps sealed. */
	storage: BookStorage;
	/** Brings into `storage` what an older version of the app has left; asked when somebody has signed in. */
	takeOver?: () => Promise<void>;
	/** Where a second copy of what waits lies; absent where the browser has no such place. */
	spareFile?: SpareFile | undefined;
	server: ServerPort;
	startSync: StartSync;
	catalogues: CatalogueDesk;
	lock: WriterLock;
	clock: { nowMs(): number };
	timer: Timer;
	randomBytes: (count: number) => Uint8Array;
	/** Seals what `storage` keeps; opened by whoever signs in. */
	keyring: Keyring;
	keyMaker: KeyMaker;
	hashPin: PinHasher;
	startSealing?: StartSealing;
	/** Live rooms of the server; absent: only polling. */
	live?: { rooms: LivePort; random: Random };
	/** As the app names its own version. */
	appVersion?: string;
	/** Removes everything that `storage` and the browser keep of the facility; `storage` is closed afterwards. */
	eraseDevice(): Promise<void>;
	/** Room on the device, where the browser tells it. */
	estimateStorage(): Promise<{ usedBytes: number; quotaBytes: number } | undefined>;
}

export interface BookDesk extends Omit<Writer, 'entrySaved'> {
	useCases: UseCaseDeps;
	syncWatch: SyncWatch;
	catalogues: CatalogueDesk;
	drafts: DraftDesk;
	/** Ends when what was being typed is on the disk. */
	lock(): Promise<void>;
	/** What the start screen shows may have changed. */
	onDeviceChange(listener: () => void): void;
	noteOpened(book: BookId): void;
	watchPresence: WatchPresence;
}

/** Books opened last, of which search shows the people first. */
const RECENTLY_OPENED_MAX = 20;

export function createBookDesk(deps: BookDeskDeps): BookDesk {
	const people = createPeopleIndex();
	const syncWatch = createSyncWatch(deps.storage, () => countConflicts(people));
	const monitor = createSaveMonitor(deps.timer, (saving) => syncWatch.note({ saving }));
	const recent: BookId[] = [];
	const device = createSignal();
	const useCases = createUseCaseDeps(deps, {
		people,
		recentlyOpened: () => recent,
		isServerReachable: () => syncWatch.current().network === 'reachable',
		trackSave: (write) => monitor.track(write),
		entrySaved: (book, summary) => {
			useCases.people.put(summary);
			useCases.changes.notify([book]);
			writer.entrySaved();
		},
		fetchBook: async (book) => writer.sync()?.fetchBook(book)
	});
	const live = createLiveDesk({
		live: deps.live?.rooms,
		random: deps.live?.random ?? (() => 0),
		timer: deps.timer,
		vault: useCases.vault,
		onHint: () => writer.sync()?.wake(),
		onSession: () => inBackground(drafts.deliver())
	});
	const drafts = createDraftDesk({
		...useCases,
		timer: deps.timer,
		live,
		noteDraft: (isKept) => monitor.noteDraft(isKept)
	});
	const lock = async (): Promise<void> => {
		const written = drafts.stop();
		live.stop();
		writer.locked();
		lockBooks(useCases);
		recent.length = 0;
		await Promise.all([written, monitor.idle()]).then(() => useCases.vault.forgetDataKey());
	};
	const writer = createWriter(deps, useCases, syncWatch, {
		tellDevice: () => device.tell(),
		lock,
		isSaving: () => monitor.isSaving(),
		onLost: () => {
			live.stop();
			const written = Promise.all([drafts.stop(), monitor.idle()]);
			inBackground(written.finally(() => useCases.vault.forgetDataKey()));
		}
	});
	return {
		useCases,
		syncWatch,
		catalogues: deps.catalogues,
		...writer,
		watchPresence: live.watchPresence,
		signedIn: async () => {
			await writer.signedIn();
			if (useCases.vault.session() === undefined) return;
			live.start();
			inBackground(drafts.deliver());
		},
		drafts,
		lock,
		onDeviceChange: (listener) => device.listen(listener),
		noteOpened: (book) => moveToFront(recent, book)
	};
}

function createSignal(): { tell(): void; listen(listener: () => void): void } {
	const listeners: (() => void)[] = [];
	return {
		tell: () => {
			for (const listener of listeners) listener();
		},
		listen: (listener) => void listeners.push(listener)
	};
}

function moveToFront(recent: BookId[], book: BookId): void {
	const others = recent.filter((other) => other !== book);
	recent.splice(0, recent.length, ...[book, ...others].slice(0, RECENTLY_OPENED_MAX));
}

function countConflicts(people: PeopleIndex): number {
	return people.inConflict().reduce((sum, { conflicts }) => sum + conflicts, 0);
}

function createUseCaseDeps(
	deps: BookDeskDeps,
	wiring: Pick<
		UseCaseDeps,
		'people' | 'recentlyOpened' | 'isServerReachable' | 'trackSave' | 'entrySaved' | 'fetchBook'
	>
): UseCaseDeps {
	const { storage, clock } = deps;
	const vault = createVault({ ...deps, keyStore: storage });
	return {
		...wiring,
		storage,
		clock,
		server: deps.server,
		randomBytes: deps.randomBytes,
		books: createBookReader(storage),
		changes: createBookChanges(),
		recorder: createRecorder(clock),
		giveTemporaryCode: createTemporaryCodes(deps),
		vault,
		reads: createBookReads({ ...deps, vault }),
		datedNames: (kind, codes) => deps.catalogues.namesOf(kind, codes),
		communeCodes: (code) => deps.catalogues.communeCodes(code),
		isProductKnown: (code, on) => deps.catalogues.isProductKnown(code, on)
	};
}
