/** How opening a book for a while ended, as the screens tell it. */
export type Opening =
	| { type: 'opened' }
	| { type: 'not-here-yet' }
	| { type: 'network-needed' }
	| { type: 'refused'; code: string; retryAfterSeconds?: number };

const MINUTE_MS = 60_000;

/** Whole minutes until then; the last one lasts until it is over. */
export function minutesLeft(untilMs: number, nowMs: number): number {
	return Math.max(0, Math.ceil((untilMs - nowMs) / MINUTE_MS));
}
