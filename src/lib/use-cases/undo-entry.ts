import { UNDONE_AT_ONCE } from '#lib/domain/book/reasons.ts';
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import { createActivity } from '#lib/domain/projections/activity.ts';
import { createEntrySet } from '#lib/domain/projections/entry-set.ts';
import { clinicalTimeOf } from '#lib/domain/time/clinical-time.ts';
import { invalid } from './check-input.ts';
import type { UseCaseDeps } from './deps.ts';
import { saveEntry, type SaveOutcome } from './save-entry.ts';
import { voidOf } from './void-entry.ts';

/** Takes back what the person signed in has just recorded: a void, so both stay readable. */
export async function undoEntry(
	deps: UseCaseDeps,
	{ book, id }: { book: BookId; id: EntryId }
): Promise<SaveOutcome> {
	return saveEntry(deps, book, ({ entries }, session) => {
		const set = createEntrySet(entries);
		const target = set.byId.get(id);
		if (target === undefined) return invalid('id', 'no-such-entry');
		if (target.envelope.author.person !== session.staff.person)
			return invalid('id', 'written-by-another');
		if (createActivity(set).isVoided(id)) return invalid('id', 'already-undone');
		if (target.envelope.class === 'unknown') return invalid('id', 'needs-update');
		return voidOf([target], UNDONE_AT_ONCE, clinicalTimeOf(deps.clock.nowMs()));
	});
}
