import type { BookId, EntryId } from '#lib/domain/ids.ts';
import type { ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import { checkContent, checkInLifetime, type CorrectableContent } from './check-content.ts';
import { birthsIn, invalid } from './check-input.ts';
import { checkReason, targetsOf } from './correction.ts';
import type { UseCaseDeps } from './deps.ts';
import { latestNow } from './latest-now.ts';
import { saveEntry, type Act, type EndsDraft, type SaveOutcome } from './save-entry.ts';

export interface Amendment {
	book: BookId;
	/** The versions the author saw as current, and no other: one that arrived meanwhile stays beside it. */
	basedOn: EntryId[];
	/** The whole body, also what did not change. */
	content: CorrectableContent;
	occurred: ClinicalTime;
	reason: string;
}

/** Writes a new version of an event or safety entry; the earlier ones stay readable. */
export async function amendEntry(
	deps: UseCaseDeps,
	input: Amendment,
	endsDraft?: EndsDraft
): Promise<SaveOutcome> {
	const { book, basedOn, content, occurred, reason } = input;
	const wrong = checkReason(reason);
	if (wrong !== undefined) return wrong;
	const nowMs = await latestNow(deps);
	const act: Act = ({ entries }, { staff }) => {
		const targets = targetsOf(staff, entries, basedOn);
		if ('type' in targets) return targets;
		if (targets[0].content.kind !== content.kind) return invalid('content', 'other-kind');
		const keptTimes = targets.map(({ envelope }) => envelope.occurred);
		return (
			checkContent(content, occurred, nowMs, keptTimes) ??
			checkInLifetime(content, occurred, birthsIn(entries)) ?? {
				...content,
				effect: 'replaces',
				basedOn: targets.map(({ id }) => ({ id })),
				reason,
				occurred
			}
		);
	};
	return saveEntry(deps, book, act, { endsDraft });
}
