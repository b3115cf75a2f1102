/** Pages of a snapshot, from books in memory. */
import type { BookId } from '#lib/domain/ids.ts';
import { indexFrom } from './memory-feeds.ts';
import type { LogEntry, SnapshotPage, SnapshotPosition } from './storage.ts';

/** `members`: by book id, newest first, each with how many entries it had. */
export function snapshotPage(
	members: { book: BookId; n: number }[],
	entriesOf: (book: BookId) => LogEntry[],
	after: SnapshotPosition | undefined,
	bytesMax: number
): SnapshotPage {
	const from = after === undefined ? 0 : indexFrom(members, after.book);
	const page: SnapshotPage = { books: [], booksLeft: 0 };
	let bytes = 0;
	for (const [index, { book, n }] of members.slice(from).entries()) {
		const booksLeft = members.length - from - index;
		const skip = book === after?.book ? after.entriesSent : 0;
		if (bytes >= bytesMax) return { ...page, next: { book, entriesSent: skip }, booksLeft };
		const whole = entriesOf(book).slice(skip, n);
		const entries = withinBytes(whole, bytesMax - bytes);
		bytes += entries.reduce((sum, entry) => sum + entry.bytes.length, 0);
		if (entries.length > 0) page.books.push({ book, entries });
		if (entries.length < whole.length)
			return { ...page, next: { book, entriesSent: skip + entries.length }, booksLeft };
	}
	return page;
}

export function withinBytes(entries: LogEntry[], bytesMax: number): LogEntry[] {
	return fitting(entries, bytesMax, ({ bytes }) => bytes.length);
}

/** As many as fit, at least one. */
export function fitting<T>(items: T[], bytesMax: number, bytesOf: (item: T) => number): T[] {
	let bytes = 0;
	const end = items.findIndex((item, index) => {
		bytes += bytesOf(item);
		return index > 0 && bytes > bytesMax;
	});
	return end === -1 ? items : items.slice(0, end);
}
