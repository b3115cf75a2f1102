/**
 * What an author had before their eyes: per fact, the entries behind the heads that were shown. A new value
 * is based on these and on nothing else, so a head that nobody looked at is never decided by accident.
 */
import type { FactName } from '../book/facts.ts';
import type { EntryId } from '../ids.ts';
import type { FactViews } from './book-view.ts';

export type SeenHeads = { [Name in FactName]?: EntryId[] };

export function seenHeads(facts: FactViews): SeenHeads {
	return Object.fromEntries(
		Object.entries(facts).map(([name, { heads }]) => [
			name,
			heads.flatMap(({ sources }) => sources.map(({ id }) => id))
		])
	);
}
