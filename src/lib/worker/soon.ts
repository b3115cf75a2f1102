import type { Timer } from '#lib/sync/timer.ts';

/** Does `work` once, so long after it was first asked for: what is asked until then is done with it. */
export function createSoon(
	timer: Timer,
	afterMs: () => number,
	work: () => void
): { soon: () => void; stop: () => void } {
	let cancel: (() => void) | undefined;
	return {
		soon: () => {
			cancel ??= timer.after(afterMs(), () => {
				cancel = undefined;
				work();
			});
		},
		stop: () => {
			cancel?.();
			cancel = undefined;
		}
	};
}
