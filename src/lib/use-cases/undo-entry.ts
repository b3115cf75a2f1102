import type { BookId, EntryId } from '#lib/domain/ids.ts';
import { createActivity } from '#lib/domain/projections/activity.ts';
import { createEntrySet } from '#lib/domain/projections/entry-set.ts';
import { clinicalTimeOf } from '#lib/domain/time/clinical-time.ts';
import { invalid } from './check-input.ts';
import type { UseCaseDeps } from './deps.ts';
import { saveEntry, type SaveOutcome } from './save-entry.ts';

/** Data of the book, not a message of the app: "undone at once". */
const UNDONE_AT_ONCE = 'Hoàn tác ngay sau khi ghi';

/** Takes back what the person signed in has just recorded: a void, so both stay readable. */
export async function undoEntry(
	deps: UseCaseDeps,
	{ book, id }: { book: BookId; id: EntryId }
): Promise<SaveOutcome> {
	return saveEntry(deps, book, ({ entries }) => {
		const set = createEntrySet(entries);
		const target = set.byId.get(id);
		if (target === undefined) return invalid('id', 'no-such-entry');
		if (target.envelope.author.person !== deps.vault.session()?.staff.person)
			return invalid('id', 'written-by-another');
		if (createActivity(set).isVoided(id)) return invalid('id', 'already-undone');
		const { class: ofTarget } = target.envelope;
		if (ofTarget === 'unknown') return invalid('id', 'needs-update');
		return {
			kind: 'void',
			body: {},
			class: ofTarget,
			effect: 'voids',
			basedOn: [{ id }],
			reason: UNDONE_AT_ONCE,
			occurred: clinicalTimeOf(deps.clock.nowMs())
		};
	});
}
