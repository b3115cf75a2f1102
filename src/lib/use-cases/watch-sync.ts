/**
 * What the pill and the panel show: always true, never a guess. Read anew from the storage when
 * something happened; listeners hear of it only when a value changed.
 */
import type { BookStorage } from '#lib/storage/port.ts';

export interface SyncState {
	/** `saving` only after 500 ms; `failed`: the last save did not reach the disk. */
	saving: 'saved' | 'saving' | 'failed';
	/** Entries this device has saved since its first day: the number of its journal. */
	written?: number;
	waiting: number;
	refused: number;
	/** Refused, and put aside by a person or stated anew by the device. */
	aside: number;
	oldestWaitingMs?: number;
	/** How the last contact ended; not what the browser believes. */
	network:
		| 'unknown'
		| 'reachable'
		| 'unreachable'
		| 'refused-sign-in'
		/** The server speaks a newer protocol than this app. */
		| 'update-needed'
		/** The server answered, and this device could not store what came. */
		| 'storage-failed';
	lastContactMs?: number;
	/** A round is under way; with counts while it is a first sync. */
	round?: { booksTaken: number; booksLeft?: number };
	books: number;
	/** Facts and events of these books on which two places differ: a person decides. */
	conflicts: number;
	persisted: 'granted' | 'denied' | 'unknown';
	storage?: { usedBytes: number; quotaBytes: number };
	/** Server time minus device time when it is over 10 minutes either way. */
	clockSkewMs?: number;
}

/** The part of the state that is not on the disk. */
export type PassingState = Pick<
	SyncState,
	'saving' | 'network' | 'round' | 'persisted' | 'storage'
>;

/** A change of it; a round that is over is said so. */
export type PassingChange = Partial<Omit<PassingState, 'round'>> & {
	round?: NonNullable<PassingState['round']> | 'over';
};

export interface SyncWatch {
	current(): SyncState;
	/** Changes what is not on the disk and tells listeners. */
	note(change: PassingChange): void;
	/** Reads what is on the disk again; several calls at once end in one more reading. */
	refresh(): Promise<void>;
	watch(listener: (state: SyncState) => void): void;
}

const CLOCK_SKEW_MS_SHOWN = 10 * 60 * 1000;

type StoredState = Omit<SyncState, keyof PassingState | 'conflicts'>;

/** @param countConflicts asked at each change of anything else; kept in memory, so it costs nothing */
export function createSyncWatch(
	storage: BookStorage,
	countConflicts: () => number = () => 0
): SyncWatch {
	const listeners = new Set<(state: SyncState) => void>();
	let passing: PassingState = { saving: 'saved', network: 'unknown', persisted: 'unknown' };
	let stored: StoredState = { waiting: 0, refused: 0, aside: 0, books: 0 };
	let lastTold = '';
	let reading: Promise<void> | undefined;
	let isStale = false;

	const current = (): SyncState => ({
		...stored,
		...passing,
		conflicts: countConflicts()
	});

	function tell(): void {
		const text = JSON.stringify(current());
		if (text === lastTold) return;
		lastTold = text;
		for (const listener of listeners) listener(current());
	}

	async function readWhileStale(): Promise<void> {
		while (isStale) {
			isStale = false;
			stored = await readStored(storage);
		}
	}

	return {
		current,
		note: (change) => {
			const { round: before, ...others } = passing;
			const { round = before, ...rest } = change;
			const isOver = round === undefined || round === 'over';
			passing = { ...others, ...rest, ...(isOver ? {} : { round }) };
			tell();
		},
		refresh: async () => {
			isStale = true;
			reading ??= readWhileStale().finally(() => {
				reading = undefined;
			});
			await reading;
			tell();
		},
		watch: (listener) => {
			listeners.add(listener);
			listener(current());
		}
	};
}

async function readStored(storage: Pick<BookStorage, 'readStatus'>): Promise<StoredState> {
	const { outbox, meta, books, written } = await storage.readStatus();
	const { offset, lastContactMs } = meta;
	const isSkewed = offset !== undefined && Math.abs(offset) > CLOCK_SKEW_MS_SHOWN;
	return {
		...outbox,
		books,
		written,
		...(lastContactMs === undefined ? {} : { lastContactMs }),
		...(isSkewed ? { clockSkewMs: offset } : {})
	};
}
