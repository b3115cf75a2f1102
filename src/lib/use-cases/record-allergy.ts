import type { Allergy } from '#lib/domain/book/allergy.ts';
import type { BookId } from '#lib/domain/ids.ts';
import { clinicalTimeOf } from '#lib/domain/time/clinical-time.ts';
import type { UseCaseDeps } from './deps.ts';
import { recordContent } from './record-content.ts';
import type { EndsDraft, SaveOutcome } from './save-entry.ts';

/** Records an allergy or contraindication, or that somebody asked today and none is known. */
export function recordAllergy(
	deps: UseCaseDeps,
	{ book, allergy }: { book: BookId; allergy: Allergy },
	endsDraft?: EndsDraft
): Promise<SaveOutcome> {
	const now = clinicalTimeOf(deps.clock.nowMs());
	return recordContent(deps, book, { kind: 'allergy', body: allergy }, now, endsDraft);
}
