/**
 * Wrong PINs of one practitioner: after the fifth a wait of 30 s, then 1, 5 and 15 minutes; after the tenth
 * the way in is destroyed, and only a sign-in at the server makes a new one. Pure; the vault stores the record before it checks a PIN, so that closing the app in between does not help.
 */

export interface PinAttempts {
	wrong: number;
	/** Device time at which the wait began, and how long it lasts; absent: no wait. */
	wait?: { sinceMs: number; durationMs: number } | undefined;
}

export const WRONG_PINS_BEFORE_WAIT = 5;
export const WRONG_PINS_MAX = 10;
const SECOND_MS = 1_000;
const WAITS_MS = [30, 60, 300, 900].map((seconds) => seconds * SECOND_MS);
export const NO_ATTEMPTS: PinAttempts = { wrong: 0 };

/** The record after one more wrong PIN at `nowMs`. */
export function afterWrongPin(attempts: PinAttempts, nowMs: number): PinAttempts {
	const wrong = attempts.wrong + 1;
	const over = wrong - WRONG_PINS_BEFORE_WAIT;
	if (over < 0) return { wrong };
	const durationMs = WAITS_MS[Math.min(over, WAITS_MS.length - 1)] ?? 0;
	return { wrong, wait: { sinceMs: nowMs, durationMs } };
}

/**
 * Whole seconds still to wait, and the record to keep. A clock that went back starts the wait again: it
 * can then neither be shortened nor last longer than its own duration.
 */
export function waitOf(
	attempts: PinAttempts,
	nowMs: number
): { seconds: number; attempts: PinAttempts } {
	if (attempts.wait === undefined) return { seconds: 0, attempts };
	const { sinceMs, durationMs } = attempts.wait;
	if (nowMs < sinceMs) {
		const restarted = { wrong: attempts.wrong, wait: { sinceMs: nowMs, durationMs } };
		return { seconds: durationMs / SECOND_MS, attempts: restarted };
	}
	const leftMs = Math.max(0, sinceMs + durationMs - nowMs);
	return { seconds: Math.ceil(leftMs / SECOND_MS), attempts };
}

/** Tries left before the next wait; absent once waits have begun. */
export function attemptsLeft(attempts: PinAttempts): number | undefined {
	const left = WRONG_PINS_BEFORE_WAIT - attempts.wrong;
	return left > 0 ? left : undefined;
}
