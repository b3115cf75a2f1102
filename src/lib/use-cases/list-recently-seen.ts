import { SEARCH_HITS_MAX } from '#lib/domain/limits.ts';
import type { PersonHit } from '#lib/domain/people/search.ts';
import { markAmbiguous } from './ambiguous.ts';
import type { UseCaseDeps } from './deps.ts';

/** People by their last visit or dose, newest first; at most `SEARCH_HITS_MAX`. */
export function listRecentlySeen(deps: UseCaseDeps, limit: number): PersonHit[] {
	if (deps.vault.session() === undefined) return [];
	const seen = [...deps.people.people()].filter((person) => person.lastSeen !== undefined);
	seen.sort((a, b) => ((a.lastSeen ?? '') < (b.lastSeen ?? '') ? 1 : -1));
	return markAmbiguous(seen.slice(0, Math.min(limit, SEARCH_HITS_MAX)));
}
