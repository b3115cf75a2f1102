/**
 * One window of a browser writes at a time. Another one that opens says "open elsewhere", and can take
 * over: then the first one loses the lock, stops and says so. (Two windows that saved at once would
 * still lose nothing: saving only appends.)
 */
export interface WriterLock {
	/** Whether this window may write. `steal` takes the lock from the window that holds it. */
	acquire(options: { steal: boolean; onLost: () => void }): Promise<boolean>;
}

const LOCK_NAME = 'so-suc-khoe writer';
/** A page that is being reloaded lets go of the lock a moment after its successor asks for it. */
const WAIT_MS = 1_500;

/** By Web Locks: the browser frees the lock when the window ends, however it ends. */
export function webWriterLock(locks: LockManager): WriterLock {
	return {
		acquire: ({ steal, onLost }) =>
			new Promise((resolve) => {
				let isHeld = false;
				const options = steal ? { steal } : { signal: AbortSignal.timeout(WAIT_MS) };
				const held = locks.request(LOCK_NAME, options, () => {
					isHeld = true;
					resolve(true);
					// Held until the window ends or another one steals it.
					return new Promise<never>(() => undefined);
				});
				held.catch(() => (isHeld ? onLost() : resolve(false)));
			})
	};
}
