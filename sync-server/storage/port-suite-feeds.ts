/** Which feeds hold a book, what stands in them, and the snapshot a new cursor starts from. */
import { expect, it } from 'vitest';
import type { BookId } from '#lib/domain/ids.ts';
import { digestOf } from '#lib/entry/digest.ts';
import type { Facility } from '#lib/protocol/api.ts';
import { AT_MS, batchOf, bookId, entryOf, PLENTY } from './port-suite-material.ts';
import type { OpenNew } from './port-suite.ts';
import type { FeedRow, ServerStorage, SnapshotPosition } from './storage.ts';

const BOOK = bookId(1);
const OTHER = bookId(2);
const STATION = 'S0001';
const HOSPITAL = 'H0001';

export function feedTests(openNew: OpenNew): void {
	rowTests(openNew);
	membershipTests(openNew);
	dutyTests(openNew);
	headTests(openNew);
	snapshotTests(openNew);
}

function rowTests(openNew: OpenNew): void {
	it('joins the feed of a facility that writes, then delivers each entry once', async () => {
		const storage = await openNew();
		await storage.append(batchOf([entryOf(BOOK, 1), entryOf(BOOK, 2, { facility: STATION })]));
		await storage.append(batchOf([entryOf(BOOK, 3, { facility: STATION }), entryOf(OTHER, 1)]));
		expect(await rowsOf(storage, STATION)).toEqual(['join 1 of 2', 'entry 3']);
		expect(await storage.isMember(STATION, BOOK)).toBe(true);
		expect(await storage.isMember(STATION, OTHER)).toBe(false);
		expect(await storage.isMember(HOSPITAL, BOOK)).toBe(false);
		await storage.close();
	});

	it('begins further memberships with the entry that states them', async () => {
		const storage = await openNew();
		const begins = [{ facility: 'S0002', reason: 'registered' as const }];
		await storage.append(batchOf([entryOf(BOOK, 1, { facility: STATION, begins })]));
		await storage.append(batchOf([entryOf(BOOK, 2, { facility: STATION, begins })]));
		expect(await rowsOf(storage, 'S0002')).toEqual(['join 1 of 1', 'entry 2']);
		await storage.close();
	});

	it('has an empty feed for a facility it does not know', async () => {
		const storage = await openNew();
		expect(await storage.readFeedState('S9999')).toEqual({ head: 0, books: 0, digest: 0n });
		expect(await storage.readFeed('S9999', 0, PLENTY)).toEqual([]);
		expect(await storage.readSnapshot('S9999', 0, undefined, 1_000)).toEqual({
			books: [],
			booksLeft: 0
		});
		await storage.close();
	});

	it('ends a page of rows at its limits, with at least one row', async () => {
		const storage = await openNew();
		const entries = Array.from({ length: 6 }, (_, n) => entryOf(BOOK, n, { facility: STATION }));
		await storage.append(batchOf(entries));
		const one = await storage.readFeed(STATION, 1, { rowsMax: 10, bytesMax: 1 });
		expect(one.map(({ seq }) => seq)).toEqual([2]);
		const two = await storage.readFeed(STATION, 2, { rowsMax: 2, bytesMax: 1_000 });
		expect(two.map(({ seq }) => seq)).toEqual([3, 4]);
		expect(await storage.readFeed(STATION, 6, PLENTY)).toEqual([]);
		await storage.close();
	});
}

function membershipTests(openNew: OpenNew): void {
	it('joins with the first reason and leaves with the end of the last', async () => {
		const storage = await openNew();
		await storage.append(batchOf([entryOf(BOOK, 1)]));
		await storage.beginMembership(STATION, BOOK, 'registered', AT_MS);
		await storage.beginMembership(STATION, BOOK, 'registered', AT_MS + 1);
		await storage.beginMembership(STATION, BOOK, 'present-in-person', AT_MS + 2);
		await storage.endMembership(STATION, BOOK, 'registered', AT_MS + 3);
		expect(await storage.isMember(STATION, BOOK)).toBe(true);
		await storage.endMembership(STATION, BOOK, 'registered', AT_MS + 4);
		await storage.endMembership(STATION, BOOK, 'present-in-person', AT_MS + 5);
		await storage.append(batchOf([entryOf(BOOK, 2)]));
		expect(await rowsOf(storage, STATION)).toEqual(['join 1 of 1', 'leave']);
		expect(await storage.isMember(STATION, BOOK)).toBe(false);
		await storage.beginMembership(STATION, BOOK, 'registered', AT_MS + 3);
		expect(await rowsOf(storage, STATION)).toEqual(['join 1 of 1', 'leave', 'join 1 of 2']);
		await storage.close();
	});

	it('ends nothing for a book or a reason it does not know', async () => {
		const storage = await openNew();
		await storage.endMembership(STATION, BOOK, 'registered', AT_MS);
		await storage.append(batchOf([entryOf(BOOK, 1, { facility: STATION })]));
		await storage.endMembership(STATION, BOOK, 'registered', AT_MS);
		expect(await rowsOf(storage, STATION)).toEqual(['join 1 of 1']);
		await storage.close();
	});

	it('keeps the digest of a feed equal to the sum of its books', async () => {
		const storage = await openNew();
		const [a, b, c] = [entryOf(BOOK, 1), entryOf(BOOK, 2), entryOf(OTHER, 3)];
		await storage.append(batchOf([a]));
		await storage.beginMembership(STATION, BOOK, 'registered', AT_MS);
		await storage.append(batchOf([b, c]));
		expect(await storage.readFeedState(STATION)).toEqual({
			head: 2,
			books: 1,
			digest: digestOf([a.id, b.id])
		});
		await storage.beginMembership(STATION, OTHER, 'registered', AT_MS);
		await storage.endMembership(STATION, BOOK, 'registered', AT_MS);
		expect(await storage.readFeedState(STATION)).toEqual({
			head: 4,
			books: 1,
			digest: digestOf([c.id])
		});
		await storage.close();
	});
}

function dutyTests(openNew: OpenNew): void {
	it('brings what a station holds to the hospital on duty, now and later', async () => {
		const storage = await openNew();
		await storage.append(batchOf([entryOf(BOOK, 1, { facility: STATION })]));
		await storage.putFacility(facilityOf(HOSPITAL), [STATION]);
		await storage.append(batchOf([entryOf(OTHER, 2, { facility: STATION })]));
		expect(await storage.listDuties(STATION)).toEqual([HOSPITAL]);
		expect(await rowsOf(storage, HOSPITAL)).toEqual(['join 1 of 1', 'join 2 of 1']);
		await storage.endMembership(STATION, BOOK, 'wrote', AT_MS);
		expect(await storage.isMember(HOSPITAL, BOOK)).toBe(false);
		expect(await storage.isMember(HOSPITAL, OTHER)).toBe(true);
		await storage.close();
	});

	it('keeps a book for the hospital while another of its stations holds it', async () => {
		const storage = await openNew();
		await storage.putFacility(facilityOf(HOSPITAL), [STATION, 'S0002']);
		await storage.append(batchOf([entryOf(BOOK, 1, { facility: STATION })]));
		await storage.append(batchOf([entryOf(BOOK, 2, { facility: 'S0002' })]));
		await storage.endMembership(STATION, BOOK, 'wrote', AT_MS);
		expect(await storage.isMember(HOSPITAL, BOOK)).toBe(true);
		await storage.endMembership('S0002', BOOK, 'wrote', AT_MS);
		expect(await storage.isMember(HOSPITAL, BOOK)).toBe(false);
		await storage.close();
	});

	it('lets go of the books of a station when the duty moves, except where the hospital wrote', async () => {
		const storage = await openNew();
		await storage.putFacility(facilityOf(HOSPITAL), [STATION]);
		await storage.append(batchOf([entryOf(BOOK, 1, { facility: STATION })]));
		await storage.append(batchOf([entryOf(OTHER, 2, { facility: STATION })]));
		await storage.append(batchOf([entryOf(OTHER, 3, { facility: HOSPITAL })]));
		await storage.putFacility(facilityOf(HOSPITAL), []);
		expect(await storage.isMember(HOSPITAL, BOOK)).toBe(false);
		expect(await storage.isMember(HOSPITAL, OTHER)).toBe(true);
		expect(await storage.listDuties(STATION)).toEqual([]);
		await storage.close();
	});
}

function headTests(openNew: OpenNew): void {
	it('finds the head a feed had when the log ended at a commit', async () => {
		const storage = await openNew();
		for (let n = 1; n <= 4; n++) {
			await storage.append(batchOf([entryOf(OTHER, n)]));
			await storage.append(batchOf([entryOf(BOOK, n, { facility: STATION })]));
		}
		const heads: number[] = [];
		for (let commit = 0; commit <= 9; commit++)
			heads.push(await storage.readFeedHeadAt(STATION, commit));
		expect(heads).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
		expect(await storage.readFeedHeadAt('S9999', 5)).toBe(0);
		await storage.close();
	});
}

function snapshotTests(openNew: OpenNew): void {
	it('pages through all books, newest id first, and continues a large one', async () => {
		const storage = await openNew();
		const books = Array.from({ length: 5 }, (_, n) => bookId(n));
		const expected = new Map<string, string[]>();
		for (const [n, book] of books.entries()) {
			const entries = Array.from({ length: n === 2 ? 12 : 2 }, (_, i) =>
				entryOf(book, i, { facility: STATION })
			);
			expected.set(
				book,
				entries.map(({ id }) => id)
			);
			await storage.append(batchOf(entries));
		}
		const { head } = await storage.readFeedState(STATION);
		const read = await readWholeSnapshot(storage, STATION, head, 150);
		expect(read.entries).toEqual(expected);
		expect([...read.entries.keys()]).toEqual(newestFirst(books));
		expect(read.pages).toBeGreaterThanOrEqual(5);
		expect(read.booksLeft).toEqual(read.booksLeft.toSorted((a, b) => b - a));
		expect(read.booksLeft.at(-1)).toBe(0);
		await storage.close();
	});

	it('shows the feed as it was at its head, whatever came after', async () => {
		const storage = await openNew();
		const kept = entryOf(BOOK, 1, { facility: STATION });
		await storage.append(batchOf([kept, entryOf(OTHER, 1)]));
		const { head } = await storage.readFeedState(STATION);
		await storage.append(batchOf([entryOf(BOOK, 2)]));
		await storage.beginMembership(STATION, OTHER, 'registered', AT_MS);
		await storage.endMembership(STATION, BOOK, 'wrote', AT_MS);
		const read = await readWholeSnapshot(storage, STATION, head, 1_000);
		expect(read.entries).toEqual(new Map([[BOOK, [kept.id]]]));
		expect(await rowsOf(storage, STATION, head)).toEqual(['entry 3', 'join 2 of 1', 'leave']);
		await storage.close();
	});
}

async function readWholeSnapshot(
	storage: ServerStorage,
	facility: string,
	head: number,
	bytesMax: number
) {
	const entries = new Map<string, string[]>();
	const booksLeft: number[] = [];
	let after: SnapshotPosition | undefined;
	do {
		const page = await storage.readSnapshot(facility, head, after, bytesMax);
		for (const part of page.books)
			entries.set(part.book, [
				...(entries.get(part.book) ?? []),
				...part.entries.map(({ id }) => id)
			]);
		booksLeft.push(page.booksLeft);
		after = page.next;
	} while (after !== undefined);
	return { entries, booksLeft, pages: booksLeft.length };
}

/** Ids sort as their bytes do, which base64url text does not. */
function newestFirst(books: BookId[]): BookId[] {
	return books.toSorted((a, b) =>
		Buffer.compare(Buffer.from(b, 'base64url'), Buffer.from(a, 'base64url'))
	);
}

/** Rows in a word: books by their number in these tests, entries by their commit. */
async function rowsOf(storage: ServerStorage, facility: string, after = 0): Promise<string[]> {
	const rows = await storage.readFeed(facility, after, PLENTY);
	expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => after + index + 1));
	return rows.map(rowInAWord);
}

function rowInAWord(row: FeedRow): string {
	if (row.type === 'entry') return `entry ${row.entry.commit}`;
	return row.type === 'join' ? `join ${row.book === BOOK ? 1 : 2} of ${row.n}` : 'leave';
}

function facilityOf(code: string): Facility {
	const kind = code.startsWith('H') ? 'regional-hospital' : 'commune-station';
	return { code, name: `Facility ${code}`, kind, commune: '00001', shortCode: 'AB' };
}
