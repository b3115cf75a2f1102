import type { BookEntry } from '#lib/domain/book/book-entry.ts';
import { BASED_ON_MAX, type Basis } from '#lib/domain/book/envelope.ts';
import { factsSchema, isFactName, type Facts } from '#lib/domain/book/facts.ts';
import type { BookId } from '#lib/domain/ids.ts';
import { createActivity } from '#lib/domain/projections/activity.ts';
import { createEntrySet } from '#lib/domain/projections/entry-set.ts';
import { projectFacts } from '#lib/domain/projections/heads.ts';
import { clinicalTimeOf, type ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import { checkBirthDate, checkOccurred, checkSchema } from './check-input.ts';
import type { UseCaseDeps } from './deps.ts';
import { latestNow } from './latest-now.ts';
import { saveEntry, type SaveOutcome, type Statement } from './save-entry.ts';

/** Data of the book, not a message of the app: read by people whatever language their app speaks. */
const CHOSEN_AMONG_SEVERAL = 'Đã xem các giá trị khác nhau và chọn giá trị này';

/**
 * States facts, based on what the book holds of them now. Where it held several values, this is the
 * decision between them: `reason` says why.
 */
export async function recordFacts(
	deps: UseCaseDeps,
	input: { book: BookId; facts: Facts; occurred?: ClinicalTime; reason?: string }
): Promise<SaveOutcome> {
	const nowMs = await latestNow(deps);
	const occurred = input.occurred ?? clinicalTimeOf(deps.clock.nowMs());
	const wrong =
		checkSchema(factsSchema, input.facts, 'facts') ??
		checkBirthDate(input.facts.birthDate, nowMs, 'facts.birthDate') ??
		checkOccurred(occurred, nowMs, 'occurred');
	if (wrong !== undefined) return wrong;
	return saveEntry(deps, input.book, ({ entries }) => ({
		kind: 'facts',
		body: input.facts,
		occurred,
		...basisOf(input.facts, entries, input.reason)
	}));
}

function basisOf(
	facts: Facts,
	entries: readonly BookEntry[],
	reason: string | undefined
): Pick<Statement, 'effect' | 'basedOn' | 'reason'> {
	const set = createEntrySet(entries);
	const views = projectFacts(set, createActivity(set));
	const stated = Object.keys(facts).filter(isFactName);
	const basedOn = stated.flatMap((fact): Basis[] =>
		(views[fact]?.heads ?? []).flatMap((head) => head.sources.map(({ id }) => ({ id, fact })))
	);
	if (basedOn.length === 0) return {};
	// What does not fit stays a head, that is a visible conflict: nothing is lost by the limit.
	const basis = { basedOn: basedOn.slice(0, BASED_ON_MAX) };
	const isDecision = stated.some((fact) => (views[fact]?.heads.length ?? 0) > 1);
	if (isDecision) return { ...basis, effect: 'resolves', reason: reason ?? CHOSEN_AMONG_SEVERAL };
	return { ...basis, effect: 'replaces', ...(reason === undefined ? {} : { reason }) };
}
