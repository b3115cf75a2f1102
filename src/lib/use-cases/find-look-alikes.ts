import type { Facts } from '#lib/domain/book/facts.ts';
import type { LookAlike } from '#lib/domain/people/look-alikes.ts';
import type { UseCaseDeps } from './deps.ts';

/** People of this device who may be the one being registered, likeliest first. */
export function findLookAlikes(
	deps: UseCaseDeps,
	facts: Facts,
	guardianName?: string
): LookAlike[] {
	if (deps.vault.session() === undefined) return [];
	return deps.people.findLookAlikes({ facts, guardianName });
}
