/**
 * What is not offered for a while, and how much is offered at once. In memory only: after a restart
 * the server is simply asked again.
 */
import { PUSH_ENTRIES_MAX } from '#lib/protocol/limits.ts';

/** A poor line gets no smaller pushes than this because of its own faults. */
const PUSH_ENTRIES_ON_POOR_LINE = 20;
const SPOILING_ENTRY_HELD_S = 3_600;

export interface Holding {
	/** Journal numbers to pass over now. */
	held(nowMs: number): ReadonlySet<number>;
	hold(n: number, seconds: number, nowMs: number): void;
	entriesMax(): number;
	/** Acks arrived: the next push may be larger. */
	grow(): void;
	/** A push got no answer. */
	shrink(): void;
	/** The server did not understand the request: look for the entry that spoils it, half by half. Answers
	 * true when the push had only this one entry, which is then held. */
	search(pushed: number, n: number | undefined, nowMs: number): boolean;
	/** Entries of others may go with the next push; see `gatherPush`. */
	mayRelay(): boolean;
	/** Everything that waited at the server was taken. */
	pulled(): void;
	/** Entries of others were offered; `wereHeard`: some of them were judged. */
	relayed(wereHeard: boolean): void;
}

export function createHolding(): Holding {
	const untilMs = new Map<number, { from: number; until: number }>();
	let entriesMax = PUSH_ENTRIES_MAX;
	let isRelayTurn = false;
	const hold: Holding['hold'] = (n, seconds, nowMs) => {
		untilMs.set(n, { from: nowMs, until: nowMs + seconds * 1_000 });
	};
	return {
		hold,
		held: (nowMs) => {
			for (const [n, { from, until }] of untilMs)
				// A clock that was set back must not hold an entry for years.
				if (nowMs >= until || nowMs < from) untilMs.delete(n);
			return new Set(untilMs.keys());
		},
		entriesMax: () => entriesMax,
		grow: () => {
			entriesMax = Math.min(PUSH_ENTRIES_MAX, entriesMax * 2);
		},
		shrink: () => {
			entriesMax = Math.min(
				entriesMax,
				Math.max(PUSH_ENTRIES_ON_POOR_LINE, Math.floor(entriesMax / 2))
			);
		},
		search: (pushed, n, nowMs) => {
			if (pushed > 1) {
				entriesMax = Math.floor(pushed / 2);
				return false;
			}
			if (n !== undefined) hold(n, SPOILING_ENTRY_HELD_S, nowMs);
			return true;
		},
		mayRelay: () => isRelayTurn,
		pulled: () => {
			isRelayTurn = true;
		},
		relayed: (wereHeard) => {
			isRelayTurn = wereHeard;
		}
	};
}
