/**
 * Challenges that passkeys sign. Each is 32 random bytes, made for one act on one device, and answered once: taking it
 * forgets it, whatever comes of the answer. In memory: after a restart the browser simply asks again.
 */
import type { DeviceId, PersonId } from '#lib/domain/ids.ts';
import { bytesToBase64url } from '#lib/protocol/certificate.ts';
import { PASSKEY_TIMEOUT_MS } from '#lib/protocol/passkeys.ts';

const CHALLENGE_BYTES = 32;
/** The browser's own wait, and the way here on a bad line. */
const LIFE_MS = PASSKEY_TIMEOUT_MS + 60_000;
const HELD_MAX = 10_000;

export type PasskeyAct =
	{ type: 'sign-in'; device: DeviceId } | { type: 'add'; device: DeviceId; person: PersonId };

export interface PasskeyChallenges {
	make(act: PasskeyAct): string;
	/** Whether it was made for this very act, is not over and was not taken before. */
	take(challenge: string | undefined, act: PasskeyAct): boolean;
}

export function createPasskeyChallenges(deps: {
	clock: { nowMs(): number };
	randomBytes(count: number): Uint8Array;
}): PasskeyChallenges {
	/** Oldest first. */
	const held = new Map<string, { act: string; untilMs: number }>();
	return {
		make: (act) => {
			const nowMs = deps.clock.nowMs();
			for (const [key, { untilMs }] of held) {
				if (untilMs > nowMs && held.size < HELD_MAX) break;
				held.delete(key);
			}
			const challenge = bytesToBase64url(deps.randomBytes(CHALLENGE_BYTES));
			held.set(challenge, { act: wordsOf(act), untilMs: nowMs + LIFE_MS });
			return challenge;
		},
		take: (challenge, act) => {
			if (challenge === undefined) return false;
			const found = held.get(challenge);
			held.delete(challenge);
			return found?.act === wordsOf(act) && found.untilMs > deps.clock.nowMs();
		}
	};
}

function wordsOf(act: PasskeyAct): string {
	return act.type === 'add' ? `add ${act.device} ${act.person}` : `sign-in ${act.device}`;
}
