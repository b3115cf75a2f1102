import type { Timer } from '#lib/sync/timer.ts';

/** Nobody waits for it, and a save that follows at once is not held up by the request of the one before. */
const SENT_AFTER_MS = 150;

/** What was saved is sent shortly afterwards; what is saved until then goes with it. */
export function createSending(
	timer: Timer,
	wake: () => void
): { soon: () => void; stop: () => void } {
	let cancel: (() => void) | undefined;
	return {
		soon: () => {
			cancel ??= timer.after(SENT_AFTER_MS, () => {
				cancel = undefined;
				wake();
			});
		},
		stop: () => {
			cancel?.();
			cancel = undefined;
		}
	};
}
