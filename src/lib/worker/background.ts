import { StorageFailed } from '#lib/storage/port.ts';

/**
 * Lets go of work nobody waits for. A device that cannot be read or written at the moment is no fault of
 * the program: the act that needs it says so. Anything else is, and must be seen.
 */
export function inBackground(work: Promise<unknown>): void {
	work.catch((error: unknown) => {
		if (!(error instanceof StorageFailed)) throw error;
	});
}
