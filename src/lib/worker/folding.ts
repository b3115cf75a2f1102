import type { BookStorage } from '#lib/storage/port.ts';
import { inBackground } from './background.ts';
import type { Timer } from '#lib/sync/timer.ts';

/** Folding waits until nothing was written for this long: a save always goes first. */
const QUIET_MS = 5_000;

/**
 * Merges the log into book rows when the device is quiet. `mustWait`: somebody is saving, or this window
 * no longer holds the writer lock; folding then stops where it is and loses nothing. On a device that
 * cannot write the log stays as it is until the next quiet moment.
 */
export function createFolding(
	storage: Pick<BookStorage, 'fold'>,
	timer: Timer,
	mustWait: () => boolean
): { soon(): void; stop(): void } {
	let cancel: (() => void) | undefined;
	let isFolding = false;

	async function fold(): Promise<void> {
		if (isFolding || mustWait()) return;
		isFolding = true;
		try {
			await storage.fold(mustWait);
		} finally {
			isFolding = false;
		}
	}

	function stop(): void {
		cancel?.();
		cancel = undefined;
	}

	return {
		soon: () => {
			stop();
			cancel = timer.after(QUIET_MS, () => inBackground(fold()));
		},
		stop
	};
}
