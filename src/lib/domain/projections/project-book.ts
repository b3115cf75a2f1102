/**
 * `projectBook`: what a book says, computed from its entries by one pure function. The same entries give
 * the same view in any order and any repetition, on every device; the view is a cache that can be
 * thrown away at any time.
 */
import type { BookEntry } from '../book/book-entry.ts';
import type { BookId } from '../ids.ts';
import type { ClinicalDate } from '../time/clinical-time.ts';
import { createActivity } from './activity.ts';
import type { BookView } from './book-view.ts';
import { projectConflicts } from './conflicts.ts';
import { createEntrySet } from './entry-set.ts';
import { projectHeader } from './header.ts';
import { projectFacts } from './heads.ts';
import { projectMeasurements } from './measurements.ts';
import { joinedBooks } from './joined-books.ts';
import { createThreads } from './threads.ts';
import { projectTimeline } from './timeline.ts';
import { projectVaccinations, type IsProductKnown } from './vaccination-card.ts';

export interface ProjectionDeps {
	/** Is this code in the catalogue of vaccine products valid on that day? */
	isProductKnown: IsProductKnown;
	/** The day it is in Vietnam: which guardian links are in force. */
	today: ClinicalDate;
}

/**
 * The view of one book. `entries` are all entries of the book that this device holds (or those of joined
 * books, to show them as one), in any order; repeated ones count once.
 */
export function projectBook(
	book: BookId,
	entries: Iterable<BookEntry>,
	deps: ProjectionDeps
): BookView {
	const set = createEntrySet(entries);
	const activity = createActivity(set);
	const threads = createThreads(set, activity);
	const facts = projectFacts(set, activity);
	return {
		book,
		header: projectHeader(facts, threads, deps.today),
		timeline: projectTimeline(set, activity, threads),
		measurements: projectMeasurements(threads),
		conflicts: projectConflicts(set, activity, facts, threads),
		vaccinations: projectVaccinations(threads, deps.isProductKnown),
		joined: joinedBooks(threads),
		needsUpdate: activity.unreadable.map((entry) => entry.id)
	};
}
