import type { Immunization } from '#lib/domain/book/immunization.ts';
import type { BookId } from '#lib/domain/ids.ts';
import type { ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import type { UseCaseDeps } from './deps.ts';
import { recordContent } from './record-content.ts';
import type { SaveOutcome } from './save-entry.ts';

/** Records one dose. Only what is copied from a paper book may have a date that is not full. */
export function giveVaccine(
	deps: UseCaseDeps,
	input: { book: BookId; immunization: Immunization; occurred: ClinicalTime }
): Promise<SaveOutcome> {
	const content = { kind: 'immunization' as const, body: input.immunization };
	return recordContent(deps, input.book, content, input.occurred);
}
