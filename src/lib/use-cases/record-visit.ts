import type { Visit } from '#lib/domain/book/visit.ts';
import type { BookId } from '#lib/domain/ids.ts';
import type { ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import type { UseCaseDeps } from './deps.ts';
import { recordContent } from './record-content.ts';
import type { SaveOutcome } from './save-entry.ts';

/** Records a visit as signed: one entry, written at once. */
export function recordVisit(
	deps: UseCaseDeps,
	{ book, visit, occurred }: { book: BookId; visit: Visit; occurred: ClinicalTime }
): Promise<SaveOutcome> {
	return recordContent(deps, book, { kind: 'visit', body: visit }, occurred);
}
