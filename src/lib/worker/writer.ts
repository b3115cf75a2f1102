/**
 * The writer lock and what only its holder does: let somebody sign in, work while somebody is signed in, send
 * what is sealed while nobody is. A window that loses the lock stops all of it, locks, and says that the book is
 * open elsewhere.
 */
import type { UseCaseDeps } from '#lib/use-cases/deps.ts';
import type { SyncWatch } from '#lib/use-cases/watch-sync.ts';
import type { BookDeskDeps } from './book-desk.ts';
import { createLockedWork } from './locked-work.ts';
import { createOnce } from './once.ts';
import type { SyncHandle } from './sync-port.ts';
import { createUnlockedWork, refreshState } from './unlocked-work.ts';

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
	entrySaved: () => void;
	sync: () => SyncHandle | undefined;
	/** Ends when everybody whom the device held at the start can be found. */
	peopleLoaded: () => Promise<void>;
	onDeviceChange(listener: () => void): void;
}

export function createWriter(
	deps: BookDeskDeps,
	useCases: UseCaseDeps,
	syncWatch: SyncWatch,
	{ isSaving, onLost }: { isSaving: () => boolean; onLost: () => void }
): Writer {
	let isWriter = false;
	const starting = createOnce();
	let tellDevice = (): void => undefined;
	const work = createUnlockedWork(deps, useCases, syncWatch, {
		isSaving,
		isWriter: () => isWriter,
		reached: () => locked.changed()
	});
	const locked = createLockedWork(deps, useCases, syncWatch, {
		isWriter: () => isWriter,
		tellDevice: () => tellDevice()
	});

	function stop(): void {
		isWriter = false;
		work.end();
		locked.close();
		onLost();
		lockBooks(useCases);
		tellDevice();
	}

	async function acquire(steal: boolean): Promise<void> {
		isWriter ||= await deps.lock.acquire({ steal, onLost: stop });
		await Promise.all([deps.catalogues.load(), refreshState(deps, syncWatch)]);
		if (isWriter) locked.open();
	}

	return {
		start: () => starting.begin(() => acquire(false)),
		takeOver: async () => {
			await starting.begin(() => acquire(true));
			if (!isWriter) await acquire(true);
		},
		isOpenElsewhere: () => starting.hasBegun() && !isWriter,
		signedIn: async () => {
			locked.stop();
			if (isWriter) await work.begin();
		},
		locked: () => {
			work.end();
			if (isWriter) locked.start();
		},
		wake: () => {
			work.sync()?.wake();
			locked.wake();
		},
		entrySaved: () => {
			work.entrySaved();
			locked.changed();
		},
		sync: work.sync,
		peopleLoaded: work.peopleLoaded,
		onDeviceChange: (listener) => {
			tellDevice = listener;
		}
	};
}

/** Nobody is signed in, and nothing of a book stays in memory or on a screen. */
export function lockBooks({ vault, books, changes }: UseCaseDeps): void {
	vault.lock();
	books.forget();
	changes.notifyAll();
}
