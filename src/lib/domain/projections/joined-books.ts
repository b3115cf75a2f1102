/** Which other books a book says are of the same person. */
import { isEntryOf, type BookEntry } from '../book/book-entry.ts';
import type { BookId } from '../ids.ts';
import { createActivity } from './activity.ts';
import { createEntrySet } from './entry-set.ts';
import { createThreads, type Thread } from './threads.ts';

export function joinedBooks(threads: readonly Thread[]): BookId[] {
	const joined = new Set<BookId>();
	for (const entry of threads.flatMap((thread) => thread.heads))
		if (isEntryOf(entry, 'samePerson')) joined.add(entry.content.body.other);
	return [...joined].sort();
}

/** The same of entries. Most books are joined to none, and cost one look at each entry. */
export function joinedIn(entries: readonly BookEntry[]): BookId[] {
	if (!entries.some((entry) => isEntryOf(entry, 'samePerson'))) return [];
	const set = createEntrySet(entries);
	return joinedBooks(createThreads(set, createActivity(set)));
}
