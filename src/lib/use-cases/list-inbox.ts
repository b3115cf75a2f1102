/**
 * What waits for a person on this device: where two places differ, and what the server sent back. Only the
 * books that the list of people knows to be in conflict are read, however many the device holds.
 */
import type { BookEntry } from '#lib/domain/book/book-entry.ts';
import type { FactName } from '#lib/domain/book/facts.ts';
import type { PersonSummary } from '#lib/domain/people/person-summary.ts';
import type {
	BookView,
	Conflict,
	FactHead,
	TimelineItem
} from '#lib/domain/projections/book-view.ts';
import { projectBook } from '#lib/domain/projections/project-book.ts';
import { clinicalDateOf } from '#lib/domain/time/clinical-time.ts';
import { readStoredEntry } from '#lib/entry/stored-entry.ts';
import type { StoredBook } from '#lib/storage/port.ts';
import type { UseCaseDeps } from './deps.ts';
import { listRefused, type RefusedLine } from './list-outbox.ts';
import { readNames, type Names } from './read-names.ts';

/** Something to decide in a book. Only a fact is a choice; of an event or an allergy nothing is chosen away. */
export type ToDecide =
	| { type: 'fact'; fact: FactName; heads: FactHead<FactName>[] }
	| { type: 'amended-twice' | 'amended-and-voided'; item: TimelineItem };

export interface UndecidedBook {
	person: PersonSummary;
	toDecide: ToDecide[];
}

/** With the names met in it. */
export interface Inbox extends Names {
	/** In the order of names. */
	undecided: UndecidedBook[];
	/** Books in conflict that are not among them, because there are too many. */
	moreBooks: number;
	/** Oldest first. */
	refused: RefusedLine[];
}

export const INBOX_BOOKS_MAX = 50;

/** Nothing while nobody is signed in. */
export async function listInbox(deps: UseCaseDeps): Promise<Inbox | undefined> {
	if (deps.vault.session() === undefined) return undefined;
	const people = deps.people.inConflict();
	const shown = people.slice(0, INBOX_BOOKS_MAX);
	const stored = await deps.storage.readBooks(shown.map(({ book }) => book));
	const byBook = new Map(stored.map((one) => [one.book, entriesOf(one)]));
	const undecided = shown.flatMap((person) => {
		const toDecide = toDecideIn(deps, person, byBook.get(person.book) ?? []);
		return toDecide.length === 0 ? [] : [{ person, toDecide }];
	});
	const { lines: refused, entries } = await listRefused(deps);
	const names = await readNames(deps, [...[...byBook.values()].flat(), ...entries]);
	// Locked while it was computed: what was read must not leave the worker.
	if (deps.vault.session() === undefined) return undefined;
	return { undecided, moreBooks: people.length - shown.length, refused, ...names };
}

function entriesOf({ book, entries }: StoredBook): BookEntry[] {
	return entries.map((entry) => readStoredEntry(book, entry));
}

function toDecideIn(
	{ isProductKnown, clock }: UseCaseDeps,
	{ book }: PersonSummary,
	entries: readonly BookEntry[]
): ToDecide[] {
	const today = clinicalDateOf(clock.nowMs());
	const view = projectBook(book, entries, { isProductKnown, today });
	return view.conflicts.flatMap((conflict) => toDecideOf(conflict, view));
}

function toDecideOf(conflict: Conflict, { timeline }: BookView): ToDecide[] {
	if (conflict.type === 'fact') return [conflict];
	const id = conflict.type === 'amended-twice' ? conflict.versions[0] : conflict.amended;
	const item = timeline.find(
		(line) => line.id === id || line.versions.some((version) => version.id === id)
	);
	return item === undefined ? [] : [{ type: conflict.type, item }];
}
