import { StorageFailure } from '../storage/storage.ts';

/** Is this a failure of the store that may pass (full disk, busy, closing)? Then the device keeps what it
 * has and asks again. A corrupt store or a broken invariant is none: nothing may be answered then. */
export function isPassing(error: unknown): error is StorageFailure {
	return error instanceof StorageFailure && !['corrupt', 'internal'].includes(error.code);
}
