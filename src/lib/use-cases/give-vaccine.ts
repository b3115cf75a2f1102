import { immunizationSchema, type Immunization } from '#lib/domain/book/immunization.ts';
import type { BookId } from '#lib/domain/ids.ts';
import type { ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import {
	birthsIn,
	checkAfterBirth,
	checkOccurred,
	checkSchema,
	type Invalid
} from './check-input.ts';
import type { UseCaseDeps } from './deps.ts';
import { latestNow } from './latest-now.ts';
import { saveEntry, type SaveOutcome } from './save-entry.ts';

/** Records one dose. Only what is copied from a paper book may have a date that is not full. */
export async function giveVaccine(
	deps: UseCaseDeps,
	input: { book: BookId; immunization: Immunization; occurred: ClinicalTime }
): Promise<SaveOutcome> {
	const { book, immunization, occurred } = input;
	const wrong = checkDose(immunization, occurred, await latestNow(deps));
	if (wrong !== undefined) return wrong;
	return saveEntry(
		deps,
		book,
		({ entries }) =>
			checkAfterBirth(occurred, birthsIn(entries), 'occurred') ?? {
				kind: 'immunization',
				body: immunization,
				occurred
			}
	);
}

/** `path`: where the dose stands in a larger input, with a dot at its end. */
export function checkDose(
	immunization: Immunization,
	occurred: ClinicalTime,
	nowMs: number,
	path = ''
): Invalid | undefined {
	return (
		checkSchema(immunizationSchema, immunization, `${path}immunization`) ??
		checkOccurred(occurred, nowMs, `${path}occurred`, immunization.fromPaper === true)
	);
}
