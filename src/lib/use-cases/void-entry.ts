import type { BookEntry } from '#lib/domain/book/book-entry.ts';
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import { createActivity } from '#lib/domain/projections/activity.ts';
import { createEntrySet } from '#lib/domain/projections/entry-set.ts';
import { clinicalTimeOf, type ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import { invalid, type Invalid } from './check-input.ts';
import { checkReason, targetsOf, type Targets } from './correction.ts';
import type { UseCaseDeps } from './deps.ts';
import { saveEntry, type SaveOutcome, type Statement } from './save-entry.ts';

/**
 * Says that an entry was recorded in error. `ids` are all versions the author saw: a version left out
 * would be shown again. One that arrived meanwhile stays visible, as a conflict.
 */
export async function voidEntry(
	deps: UseCaseDeps,
	{ book, ids, reason }: { book: BookId; ids: EntryId[]; reason: string }
): Promise<SaveOutcome> {
	const wrong = checkReason(reason);
	if (wrong !== undefined) return wrong;
	return saveEntry(deps, book, ({ entries }, { staff }) => {
		const targets = targetsOf(staff, entries, ids);
		if ('type' in targets) return targets;
		const standing = standingOf(entries, targets);
		if (standing === undefined) return invalid('ids', 'already-voided');
		return voidOf(standing, reason, clinicalTimeOf(deps.clock.nowMs()));
	});
}

/** Those that nothing voids yet. */
export function standingOf(
	entries: readonly BookEntry[],
	targets: readonly BookEntry[]
): Targets | undefined {
	const activity = createActivity(createEntrySet(entries));
	const [first, ...others] = targets.filter(({ id }) => !activity.isVoided(id));
	return first === undefined ? undefined : [first, ...others];
}

export function voidOf(
	targets: Targets,
	reason: string,
	occurred: ClinicalTime
): Statement | Invalid {
	const { class: ofTargets } = targets[0].envelope;
	if (ofTargets === 'unknown') return invalid('ids', 'needs-update');
	return {
		kind: 'void',
		body: {},
		class: ofTargets,
		effect: 'voids',
		basedOn: targets.map(({ id }) => ({ id })),
		reason,
		occurred
	};
}
