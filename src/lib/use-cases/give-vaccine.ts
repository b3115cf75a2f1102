import type { Immunization } from '#lib/domain/book/immunization.ts';
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import type { ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import { checkDose, checkInLifetime } from './check-content.ts';
import { birthsIn } from './check-input.ts';
import type { UseCaseDeps } from './deps.ts';
import { latestNow } from './latest-now.ts';
import {
	saveTogether,
	type EndsDraft,
	type JointAct,
	type Part,
	type Saved,
	type SaveFailure
} from './save-entry.ts';

export interface DoseToRecord {
	immunization: Immunization;
	occurred: ClinicalTime;
}

export interface DosesToRecord extends DoseToRecord {
	book: BookId;
	/** Given in the same sitting. */
	others?: DoseToRecord[];
}

export type DosesSaved = Saved & { others: EntryId[] };

/** Records the doses of one sheet, all of them or none. Only what is copied from a paper book may have a date
 * that is not full. */
export async function giveVaccine(
	deps: UseCaseDeps,
	{ book, immunization, occurred, others = [] }: DosesToRecord,
	endsDraft?: EndsDraft
): Promise<DosesSaved | SaveFailure> {
	const doses = [{ immunization, occurred }, ...others];
	const nowMs = await latestNow(deps);
	for (const dose of doses) {
		const wrong = checkDose(dose.immunization, dose.occurred, nowMs);
		if (wrong !== undefined) return wrong;
	}
	const act: JointAct = ([opened]) => {
		const births = birthsIn(opened?.entries ?? []);
		for (const dose of doses) {
			const wrong = checkInLifetime({ kind: 'immunization' }, dose.occurred, births);
			if (wrong !== undefined) return wrong;
		}
		return [partOf(book, { immunization, occurred }), ...others.map((dose) => partOf(book, dose))];
	};
	const outcome = await saveTogether(deps, [book], act, { endsDraft });
	if (outcome.type !== 'saved') return outcome;
	const [first, ...rest] = outcome.entries;
	return { type: 'saved', ...first, others: rest.map(({ id }) => id) };
}

function partOf(book: BookId, { immunization, occurred }: DoseToRecord): Part {
	return { book, state: () => ({ kind: 'immunization', body: immunization, occurred }) };
}
