/**
 * Codes that a citizen shows at a facility: each stands for one book, for a quarter of an hour, and for one visit. In
 * memory: after a restart the phone shows a new one. What a code says is known to the server only.
 */
import type { BookId, PersonId } from '#lib/domain/ids.ts';
import { VISIT_CODE_MS } from '#lib/domain/access/consent-visit.ts';
import { bytesToBase64url } from '#lib/protocol/certificate.ts';

const CODES_MAX = 100_000;
const CODE_BYTES = 16;

export interface Shown {
	book: BookId;
	/** The citizen who shows it. */
	citizen: PersonId;
}

export interface VisitCodes {
	show(shown: Shown): { code: string; untilMs: number };
	/** Nothing when it was taken before, or is too old. */
	take(code: string): Shown | undefined;
}

export function createVisitCodes(deps: {
	clock: { nowMs(): number };
	randomBytes(count: number): Uint8Array;
}): VisitCodes {
	/** Oldest first. */
	const held = new Map<string, { shown: Shown; untilMs: number }>();
	return {
		show: (shown) => {
			const nowMs = deps.clock.nowMs();
			for (const [code, { untilMs }] of held) {
				if (untilMs > nowMs && held.size < CODES_MAX) break;
				held.delete(code);
			}
			const code = bytesToBase64url(deps.randomBytes(CODE_BYTES));
			const untilMs = nowMs + VISIT_CODE_MS;
			held.set(code, { shown, untilMs });
			return { code, untilMs };
		},
		take: (code) => {
			const found = held.get(code);
			held.delete(code);
			return found !== undefined && found.untilMs > deps.clock.nowMs() ? found.shown : undefined;
		}
	};
}
