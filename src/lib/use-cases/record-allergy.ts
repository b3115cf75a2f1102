import { allergySchema, type Allergy } from '#lib/domain/book/allergy.ts';
import type { BookId } from '#lib/domain/ids.ts';
import { clinicalTimeOf } from '#lib/domain/time/clinical-time.ts';
import { checkOccurred, checkSchema } from './check-input.ts';
import type { UseCaseDeps } from './deps.ts';
import { latestNow } from './latest-now.ts';
import { saveEntry, type SaveOutcome } from './save-entry.ts';

/** Records an allergy or contraindication, or that somebody asked today and none is known. */
export async function recordAllergy(
	deps: UseCaseDeps,
	{ book, allergy }: { book: BookId; allergy: Allergy }
): Promise<SaveOutcome> {
	const nowMs = deps.clock.nowMs();
	const wrong =
		checkSchema(allergySchema, allergy, 'allergy') ?? checkSince(allergy, await latestNow(deps));
	if (wrong !== undefined) return wrong;
	return saveEntry(deps, book, () => ({
		kind: 'allergy',
		body: allergy,
		occurred: clinicalTimeOf(nowMs)
	}));
}

function checkSince(allergy: Allergy, nowMs: number) {
	if (allergy.finding !== 'allergy' || allergy.since === undefined) return undefined;
	return checkOccurred(allergy.since, nowMs, 'allergy.since', true);
}
