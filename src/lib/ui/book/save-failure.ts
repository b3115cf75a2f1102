/** Why a save did not happen; the tags of the worker's answers. */
export type SaveFailureReason = 'quota' | 'unknown' | 'not-signed-in' | 'no-such-book' | 'invalid';
