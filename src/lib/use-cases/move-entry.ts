/**
 * "Recorded in the wrong book": voids it here and records it there, in one transaction, so that no crash
 * can leave it in both books or in neither. Each book only learns that there is another one: the words
 * of the void stay in this book, and the other gets words that name nobody.
 */
import { isEntryOf, type BookEntry, type EntryOf } from '#lib/domain/book/book-entry.ts';
import type { KnownContent } from '#lib/domain/book/content.ts';
import { BASED_ON_MAX, type Label } from '#lib/domain/book/envelope.ts';
import { MOVE_REASON_LENGTH_MAX, MOVED_IN, movedOutReason } from '#lib/domain/book/reasons.ts';
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import { createActivity } from '#lib/domain/projections/activity.ts';
import { createEntrySet } from '#lib/domain/projections/entry-set.ts';
import { createThreads, type Thread } from '#lib/domain/projections/threads.ts';
import { clinicalTimeOf, type ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import { labelOf } from '#lib/domain/access/restricted.ts';
import type { Session } from '#lib/vault/vault.ts';
import type { OpenBook } from './book-reader.ts';
import { checkInLifetime, isCorrectable, type CorrectableContent } from './check-content.ts';
import { birthsIn, checkOccurred, invalid, type Invalid } from './check-input.ts';
import { checkReason, targetsOf, type Targets } from './correction.ts';
import type { UseCaseDeps } from './deps.ts';
import { latestNow } from './latest-now.ts';
import { saveTogether, type Part, type SaveFailure, type SaveOutcome } from './save-entry.ts';
import { standingOf, voidOf } from './void-entry.ts';

export interface Move {
	book: BookId;
	/** The version that is true of the other person. */
	id: EntryId;
	/** All versions the author saw, that one too: none of them stays in this book. */
	versions: EntryId[];
	to: BookId;
	reason: string;
}

/** Answers with the new entry in the other book. What was prescribed or written in a visit goes with it. */
export async function moveEntry(deps: UseCaseDeps, move: Move): Promise<SaveOutcome> {
	if (move.to === move.book) return invalid('to', 'same-book');
	const wrong = checkReason(move.reason, MOVE_REASON_LENGTH_MAX);
	if (wrong !== undefined) return wrong;
	const nowMs = await latestNow(deps);
	const saidAt = clinicalTimeOf(deps.clock.nowMs());
	const outcome = await saveTogether(deps, [move.book, move.to], ([here, there], { staff }) =>
		here === undefined || there === undefined
			? { type: 'no-such-book' }
			: partsOf(move, { here, there }, { staff, nowMs, saidAt })
	);
	if (outcome.type !== 'saved') return outcome;
	return { type: 'saved', ...outcome.entries[0] };
}

/** The new entries first: should the server get only some of them, it is in both books, never in none. */
function partsOf(
	{ id, versions, to, book, reason }: Move,
	{ here, there }: { here: OpenBook; there: OpenBook },
	{ staff, nowMs, saidAt }: { staff: Session['staff']; nowMs: number; saidAt: ClinicalTime }
): [Part, ...Part[]] | SaveFailure {
	const targets = targetsOf(staff, here.entries, [id, ...versions]);
	if ('type' in targets) return targets;
	const [entry] = targets;
	const standing = standingOf(here.entries, targets);
	if (standing?.[0] !== entry) return invalid('ids', 'already-voided');
	const { content } = entry;
	if (content.kind === 'unknown' || !isCorrectable(content)) return invalid('ids', 'cannot-move');
	const moved = movedContent(content);
	const wrong = checkThere(moved, entry, there, nowMs);
	if (wrong !== undefined) return wrong;
	const written = writtenIn(here.entries, targets);
	const away: Targets = [...standing, ...written.flatMap(({ versions }) => versions)];
	if (away.length > BASED_ON_MAX) return invalid('ids', 'too-many');
	const voided = voidOf(away, movedOutReason(reason), saidAt);
	if ('type' in voided) return voided;
	const { occurred } = entry.envelope;
	const recorded: Part = {
		book: to,
		label: labelHere(content, targets, here),
		state: () => ({ ...moved, occurred, reason: MOVED_IN })
	};
	const others = written.map((thread) => writtenPart(to, thread, here));
	return [recorded, ...others, { book, state: () => voided }];
}

/** The other person was perhaps not yet born then. What else stands in the book is moved as it stands. */
function checkThere(
	content: CorrectableContent,
	{ envelope: { occurred } }: BookEntry,
	there: OpenBook,
	nowMs: number
): Invalid | undefined {
	return (
		checkOccurred(occurred, nowMs, 'occurred', true) ??
		checkInLifetime(content, occurred, birthsIn(there.entries))
	);
}

/** What goes without its visit names none: ids of one book mean nothing in another. */
function movedContent(content: CorrectableContent): CorrectableContent {
	if (content.kind === 'prescription') {
		const { visit: _visit, ...body } = content.body;
		return { kind: content.kind, body };
	}
	if (content.kind === 'referral') {
		const { visit: _visit, ...body } = content.body;
		return { kind: content.kind, body };
	}
	return content;
}

/** What is restricted in this book, by itself or by what it stands with, stays restricted in the other. */
function labelHere(
	content: KnownContent,
	versions: readonly BookEntry[],
	{ entries }: OpenBook
): Label {
	return labelOf({ content, basedOn: versions.map(({ id }) => ({ id })) }, entries);
}

type Written = Thread & { shown: EntryOf<'prescription'> | EntryOf<'referral'> };

/** The prescriptions and letters of these visits. */
function writtenIn(entries: readonly BookEntry[], visits: Targets): Written[] {
	if (visits[0].content.kind !== 'visit') return [];
	const ids = new Set(visits.map(({ id }) => id));
	const set = createEntrySet(entries);
	const activity = createActivity(set);
	return createThreads(set, activity).filter((thread): thread is Written => {
		const { shown, heads } = thread;
		if (heads.length === 0) return false;
		if (!isEntryOf(shown, 'prescription') && !isEntryOf(shown, 'referral')) return false;
		return shown.content.body.visit !== undefined && ids.has(shown.content.body.visit);
	});
}

function writtenPart(book: BookId, { shown, versions }: Written, here: OpenBook): Part {
	const { content } = shown;
	const { occurred } = shown.envelope;
	return {
		book,
		label: labelHere(content, versions, here),
		state: ([visit]) => {
			const ofVisit = visit === undefined ? {} : { visit };
			return content.kind === 'referral'
				? { kind: content.kind, body: { ...content.body, ...ofVisit }, occurred, reason: MOVED_IN }
				: { kind: content.kind, body: { ...content.body, ...ofVisit }, occurred, reason: MOVED_IN };
		}
	};
}
