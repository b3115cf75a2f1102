import { prescriptionSchema, type Prescription } from '#lib/domain/book/prescription.ts';
import type { BookId } from '#lib/domain/ids.ts';
import type { ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import { birthsIn, checkAfterBirth, checkOccurred, checkSchema } from './check-input.ts';
import type { UseCaseDeps } from './deps.ts';
import { latestNow } from './latest-now.ts';
import { saveEntry, type SaveOutcome } from './save-entry.ts';

/** Records a prescription; `prescription.visit` names the visit in which it was written. */
export async function recordPrescription(
	deps: UseCaseDeps,
	input: { book: BookId; prescription: Prescription; occurred: ClinicalTime }
): Promise<SaveOutcome> {
	const { book, prescription, occurred } = input;
	const wrong =
		checkSchema(prescriptionSchema, prescription, 'prescription') ??
		checkOccurred(occurred, await latestNow(deps), 'occurred');
	if (wrong !== undefined) return wrong;
	return saveEntry(
		deps,
		book,
		({ entries }) =>
			checkAfterBirth(occurred, birthsIn(entries), 'occurred') ?? {
				kind: 'prescription',
				body: prescription,
				occurred
			}
	);
}
