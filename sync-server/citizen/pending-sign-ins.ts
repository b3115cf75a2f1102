/** Browsers that are away at the identity provider. In memory: after a restart they simply begin again. */
import { bytesToBase64url } from '#lib/protocol/certificate.ts';
import type { PendingSignIn } from './identity.ts';

export const PENDING_S_MAX = 10 * 60;
const PENDING_MAX = 10_000;
const KEY_BYTES = 32;

/** With the address under which this browser knows the server. */
export type BegunSignIn = PendingSignIn & { origin: string };

export interface PendingSignIns {
	/** Answers the value of the cookie. */
	put(pending: BegunSignIn): string;
	/** Nothing when it was taken before, or is too old. */
	take(cookie: string | undefined): BegunSignIn | undefined;
}

export function createPendingSignIns(deps: {
	clock: { nowMs(): number };
	randomBytes(count: number): Uint8Array;
}): PendingSignIns {
	/** Oldest first. */
	const held = new Map<string, { begun: BegunSignIn; untilMs: number }>();
	return {
		put: (begun) => {
			const nowMs = deps.clock.nowMs();
			for (const [key, { untilMs }] of held) {
				if (untilMs > nowMs && held.size < PENDING_MAX) break;
				held.delete(key);
			}
			const key = bytesToBase64url(deps.randomBytes(KEY_BYTES));
			held.set(key, { begun, untilMs: nowMs + PENDING_S_MAX * 1_000 });
			return key;
		},
		take: (cookie) => {
			const found = cookie === undefined ? undefined : held.get(cookie);
			if (cookie !== undefined) held.delete(cookie);
			return found !== undefined && found.untilMs > deps.clock.nowMs() ? found.begun : undefined;
		}
	};
}
