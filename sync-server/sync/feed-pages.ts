/**
 * The pages of a facility's feed. A new cursor gets a snapshot: the head is noted first, books come
 * newest first, then the log from the noted head, so nothing that happens meanwhile is missed. What a
 * page holds is judged when it is sent: a book whose membership has ended since is left out, and the
 * `leave` row that follows tells the device.
 */
import type { BookId } from '#lib/domain/ids.ts';
import { PAGE_BYTES_TARGET } from '#lib/protocol/limits.ts';
import type { FeedRow, ServerStorage } from '../storage/storage.ts';
import { createPageDraft, type PageDraft, type PageFrame, type PageRules } from './page.ts';
import { encodeToken, type Place } from './token.ts';

export const FEED_ROWS_PER_PAGE_MAX = 2_000;

export interface FeedReader {
	storage: ServerStorage;
	facility: string;
	epoch: Uint8Array;
	/** Feed number at which this answer stops: what came later is asked for again. */
	until: number;
	rules: PageRules;
}

export interface FeedPage {
	frame: PageFrame;
	place: Place;
}

/** The page after `place`; nothing when the device stands at `until`. */
export async function readFeedPage(
	reader: FeedReader,
	place: Place | undefined
): Promise<FeedPage | undefined> {
	if (place === undefined || place.at === 'snapshot') return readSnapshotPage(reader, place);
	if (place.seq >= reader.until) return undefined;
	return readLogPage(reader, place);
}

async function readSnapshotPage(
	{ storage, facility, epoch, until, rules }: FeedReader,
	place: Extract<Place, { at: 'snapshot' }> | undefined
): Promise<FeedPage> {
	const seq = place?.seq ?? until;
	const after = place && { book: place.book, entriesSent: place.entriesSent };
	const page = await storage.readSnapshot(facility, seq, after, PAGE_BYTES_TARGET);
	const members = await membersOf(
		storage,
		facility,
		page.books.map(({ book }) => book)
	);
	const draft = createPageDraft(rules);
	for (const { book, entries } of page.books) if (members.has(book)) draft.add(book, entries);
	const next: Place =
		page.next === undefined ? { at: 'log', seq } : { at: 'snapshot', seq, ...page.next };
	const token = encodeToken({ epoch, place: next });
	return { frame: draft.toFrame({ token, booksLeft: page.booksLeft }), place: next };
}

async function readLogPage(
	reader: FeedReader,
	place: Extract<Place, { at: 'log' | 'join' }>
): Promise<FeedPage> {
	const limits = { rowsMax: FEED_ROWS_PER_PAGE_MAX, bytesMax: PAGE_BYTES_TARGET };
	const read = await reader.storage.readFeed(reader.facility, place.seq, limits);
	const rows = read.filter((row) => row.seq <= reader.until);
	const members = await membersOf(
		reader.storage,
		reader.facility,
		rows.map((row) => row.book)
	);
	const draft = createPageDraft(reader.rules);
	// Rows that are not there any more cannot come again: the device goes on from where they ended.
	let at: Place = rows.length === 0 ? { at: 'log', seq: reader.until } : place;
	for (const row of rows) {
		at = await addRow(reader, draft, row, at, members.has(row.book));
		if (at.at === 'join' || draft.isFull()) break;
	}
	const token = encodeToken({ epoch: reader.epoch, place: at });
	return { frame: draft.toFrame({ token }), place: at };
}

/** Adds one row and answers where the device then stands. */
async function addRow(
	{ storage }: FeedReader,
	draft: PageDraft,
	row: FeedRow,
	before: Place,
	isMember: boolean
): Promise<Place> {
	const after: Place = { at: 'log', seq: row.seq };
	if (row.type === 'leave') draft.leave(row.book);
	if (row.type === 'leave' || !isMember) return after;
	if (row.type === 'entry') {
		draft.add(row.book, [row.entry]);
		return after;
	}
	const isResumed = before.at === 'join' && before.book === row.book;
	const sent = await addBook(storage, draft, row.book, isResumed ? before.entriesSent : 0, row.n);
	if (sent >= row.n) return after;
	return { at: 'join', seq: row.seq - 1, book: row.book, entriesSent: sent };
}

/** Adds the entries of a book from number `from` up to `to`, as many as the page takes. Answers how far
 * it came. */
export async function addBook(
	storage: ServerStorage,
	draft: PageDraft,
	book: BookId,
	from: number,
	to: number
): Promise<number> {
	let sent = from;
	while (sent < to && !draft.isFull()) {
		const bytesMax = PAGE_BYTES_TARGET - draft.bytes();
		const entries = await storage.readBook(book, { entriesSent: sent, bytesMax });
		if (entries.length === 0) return to;
		const wanted = entries.slice(0, to - sent);
		draft.add(book, wanted);
		sent += wanted.length;
	}
	return sent;
}

async function membersOf(
	storage: ServerStorage,
	facility: string,
	books: BookId[]
): Promise<Set<BookId>> {
	const distinct = [...new Set(books)];
	const are = await Promise.all(distinct.map((book) => storage.isMember(facility, book)));
	return new Set(distinct.filter((_, index) => are[index]));
}
