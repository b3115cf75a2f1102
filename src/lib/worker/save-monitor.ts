/** Watches writes of entries and of what is being typed, so that "saving" is shown when a save is slow and "failed" when it failed. */
import type { SyncState } from '#lib/use-cases/watch-sync.ts';
import type { Timer } from '#lib/sync/timer.ts';
import { createUnderWay } from './under-way.ts';

export interface SaveMonitor {
	track<T extends { type: string }>(write: () => Promise<T>): Promise<T>;
	isSaving(): boolean;
	/** Ends when nothing is being saved. */
	idle(): Promise<void>;
	/** What is being typed was written, or could not be. */
	noteDraft(isKept: boolean): void;
}

/** A save that takes no longer than this is not announced. */
const SAVING_SHOWN_AFTER_MS = 500;

export function createSaveMonitor(
	timer: Timer,
	note: (saving: SyncState['saving']) => void
): SaveMonitor {
	let underWay = 0;
	const writes = createUnderWay();
	/** Of the last act that had anything to store: one that had not says nothing of the disk. */
	let last: 'saved' | 'failed' = 'saved';
	let isDraftKept = true;
	const current = () => (isDraftKept ? last : 'failed');
	return {
		noteDraft: (isKept) => {
			if (isKept === isDraftKept) return;
			isDraftKept = isKept;
			if (underWay === 0 || !isKept) note(current());
		},
		isSaving: () => underWay > 0,
		idle: writes.ended,
		track: async (write) => {
			underWay += 1;
			const cancel = timer.after(SAVING_SHOWN_AFTER_MS, () => note('saving'));
			let ended = 'not-stored';
			try {
				const outcome = await writes.add(write);
				ended = outcome.type;
				return outcome;
			} finally {
				cancel();
				underWay -= 1;
				if (ended === 'not-stored') last = 'failed';
				else if (ended === 'saved') last = 'saved';
				if (underWay === 0 || current() === 'failed') note(current());
			}
		}
	};
}
