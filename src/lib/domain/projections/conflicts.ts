/** What two places say differently, for a person to decide. Nothing here is ever decided by a clock. */
import { FACT_NAMES } from '../book/facts.ts';
import type { EntryId } from '../ids.ts';
import type { Activity } from './activity.ts';
import { amendedBy } from './amendments.ts';
import type { Conflict, FactViews } from './book-view.ts';
import type { EntrySet } from './entry-set.ts';
import type { Thread } from './threads.ts';
import { voidStatementOf } from './timeline.ts';

/** Facts first in their fixed order, then events, oldest first. */
export function projectConflicts(
	set: EntrySet,
	activity: Activity,
	facts: FactViews,
	threads: readonly Thread[]
): Conflict[] {
	const conflicts: Conflict[] = [];
	for (const fact of FACT_NAMES) {
		const heads = facts[fact]?.heads ?? [];
		if (heads.length > 1) conflicts.push({ type: 'fact', fact, heads: [...heads] });
	}
	for (const thread of threads) {
		if (thread.heads.length > 1)
			conflicts.push({ type: 'amended-twice', versions: thread.heads.map((head) => head.id) });
		if (thread.versions.length > 1) conflicts.push(...amendedAndVoided(set, activity, thread));
	}
	return conflicts;
}

/**
 * Every voided version that a head was built on, unless an amendment on the way names the void itself:
 * then its author knew of it and decided. One walk over the thread, however many heads it has.
 */
function amendedAndVoided(set: EntrySet, activity: Activity, thread: Thread): Conflict[] {
	const headOf = new Map<EntryId, EntryId>();
	const namedByAmendments = new Set<EntryId>();
	const queue = thread.heads.map((entry) => ({ entry, head: entry.id }));
	for (let step = queue.pop(); step !== undefined; step = queue.pop()) {
		for (const { id } of step.entry.envelope.basedOn ?? []) namedByAmendments.add(id);
		for (const target of amendedBy(set, step.entry)) {
			if (headOf.has(target.id)) continue;
			headOf.set(target.id, step.head);
			queue.push({ entry: target, head: step.head });
		}
	}
	return thread.versions.flatMap(({ id }): Conflict[] => {
		const amended = headOf.get(id);
		const statement = activity.voidsOf(id).find((entry) => !namedByAmendments.has(entry.id));
		if (amended === undefined || statement === undefined) return [];
		return [
			{ type: 'amended-and-voided', amended, voided: id, statement: voidStatementOf(statement) }
		];
	});
}
