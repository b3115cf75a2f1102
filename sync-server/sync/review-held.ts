/**
 * A person decides about an entry that was refused. Releasing sends it through admission once more, as if
 * whoever decides had brought it: its author, signature, form and right are judged anew, and it is stored only
 * if all of them hold now.
 */
import type { EntryId, PersonId } from '#lib/domain/ids.ts';
import type { PushedEntry } from '#lib/protocol/messages.ts';
import type { Actor } from '../auth/device-token.ts';
import type { HeldEntry, Review, ReviewResult } from '../storage/storage.ts';
import { judgeEntries, type AdmissionDeps } from './admit-entry.ts';
import type { Verdict } from './judge-entry.ts';

export interface Reviewer extends Actor {
	person: PersonId;
}

export interface Decision {
	number: number;
	entry: EntryId;
	outcome: Review['outcome'];
	note: string;
}

export type ReviewAnswer =
	| Exclude<ReviewResult, { type: 'refused' }>
	/** Admission does not let it in now either; it waits as before. */
	| { type: 'refused'; code: string };

type Deps = Pick<AdmissionDeps, 'storage' | 'examiner' | 'clock' | 'onAccepted'>;

export async function reviewHeld(
	deps: Deps,
	reviewer: Reviewer,
	decision: Decision
): Promise<ReviewAnswer> {
	const held = await deps.storage.readHeld(reviewer.facility, decision.number);
	if (held?.id !== decision.entry) return { type: 'not-found' };
	const verdict = await judgeAgain(deps, reviewer, held);
	const isReleased = decision.outcome === 'released';
	if (isReleased && verdict.type !== 'append') return { type: 'refused', code: verdict.code };
	const append = isReleased && verdict.type === 'append' ? verdict.entry : undefined;
	const result = await deps.storage.review({
		...decision,
		...reviewer,
		at: deps.clock.nowMs(),
		...(verdict.type === 'append' && { book: verdict.entry.book }),
		...(append && { append })
	});
	if (result.type === 'reviewed' && append !== undefined) deps.onAccepted?.([append]);
	return result;
}

async function judgeAgain(
	deps: Deps,
	reviewer: Reviewer,
	{ bytes, signature }: HeldEntry
): Promise<Verdict> {
	const pushed: PushedEntry = { entry: bytes, signature };
	const { verdicts } = await judgeEntries(deps, { ...reviewer, isBlocked: false }, [pushed]);
	const [verdict] = verdicts;
	if (verdict === undefined) throw new Error('every entry has a verdict');
	return verdict;
}
