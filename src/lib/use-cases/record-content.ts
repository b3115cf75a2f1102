import type { BookId } from '#lib/domain/ids.ts';
import type { ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import { checkContent, checkInLifetime, type CorrectableContent } from './check-content.ts';
import { birthsIn } from './check-input.ts';
import type { UseCaseDeps } from './deps.ts';
import { latestNow } from './latest-now.ts';
import { saveEntry, type EndsDraft, type SaveOutcome } from './save-entry.ts';

/** Records something new in a book. */
export async function recordContent(
	deps: UseCaseDeps,
	book: BookId,
	content: CorrectableContent,
	occurred: ClinicalTime,
	endsDraft?: EndsDraft
): Promise<SaveOutcome> {
	const wrong = checkContent(content, occurred, await latestNow(deps));
	if (wrong !== undefined) return wrong;
	return saveEntry(
		deps,
		book,
		({ entries }) =>
			checkInLifetime(content, occurred, birthsIn(entries)) ?? { ...content, occurred },
		{ endsDraft }
	);
}
