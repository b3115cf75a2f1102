/** What the pill and the panel draw: facts about saving and sending, never guesses. */
export interface SyncStatus {
	saving: 'saved' | 'saving' | 'failed';
	/** Entries this tablet has saved since its first day. */
	written?: number;
	waiting: number;
	refused: number;
	/** Refused, and put aside by a person or stated anew by the tablet. */
	aside: number;
	oldestWaitingMs?: number;
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
	round?: { booksTaken: number; booksLeft?: number };
	/** People whose books are on this tablet. */
	books: number;
	persisted: 'granted' | 'denied' | 'unknown';
	storage?: { usedBytes: number; quotaBytes: number };
	clockSkewMs?: number;
}

export interface OutboxItem {
	/** Journal number. */
	n: number;
	id: string;
	book: string;
	personName: string;
	kind: string;
	savedMs: number;
	state: 'waiting' | 'refused' | 'set-aside' | 'replaced';
	refusalCode?: string;
}

/** Days without a network gather hundreds of lines; how many are not shown is said. */
export const LINES_SHOWN_MAX = 100;

export interface LinesOfState {
	/** All there are, shown or not. */
	total: number;
	shown: OutboxItem[];
	more: number;
}

export function outboxLines(
	items: readonly OutboxItem[],
	{ waiting, refused, aside }: Pick<SyncStatus, 'waiting' | 'refused' | 'aside'>
): Record<'refused' | 'waiting' | 'aside', LinesOfState> {
	const lines = (count: number, ...states: OutboxItem['state'][]): LinesOfState => {
		const shown = items.filter(({ state }) => states.includes(state)).slice(0, LINES_SHOWN_MAX);
		// The lines may be a moment newer than the counts.
		const total = Math.max(count, shown.length);
		return { total, shown, more: total - shown.length };
	};
	return {
		refused: lines(refused, 'refused'),
		waiting: lines(waiting, 'waiting'),
		aside: lines(aside, 'set-aside', 'replaced')
	};
}

/** From here on the tablet says that space is getting short (ui.md, 3.4). */
export const STORAGE_SHORT_SHARE = 0.8;

export function storageShare(status: SyncStatus): number | undefined {
	const { storage } = status;
	if (storage === undefined || storage.quotaBytes <= 0) return undefined;
	return storage.usedBytes / storage.quotaBytes;
}

/** What the right half of the pill says, the most urgent first. Something waits beside any of them. */
export type Sending =
	| 'sign-in-refused'
	| 'update-needed'
	| 'storage-failed'
	| 'returned'
	| 'waiting'
	| 'fetching'
	| 'all-sent';

export function sendingOf(status: SyncStatus): Sending {
	switch (status.network) {
		case 'refused-sign-in':
			return 'sign-in-refused';
		case 'update-needed':
		case 'storage-failed':
			return status.network;
		case 'unknown':
		case 'reachable':
		case 'unreachable':
			if (status.refused > 0) return 'returned';
			if (status.waiting > 0) return 'waiting';
			return isFetching(status) ? 'fetching' : 'all-sent';
	}
}

/** Books are still to come for the first time: nothing that is missing here says anything yet. */
export function isFetching({ lastContactMs, round }: SyncStatus): boolean {
	return lastContactMs === undefined || (round?.booksLeft ?? 0) > 0;
}
