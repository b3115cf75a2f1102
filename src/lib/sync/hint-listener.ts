/**
 * Listens for hints while somebody is signed in: each one is a reason to sync now. Syncing itself does not
 * depend on it; what is missed comes with the next poll, so nothing here ever hurries a server that is away.
 */
import { LIVE_CLOSE } from '#lib/protocol/live.ts';
import { backoffMs, BLOCKED_RETRY_MS, jittered, type Random } from './backoff.ts';
import type { Timer } from './timer.ts';

/** Opens the session that the server wants to see with a WebSocket. */
export type OpenSession = () => Promise<'opened' | 'refused' | 'unreachable'>;

export interface ConnectionEvents {
	opened(): void;
	heard(): void;
	/** Once, also when it never opened. */
	closed(code: number): void;
}

export interface HintListenerDeps {
	openSession: OpenSession;
	/** Connects; answers how to hang up, after which no event comes. */
	connect: (events: ConnectionEvents) => () => void;
	timer: Timer;
	random: Random;
	/** Something may be new. */
	onHint: () => void;
	/** There is a session now: other rooms may be entered. */
	onSession: () => void;
}

export interface HintListener {
	start: () => void;
	stop: () => void;
}

/** A browser that keeps no cookie here (an address without TLS) is never let in: it polls. */
const NEVER_OPENED_MAX = 3;

export function createHintListener(deps: HintListenerDeps): HintListener {
	/** Rises at each start and stop: what an earlier one still brings counts for nothing. */
	let turn = 0;
	let failures = 0;
	let hangUp = (): void => undefined;
	let cancelWait = (): void => undefined;

	function again(afterMs: number, needsSession: boolean): void {
		const own = turn;
		cancelWait = deps.timer.after(afterMs, () => {
			if (own === turn) void enter(needsSession);
		});
	}

	async function enter(needsSession: boolean): Promise<void> {
		const own = turn;
		const session = needsSession ? await deps.openSession() : 'opened';
		if (own !== turn) return;
		if (session === 'refused') return again(jittered(BLOCKED_RETRY_MS, deps.random), true);
		if (session === 'unreachable') return again(backoffMs(++failures, deps.random), true);
		if (needsSession) deps.onSession();
		let hasOpened = false;
		hangUp = deps.connect({
			opened: () => {
				hasOpened = true;
				failures = 0;
				// What came while nobody listened.
				deps.onHint();
			},
			heard: deps.onHint,
			closed: (code) => {
				hangUp = (): void => undefined;
				failures += 1;
				const isHopeless = !hasOpened && failures >= NEVER_OPENED_MAX;
				const waitMs = isHopeless
					? jittered(BLOCKED_RETRY_MS, deps.random)
					: backoffMs(failures, deps.random);
				again(waitMs, !hasOpened || code === LIVE_CLOSE.sessionEnded);
			}
		});
	}

	function stop(): void {
		turn += 1;
		cancelWait();
		hangUp();
		hangUp = (): void => undefined;
	}

	return {
		start: () => {
			stop();
			failures = 0;
			void enter(true);
		},
		stop
	};
}
