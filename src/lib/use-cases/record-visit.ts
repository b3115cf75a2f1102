import type { PrescribedDrug } from '#lib/domain/book/prescription.ts';
import type { Visit } from '#lib/domain/book/visit.ts';
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import type { ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import { checkContent, checkInLifetime, type CorrectableContent } from './check-content.ts';
import { birthsIn } from './check-input.ts';
import type { UseCaseDeps } from './deps.ts';
import { VISIT_FORM } from './drafts.ts';
import { latestNow } from './latest-now.ts';
import { saveTogether, type Part, type Saved, type SaveFailure } from './save-entry.ts';

export interface VisitToRecord {
	book: BookId;
	visit: Visit;
	/** What was prescribed in it. */
	drugs?: PrescribedDrug[];
	occurred: ClinicalTime;
}

export type VisitSaved = Saved & { prescription?: EntryId };

/**
 * Records a visit as signed, with its prescription: two entries, written at once and together, or not at
 * all. The draft of it on this device goes in the same transaction.
 */
export async function recordVisit(
	deps: UseCaseDeps,
	{ book, visit, drugs = [], occurred }: VisitToRecord
): Promise<VisitSaved | SaveFailure> {
	const contents: CorrectableContent[] = [
		{ kind: 'visit', body: visit },
		...(drugs.length > 0 ? [{ kind: 'prescription' as const, body: { drugs } }] : [])
	];
	const nowMs = await latestNow(deps);
	for (const content of contents) {
		const wrong = checkContent(content, occurred, nowMs);
		if (wrong !== undefined) return wrong;
	}
	const outcome = await saveTogether(
		deps,
		[book],
		([opened]) => {
			if (opened === undefined) return { type: 'no-such-book' };
			const wrong = checkInLifetime({ kind: 'visit' }, occurred, birthsIn(opened.entries));
			return wrong ?? partsOf(book, { visit, drugs, occurred });
		},
		{ endsDraft: { book, form: VISIT_FORM } }
	);
	if (outcome.type !== 'saved') return outcome;
	const [first, prescription] = outcome.entries;
	return { type: 'saved', ...first, ...(prescription && { prescription: prescription.id }) };
}

function partsOf(
	book: BookId,
	{ visit, drugs, occurred }: Required<Omit<VisitToRecord, 'book'>>
): [Part, ...Part[]] {
	const ofVisit: Part = { book, state: () => ({ kind: 'visit', body: visit, occurred }) };
	if (drugs.length === 0) return [ofVisit];
	const ofDrugs: Part = {
		book,
		state: ([id]) => ({
			kind: 'prescription',
			body: { drugs, ...(id && { visit: id }) },
			occurred
		})
	};
	return [ofVisit, ofDrugs];
}
