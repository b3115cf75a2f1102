import type { Prescription } from '#lib/domain/book/prescription.ts';
import type { BookId } from '#lib/domain/ids.ts';
import type { ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import type { UseCaseDeps } from './deps.ts';
import { recordContent } from './record-content.ts';
import type { SaveOutcome } from './save-entry.ts';

/** Records a prescription; `prescription.visit` names the visit in which it was written. */
export function recordPrescription(
	deps: UseCaseDeps,
	input: { book: BookId; prescription: Prescription; occurred: ClinicalTime }
): Promise<SaveOutcome> {
	const content = { kind: 'prescription' as const, body: input.prescription };
	return recordContent(deps, input.book, content, input.occurred);
}
