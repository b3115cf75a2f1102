import { FACT_NAMES, type FactName } from '#lib/domain/book/facts.ts';
import type { EntryId } from '#lib/domain/ids.ts';
import type { FactHead, FactViews } from '#lib/domain/projections/book-view.ts';

/** What an entry states and nothing has replaced, with all who state the same. */
export function standingFacts(
	facts: FactViews,
	entry: EntryId
): { name: FactName; head: FactHead<FactName> }[] {
	return FACT_NAMES.flatMap((name) => {
		const heads: FactHead<FactName>[] = facts[name]?.heads ?? [];
		const head = heads.find(({ sources }) => sources.some(({ id }) => id === entry));
		return head === undefined ? [] : [{ name, head }];
	});
}
