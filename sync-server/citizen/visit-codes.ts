/**
 * Codes that a citizen shows at a facility: each stands for one book, for a quarter of an hour, and for one visit. In
 * memory: after a restart the phone shows a new one. What a code says is known to the server only.
 */
import type { BookId, PersonId } from '#lib/domain/ids.ts';
import { SPOKEN_LENGTH, SPOKEN_LETTERS, VISIT_CODE_MS } from '#lib/domain/access/consent-visit.ts';
import { bytesToBase64url } from '#lib/protocol/certificate.ts';

const CODES_MAX = 100_000;
const CODE_BYTES = 16;

export interface Shown {
	book: BookId;
	/** The citizen who shows it. */
	citizen: PersonId;
}

export interface VisitCodes {
	show(shown: Shown): { code: string; spoken: string; untilMs: number };
	/** By either of the two. Nothing when it was taken before, or is too old. */
	take(code: string): Shown | undefined;
}

interface Held {
	shown: Shown;
	code: string;
	spoken: string;
	untilMs: number;
}

export function createVisitCodes(deps: {
	clock: { nowMs(): number };
	randomBytes(count: number): Uint8Array;
}): VisitCodes {
	/** Oldest first. */
	const held = new Map<string, Held>();
	const bySpoken = new Map<string, Held>();
	const drop = ({ code, spoken }: Held): void => {
		held.delete(code);
		bySpoken.delete(spoken);
	};
	/** Two that are shown at the same time differ. */
	const newSpoken = (): string => {
		for (;;) {
			const spoken = spokenOf(deps.randomBytes(SPOKEN_LENGTH));
			if (!bySpoken.has(spoken)) return spoken;
		}
	};
	return {
		show: (shown) => {
			const nowMs = deps.clock.nowMs();
			for (const one of held.values()) {
				if (one.untilMs > nowMs && held.size < CODES_MAX) break;
				drop(one);
			}
			const code = bytesToBase64url(deps.randomBytes(CODE_BYTES));
			const one = { shown, code, spoken: newSpoken(), untilMs: nowMs + VISIT_CODE_MS };
			held.set(code, one);
			bySpoken.set(one.spoken, one);
			const { spoken, untilMs } = one;
			return { code, spoken, untilMs };
		},
		take: (code) => {
			const found = held.get(code) ?? bySpoken.get(code);
			if (found === undefined) return undefined;
			drop(found);
			return found.untilMs > deps.clock.nowMs() ? found.shown : undefined;
		}
	};
}

/** 32 letters: the low five bits of each byte choose one, all of them equally often. */
function spokenOf(bytes: Uint8Array): string {
	return [...bytes].map((byte) => SPOKEN_LETTERS[byte % SPOKEN_LETTERS.length]).join('');
}
