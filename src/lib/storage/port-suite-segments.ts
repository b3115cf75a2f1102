/** Port suite: many books that came at once, which may lie together; each is to be had and to go by itself. */
import { expect, it } from 'vitest';
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import { digestOf } from '#lib/entry/digest.ts';
import type { BookStorage } from './port.ts';
import {
	PLENTY,
	bookId,
	entryOf,
	idsIn,
	nothingStops,
	pageBook,
	pageOf,
	peopleOf,
	saveNext,
	saveOf,
	waitingOf,
	type Open
} from './port-suite-material.ts';

const MANY = 60;
const ENTRIES_EACH = 3;
const numbers = Array.from({ length: MANY }, (_, at) => at);
const books = numbers.map((n) => bookId(n));
const [FIRST = bookId(0), SECOND = bookId(1), THIRD = bookId(2), FOURTH = bookId(3)] = books;
const entriesOf = (n: number) =>
	Array.from({ length: ENTRIES_EACH }, (_, at) => entryOf(n * ENTRIES_EACH + at));
const idsOf = (n: number): EntryId[] =>
	entriesOf(n)
		.map(({ id }) => id)
		.sort();
const allIds = numbers.flatMap(idsOf);

function pageOfMany(count = 0, token?: Uint8Array) {
	const page = numbers.map((n) => pageBook(bookId(n), entriesOf(n), count));
	return pageOf(page, token === undefined ? {} : { token });
}

async function holdingMany(open: Open): Promise<BookStorage> {
	const storage = await open();
	expect(await storage.applyPage(pageOfMany(0, Uint8Array.of(1)))).toBe('applied');
	return storage;
}

/** Each book of `of` has what came, and `added`. */
async function expectWhole(
	storage: BookStorage,
	of: BookId[] = books,
	added: ReadonlyMap<BookId, EntryId[]> = new Map()
): Promise<void> {
	const read = await storage.readBooks(of);
	expect(read.map(({ book }) => book).sort()).toEqual([...of].sort());
	for (const { book, entries, count, standing } of read) {
		const expected = [...idsOf(books.indexOf(book)), ...(added.get(book) ?? [])].sort();
		expect(entries.map(({ id }) => id).sort()).toEqual(expected);
		expect(count).toBe(expected.length);
		expect(standing).toBeUndefined();
	}
}

export function segmentTests(open: Open): void {
	it('are read one by one and all at once, and counted', async () => {
		const storage = await holdingMany(open);
		for (const n of [0, 17, MANY - 1]) expect(await idsIn(storage, bookId(n))).toEqual(idsOf(n));
		await expectWhole(storage);
		await expectWhole(storage, [books[40] ?? FIRST, SECOND, books[59] ?? FIRST]);
		expect(await storage.countBooks()).toBe(MANY);
		expect(await storage.readDigest()).toBe(digestOf(allIds));
		await storage.recount();
		expect(await storage.readDigest()).toBe(digestOf(allIds));
		expect(await storage.readBook(bookId(MANY))).toBeUndefined();
	});

	it('take entries of this device and of the server, before and after each is folded', async () => {
		const storage = await holdingMany(open);
		const added = new Map<BookId, EntryId[]>();
		for (let round = 0; round < 3; round++) {
			const [saved, brought] = [entryOf(900 + round), entryOf(950 + round)];
			await saveNext(storage, saved, FIRST);
			const count = ENTRIES_EACH + round;
			await storage.applyPage(pageOf([pageBook(SECOND, [brought], count)]));
			added.set(FIRST, [...(added.get(FIRST) ?? []), saved.id]);
			added.set(SECOND, [...(added.get(SECOND) ?? []), brought.id]);
			await expectWhole(storage, books, added);
			await storage.fold(nothingStops);
			await expectWhole(storage, books, added);
			expect(await storage.countBooks()).toBe(MANY);
		}
		const counted = digestOf([...allIds, ...(added.get(SECOND) ?? [])]);
		expect(await storage.readDigest()).toBe(counted);
		await storage.recount();
		expect(await storage.readDigest()).toBe(counted);
	});

	it('are saved into by whoever has read one, unless it or its row moved meanwhile', async () => {
		const storage = await holdingMany(open);
		const since = await storage.readBookSince(FIRST);
		expect(since?.row?.count).toBe(ENTRIES_EACH);
		const row = since?.row ?? expect.unreachable();
		const save = { ...saveOf(FIRST, entryOf(900), ENTRIES_EACH), row };
		expect(await storage.save(save)).toMatchObject({ type: 'saved' });
		expect(await storage.save(save)).toEqual({ type: 'duplicate' });
		const ids = new Set(since?.stored.entries.map(({ id }) => id));
		const on = await storage.readBookSince(FIRST, { row, has: (id) => ids.has(id) });
		expect(on?.stored.entries.map(({ id }) => id)).toEqual([entryOf(900).id]);
		await storage.fold(nothingStops);
		const late = { ...saveOf(FIRST, entryOf(901), ENTRIES_EACH), row };
		expect(await storage.save(late)).toEqual({ type: 'moved' });
		const anew = await storage.readBookSince(FIRST, { row, has: (id) => ids.has(id) });
		expect(anew?.logged).toBeUndefined();
		expect(anew?.row?.count).toBe(ENTRIES_EACH + 1);
		// A neighbour stands as it stood.
		expect((await storage.readBookSince(SECOND))?.row?.count).toBe(ENTRIES_EACH);
	});

	it('leave one by one, folded or not, and keep what was not sent', async () => {
		const storage = await holdingMany(open);
		await saveNext(storage, entryOf(900), SECOND);
		await saveNext(storage, entryOf(901), THIRD);
		await storage.applyAcks([{ n: 2, outcome: 'accepted', commit: 7 }]);
		await storage.fold(nothingStops);
		await saveNext(storage, entryOf(902), FOURTH);
		await storage.applyPage(pageOf([], { leave: [FIRST, SECOND, THIRD, FOURTH] }));
		expect(await storage.readBook(FIRST)).toBeUndefined();
		expect(await idsIn(storage, SECOND)).toEqual([entryOf(900).id]);
		expect(await storage.readBook(THIRD)).toBeUndefined();
		expect(await idsIn(storage, FOURTH)).toEqual([entryOf(902).id]);
		await expectWhole(storage, books.slice(4));
		expect(await storage.countBooks()).toBe(MANY - 2);
		expect(await storage.readDigest()).toBe(digestOf(numbers.slice(4).flatMap(idsOf)));
		expect([...(await peopleOf(storage)).keys()].sort()).toEqual(
			[SECOND, FOURTH, ...books.slice(4)].sort()
		);
		expect(await waitingOf(storage)).toEqual([1, 3]);
	});

	it('leave all at once and come back, as often as the server likes', async () => {
		const storage = await holdingMany(open);
		for (let round = 0; round < 2; round++) {
			await storage.applyPage(pageOf([], { leave: books }));
			expect(await storage.countBooks()).toBe(0);
			expect(await storage.readBooks(books)).toEqual([]);
			expect(await storage.readDigest()).toBe(0n);
			expect(await storage.applyPage(pageOfMany())).toBe('applied');
			await expectWhole(storage);
			expect(await storage.readDigest()).toBe(digestOf(allIds));
		}
	});

	it('come again in a fresh snapshot without being doubled, and go out of the feed where they do not', async () => {
		const storage = await holdingMany(open);
		await saveNext(storage, entryOf(900), FIRST);
		await storage.applyAcks([{ n: 1, outcome: 'accepted', commit: 7 }]);
		await storage.fold(nothingStops);
		await storage.forgetToken();
		const again = numbers
			.slice(1, MANY - 1)
			.map((n) => pageBook(bookId(n), entriesOf(n), ENTRIES_EACH));
		again.push(pageBook(FIRST, [...entriesOf(0), entryOf(900)], ENTRIES_EACH + 1));
		expect(await storage.applyPage(pageOf(again, { token: Uint8Array.of(2) }))).toBe('applied');
		expect(await storage.markOutOfFeed('awaited')).toBe(1);
		await expectWhole(storage, books.slice(0, -1), new Map([[FIRST, [entryOf(900).id]]]));
		expect((await storage.readBook(bookId(MANY - 1)))?.standing).toBe('out-of-feed');
		const inFeed = [...numbers.slice(0, -1).flatMap(idsOf), entryOf(900).id];
		expect(await storage.readDigest()).toBe(digestOf(inFeed));
		await storage.recount();
		expect(await storage.readDigest()).toBe(digestOf(inFeed));
	});

	it('lose nothing when they are folded while others read, save and leave', async () => {
		const storage = await holdingMany(open);
		const [stay, go] = [numbers.slice(0, 40), numbers.slice(40)];
		const saving = async (): Promise<void> => {
			for (const n of stay) await saveNext(storage, entryOf(900 + n), bookId(n));
		};
		const folding = async (): Promise<void> => {
			for (let pass = 0; pass < 15; pass++) await storage.fold(nothingStops);
		};
		const leaving = async (): Promise<void> => {
			for (const n of go) await storage.applyPage(pageOf([], { leave: [bookId(n)] }));
		};
		const reading = async (): Promise<void> => {
			for (let pass = 0; pass < 15; pass++)
				for (const { book, entries } of await storage.readBooks(books.slice(0, 40)))
					expect(entries.map(({ id }) => id)).toEqual(
						expect.arrayContaining(idsOf(books.indexOf(book)))
					);
		};
		await Promise.all([saving(), folding(), leaving(), reading()]);
		const added = new Map(stay.map((n) => [bookId(n), [entryOf(900 + n).id]]));
		await expectWhole(storage, books.slice(0, 40), added);
		await storage.fold(nothingStops);
		await expectWhole(storage, books.slice(0, 40), added);
		expect(await storage.countBooks()).toBe(40);
		expect(await storage.readOutbox(PLENTY)).toHaveLength(40);
	});
}

export function segmentReopenTests(
	open: () => Promise<{ first: BookStorage; again: () => Promise<BookStorage> }>
): void {
	it('finds each again after closing, wherever it lies by then', async () => {
		const { first, again } = await open();
		await first.applyPage(pageOfMany());
		await saveNext(first, entryOf(900), FIRST);
		await first.fold(nothingStops);
		await first.applyPage(pageOf([], { leave: [SECOND] }));
		await first.close();
		const second = await again();
		const held = books.filter((book) => book !== SECOND);
		await expectWhole(second, held, new Map([[FIRST, [entryOf(900).id]]]));
		expect(await second.readBook(SECOND)).toBeUndefined();
		expect(await second.countBooks()).toBe(MANY - 1);
		await second.applyPage(pageOf([pageBook(SECOND, entriesOf(1))]));
		await expectWhole(second, books, new Map([[FIRST, [entryOf(900).id]]]));
	});
}
