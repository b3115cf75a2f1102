/** Which other books a book says are of the same person, or are not. */
import { isEntryOf, type BookEntry } from '../book/book-entry.ts';
import type { BookId } from '../ids.ts';
import { createActivity } from './activity.ts';
import { createEntrySet } from './entry-set.ts';
import { createThreads, type Thread } from './threads.ts';

type Saying = 'samePerson' | 'differentPerson';

export function joinedBooks(threads: readonly Thread[]): BookId[] {
	return booksSaid('samePerson', threads);
}

/** The same of entries. Most books are joined to none, and cost one look at each entry. */
export function joinedIn(entries: readonly BookEntry[]): BookId[] {
	return saidIn('samePerson', entries);
}

/** Books that look alike and of which somebody said that they are of other people. */
export function differentIn(entries: readonly BookEntry[]): BookId[] {
	return saidIn('differentPerson', entries);
}

function booksSaid(kind: Saying, threads: readonly Thread[]): BookId[] {
	const books = new Set<BookId>();
	for (const entry of threads.flatMap((thread) => thread.heads))
		if (isEntryOf(entry, kind)) books.add(entry.content.body.other);
	return [...books].sort();
}

function saidIn(kind: Saying, entries: readonly BookEntry[]): BookId[] {
	if (!entries.some((entry) => isEntryOf(entry, kind))) return [];
	const set = createEntrySet(entries);
	return booksSaid(kind, createThreads(set, createActivity(set)));
}
