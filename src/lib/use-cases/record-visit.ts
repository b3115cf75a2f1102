import { visitSchema, type Visit } from '#lib/domain/book/visit.ts';
import type { BookId } from '#lib/domain/ids.ts';
import type { ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import {
	birthsIn,
	checkAfterBirth,
	checkFollowUp,
	checkOccurred,
	checkSchema
} from './check-input.ts';
import type { UseCaseDeps } from './deps.ts';
import { latestNow } from './latest-now.ts';
import { saveEntry, type SaveOutcome } from './save-entry.ts';

/** Records a visit as signed: one entry, written at once. */
export async function recordVisit(
	deps: UseCaseDeps,
	input: { book: BookId; visit: Visit; occurred: ClinicalTime }
): Promise<SaveOutcome> {
	const { book, visit, occurred } = input;
	const wrong =
		checkSchema(visitSchema, visit, 'visit') ??
		checkOccurred(occurred, await latestNow(deps), 'occurred') ??
		checkFollowUp(visit, occurred, 'visit.followUp.date');
	if (wrong !== undefined) return wrong;
	return saveEntry(
		deps,
		book,
		({ entries }) =>
			checkAfterBirth(occurred, birthsIn(entries), 'occurred') ?? {
				kind: 'visit',
				body: visit,
				occurred
			}
	);
}
