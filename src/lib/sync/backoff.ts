/**
 * How long to wait. Always with jitter: after an outage a province of tablets must not come back in the
 * same second. `random` answers from 0 up to but not including 1.
 */
export type Random = () => number;

export const POLL_MS = 30_000;
export const BLOCKED_RETRY_MS = 5 * 60_000;
export const BACKOFF_MS_MIN = 1_000;
/** A tablet may see a network for a few minutes only: a minute is the longest it looks away. */
export const BACKOFF_MS_MAX = 60_000;
/** What a server may ask for at most; longer only a person would notice. */
export const ASKED_WAIT_S_MAX = 3_600;
const POLL_JITTER = 0.2;

/** After the n-th failure in a row: doubling up to a minute, the upper half of it by chance. */
export function backoffMs(failures: number, random: Random): number {
	const doublings = Math.min(Math.max(failures, 1) - 1, 20);
	const ceiling = Math.min(BACKOFF_MS_MAX, BACKOFF_MS_MIN * 2 ** doublings);
	return Math.round(ceiling / 2 + (ceiling / 2) * random());
}

/** Around `ms`, a fifth more or less. */
export function jittered(ms: number, random: Random): number {
	return Math.round(ms * (1 - POLL_JITTER + 2 * POLL_JITTER * random()));
}

/** Never earlier than asked, never longer than an hour plus jitter. */
export function askedWaitMs(seconds: number, random: Random): number {
	const bounded = Math.min(Math.max(seconds, 1), ASKED_WAIT_S_MAX);
	return Math.round(bounded * 1_000 * (1 + POLL_JITTER * random()));
}
