import type { Referral } from '#lib/domain/book/referral.ts';
import type { BookId } from '#lib/domain/ids.ts';
import type { ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import type { UseCaseDeps } from './deps.ts';
import { recordContent } from './record-content.ts';
import type { EndsDraft, SaveOutcome } from './save-entry.ts';

/** Records a letter of referral; `referral.visit` names the visit in which it was written. */
export function recordReferral(
	deps: UseCaseDeps,
	input: { book: BookId; referral: Referral; occurred: ClinicalTime },
	endsDraft?: EndsDraft
): Promise<SaveOutcome> {
	const content = { kind: 'referral' as const, body: input.referral };
	return recordContent(deps, input.book, content, input.occurred, endsDraft);
}
