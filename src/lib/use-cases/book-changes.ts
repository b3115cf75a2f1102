/** Who wants to know when a book changes on this device. */
import type { BookId } from '#lib/domain/ids.ts';

export interface BookChanges {
	notify(books: Iterable<BookId>): void;
	/** Something that stands beside every book changed: who is signed in, what the server knows. */
	notifyAll(): void;
	/** The answer ends it. */
	subscribe(book: BookId, listener: () => void): () => void;
}

export function createBookChanges(): BookChanges {
	const listeners = new Map<BookId, Set<() => void>>();

	function notify(books: Iterable<BookId>): void {
		for (const book of books) for (const listener of [...(listeners.get(book) ?? [])]) listener();
	}

	return {
		notify,
		notifyAll: () => notify([...listeners.keys()]),
		subscribe: (book, listener) => {
			const ofBook = listeners.get(book) ?? new Set();
			listeners.set(book, ofBook.add(listener));
			return () => {
				ofBook.delete(listener);
				if (ofBook.size === 0) listeners.delete(book);
			};
		}
	};
}
