/**
 * What is not offered for a while, and how much is offered at once. In memory only: after a restart
 * the server is simply asked again.
 */
import type { EntryId } from '#lib/domain/ids.ts';
import { PUSH_ENTRIES_MAX } from '#lib/protocol/limits.ts';

/** A poor line gets no smaller pushes than this because of its own faults. */
const PUSH_ENTRIES_ON_POOR_LINE = 20;
const SPOILING_ENTRY_HELD_S = 3_600;
/** An entry of others whose author stays unknown is offered at longer and longer intervals. */
const RELAY_HELD_S_MAX = 6 * 3_600;

export interface Holding {
	/** Journal numbers to pass over now. */
	held(nowMs: number): ReadonlySet<number>;
	hold(n: number, seconds: number, nowMs: number): void;
	/** The same for entries of others. */
	heldRelays(nowMs: number): ReadonlySet<EntryId>;
	holdRelay(id: EntryId, seconds: number, nowMs: number): void;
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
	const own = createHolds<number>();
	const relays = createHolds<EntryId>();
	let entriesMax = PUSH_ENTRIES_MAX;
	let isRelayTurn = false;
	return {
		hold: own.hold,
		held: own.held,
		heldRelays: relays.held,
		holdRelay: (id, seconds, nowMs) => {
			relays.hold(id, Math.min(RELAY_HELD_S_MAX, Math.max(seconds, 2 * relays.lastS(id))), nowMs);
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
			if (n !== undefined) own.hold(n, SPOILING_ENTRY_HELD_S, nowMs);
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

/** What is held, and until when. */
function createHolds<Key>(): {
	hold: (key: Key, seconds: number, nowMs: number) => void;
	held: (nowMs: number) => ReadonlySet<Key>;
	/** For how long it was held the last time. */
	lastS: (key: Key) => number;
} {
	const holds = new Map<Key, { from: number; seconds: number }>();
	return {
		hold: (key, seconds, nowMs) => void holds.set(key, { from: nowMs, seconds }),
		held: (nowMs) => {
			const held = new Set<Key>();
			for (const [key, { from, seconds }] of holds)
				// A clock that was set back must not hold an entry for years.
				if (nowMs >= from && nowMs < from + seconds * 1_000) held.add(key);
			return held;
		},
		lastS: (key) => holds.get(key)?.seconds ?? 0
	};
}
