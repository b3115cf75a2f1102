/**
 * What a segment holds. Books of a first sync come by the thousand and most are not looked at for months: kept
 * some together in one row they cost one sealing and one write, not one each. Small, because whoever opens
 * one of the books unseals the whole row; a book that is long for this lies alone from the beginning.
 */
import type { BookId } from '#lib/domain/ids.ts';
import { pack, packedLength, packGroups, unpackUntilCut, type Packable } from './packing.ts';
import type { BookRow, NewBook, SegmentHeadRow, SegmentRow } from './tables.ts';

const SEGMENT_BYTES_MAX = 32 * 1024;
const BOOK_BYTES_MAX = 8 * 1024;
/** A few new books are soon written to. */
const BOOKS_FOR_SEGMENTS_MIN = 8;
/** Cannot be read as packed entries: a book of which nothing can be found. */
const DAMAGED = Uint8Array.of(0);

interface Segment {
	head: SegmentHeadRow;
	body: SegmentRow;
}

/** Which books lie alone, and which together. */
export function inSegments(books: NewBook[]): { alone: NewBook[]; together: NewBook[][] } {
	const lengths = new Map(books.map((one) => [one, packedLength(one.entries)]));
	const isSmall = (one: NewBook): boolean => (lengths.get(one) ?? 0) <= BOOK_BYTES_MAX;
	const small = books.filter(isSmall);
	if (small.length < BOOKS_FOR_SEGMENTS_MIN) return { alone: books, together: [] };
	const together: NewBook[][] = [];
	let current: NewBook[] = [];
	let bytes = 0;
	for (const one of small) {
		const length = lengths.get(one) ?? 0;
		if (current.length === 0 || bytes + length > SEGMENT_BYTES_MAX) {
			current = [];
			bytes = 0;
			together.push(current);
		}
		current.push(one);
		bytes += length;
	}
	return { alone: books.filter((one) => !isSmall(one)), together };
}

export function newRow({ book, entries }: NewBook, rev: number): BookRow {
	return { book, rev, count: entries.length, packed: pack(entries) };
}

export function newSegment(segment: number, books: NewBook[], rev: number): Segment {
	const groups = books.map(({ book, entries }) => ({ id: book, records: entries }));
	return {
		head: {
			segment,
			rev,
			books: books.map(({ book }) => book),
			counts: books.map(({ entries }) => entries.length),
			moved: []
		},
		body: { segment, packed: packGroups(groups) }
	};
}

/** The row of a book as it would stand alone. The segment is opened when somebody looks at the entries. */
export function rowIn(
	{ rev, books, counts }: SegmentHeadRow,
	book: BookId,
	recordsOf: () => ReadonlyMap<BookId, Uint8Array>
): BookRow {
	return {
		book,
		rev,
		count: counts[books.indexOf(book)] ?? 0,
		get packed() {
			return recordsOf().get(book) ?? DAMAGED;
		}
	};
}

/** The head when these books stand there no longer. `isOld`: what the segment holds of them stays behind. */
export function headWithout(
	head: SegmentHeadRow,
	gone: ReadonlySet<BookId>,
	{ isOld }: { isOld: boolean }
): SegmentHeadRow {
	const stays = head.books.map((book) => !gone.has(book));
	return {
		...head,
		books: head.books.filter((_, at) => stays[at]),
		counts: head.counts.filter((_, at) => stays[at]),
		moved: isOld ? [...head.moved, ...head.books.filter((_, at) => stays[at] !== true)] : []
	};
}

/** What is whole of it, of the books that its head names. */
export function bodyOf(
	{ segment, books }: SegmentHeadRow,
	records: ReadonlyMap<BookId, Uint8Array>
): SegmentRow {
	const kept = books.flatMap((book): Packable<BookId>[] => {
		const bytes = records.get(book);
		return bytes === undefined ? [] : [{ id: book, bytes }];
	});
	return { segment, packed: pack(kept) };
}

/** Packed entries by book, up to where a broken disk cut or altered the segment. */
export function recordsIn(body: SegmentRow | undefined): Map<BookId, Uint8Array> {
	const records = body === undefined ? [] : unpackUntilCut<BookId>(body.packed);
	return new Map(records.map(({ id, bytes }) => [id, bytes]));
}
