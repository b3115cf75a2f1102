import { isEntryOf, type BookEntry } from '#lib/domain/book/book-entry.ts';
import { BASED_ON_MAX, type Basis } from '#lib/domain/book/envelope.ts';
import { factsSchema, statedFacts, type FactName, type Facts } from '#lib/domain/book/facts.ts';
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import { factHeads } from '#lib/domain/projections/heads.ts';
import type { SeenHeads } from '#lib/domain/projections/seen-heads.ts';
import { clinicalTimeOf, type ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import { checkBirthDate, checkOccurred, checkSchema } from './check-input.ts';
import type { UseCaseDeps } from './deps.ts';
import { latestNow } from './latest-now.ts';
import {
	saveEntry,
	type Act,
	type EndsDraft,
	type SaveOutcome,
	type Statement
} from './save-entry.ts';

/** Data of the book, not a message of the app: read by people whatever language their app speaks. */
const CHOSEN_AMONG_SEVERAL = 'Đã xem các giá trị khác nhau và chọn giá trị này';

export interface FactsToRecord {
	book: BookId;
	facts: Facts;
	/** What the author saw of these facts. Heads that came later stand beside the new value. */
	seen: SeenHeads;
	occurred?: ClinicalTime;
	reason?: string;
	/** The entry that these facts put right: all of it that stood is among them. */
	corrects?: EntryId;
}

/**
 * States facts, based on what their author saw of them. Where that was several values, this is the
 * decision between them: `reason` says why.
 */
export async function recordFacts(
	deps: UseCaseDeps,
	input: FactsToRecord,
	endsDraft?: EndsDraft
): Promise<SaveOutcome> {
	const nowMs = await latestNow(deps);
	const occurred = input.occurred ?? clinicalTimeOf(deps.clock.nowMs());
	const wrong =
		checkSchema(factsSchema, input.facts, 'facts') ??
		checkBirthDate(input.facts.birthDate, nowMs, 'facts.birthDate') ??
		checkOccurred(occurred, nowMs, 'occurred');
	if (wrong !== undefined) return wrong;
	return saveBasedOn(deps, input, occurred, endsDraft);
}

/**
 * More heads than one entry may name take several entries: each states the same facts, based on the one
 * before it and on the next heads, so that at the end one value stands.
 */
async function saveBasedOn(
	deps: UseCaseDeps,
	input: FactsToRecord,
	occurred: ClinicalTime,
	endsDraft: EndsDraft | undefined
): Promise<SaveOutcome> {
	let before: EntryId | undefined;
	let from = 0;
	for (;;) {
		const previous: Basis[] = before === undefined ? [] : [{ id: before }];
		const to = from + BASED_ON_MAX - previous.length;
		let isLast = true;
		const act: Act = ({ entries }) => {
			const seen = seenIn(entries, input);
			const bases = seen.flatMap(({ fact, sources }) => sources.map(({ id }) => ({ id, fact })));
			isLast = bases.length <= to;
			const basedOn = [...previous, ...bases.slice(from, to)];
			const isDecision = seen.some(({ fact, sources }) => factHeads(fact, sources).length > 1);
			return {
				kind: 'facts',
				body: input.facts,
				occurred,
				...basisOf(basedOn, isDecision, input.reason)
			};
		};
		const outcome = await saveEntry(deps, input.book, act, { endsDraft });
		if (outcome.type !== 'saved' || isLast) return outcome;
		before = outcome.id;
		from = to;
	}
}

/** Per fact stated, the seen entries that are here and state it too, in the order in which they were seen. */
function seenIn(
	entries: readonly BookEntry[],
	{ facts, seen }: FactsToRecord
): { fact: FactName; sources: BookEntry[] }[] {
	const byId = new Map(entries.map((entry) => [entry.id, entry]));
	return statedFacts(facts).map((fact) => ({
		fact,
		sources: [...new Set(seen[fact])].flatMap((id) => {
			const entry = byId.get(id);
			return entry !== undefined && doesState(entry, fact) ? [entry] : [];
		})
	}));
}

function doesState(entry: BookEntry, fact: FactName): boolean {
	return isEntryOf(entry, 'facts') && entry.content.body[fact] !== undefined;
}

/** To state one value after seeing several is to decide between them. */
function basisOf(
	basedOn: Basis[],
	isDecision: boolean,
	reason: string | undefined
): Pick<Statement, 'effect' | 'basedOn' | 'reason'> {
	if (basedOn.length === 0) return {};
	if (isDecision) return { basedOn, effect: 'resolves', reason: reason ?? CHOSEN_AMONG_SEVERAL };
	return { basedOn, effect: 'replaces', ...(reason === undefined ? {} : { reason }) };
}
