/** Port suite, what comes from the server: pages, acknowledgements, books that leave. */
import { expect, it } from 'vitest';
import type { BookId } from '#lib/domain/ids.ts';
import { digestOf } from '#lib/entry/digest.ts';
import type { Page } from './port.ts';
import {
	BOOK,
	OTHER,
	pageOf,
	pageBook,
	idsIn,
	waitingOf,
	saveNext,
	bookId,
	entryOf,
	nothingStops,
	peopleOf,
	saveOf,
	signatureOf,
	summaryOf,
	type Open
} from './port-suite-material.ts';

export function pageTests(open: Open): void {
	it('applies books, people and cursor of a page together', async () => {
		const storage = await open();
		const token = Uint8Array.of(7, 7);
		const books = [pageBook(BOOK, [entryOf(1), entryOf(2)]), pageBook(OTHER, [entryOf(3)])];
		expect(await storage.applyPage(pageOf(books, { token }))).toBe('applied');
		expect(await idsIn(storage, BOOK)).toEqual([entryOf(1).id, entryOf(2).id].sort());
		expect(await idsIn(storage, OTHER)).toEqual([entryOf(3).id]);
		expect((await storage.readMeta()).token).toEqual(token);
		expect((await peopleOf(storage)).get(BOOK)).toEqual(summaryOf(BOOK, 2));
		expect(await storage.readBooks([OTHER, bookId(99)])).toHaveLength(1);
	});

	it('applies nothing of a page, not even the cursor, when one of its books moved', async () => {
		const storage = await open();
		await saveNext(storage, entryOf(1));
		const books = [pageBook(OTHER, [entryOf(3)]), pageBook(BOOK, [entryOf(2)], 0)];
		const page = pageOf(books, { token: Uint8Array.of(7), leave: [bookId(5)] });
		expect(await storage.applyPage(page)).toBe('moved');
		expect(await idsIn(storage, BOOK)).toEqual([entryOf(1).id]);
		expect(await storage.readBook(OTHER)).toBeUndefined();
		expect((await storage.readMeta()).token).toBeUndefined();
	});

	it('ignores entries that the device already has, and entries given twice', async () => {
		const storage = await open();
		await storage.applyPage(pageOf([pageBook(BOOK, [entryOf(1), entryOf(1)])]));
		const again = pageBook(BOOK, [entryOf(1), entryOf(2)], 1);
		expect(await storage.applyPage(pageOf([again]))).toBe('applied');
		expect(await idsIn(storage, BOOK)).toEqual([entryOf(1).id, entryOf(2).id].sort());
		expect((await peopleOf(storage)).get(BOOK)).toEqual(again.summary);
	});

	it('takes a page of 500 books in one transaction, and 20,000 entries of one book', async () => {
		const storage = await open();
		const books = Array.from({ length: 500 }, (_, at) =>
			pageBook(bookId(1_000 + at), [entryOf(at)])
		);
		expect(await storage.applyPage(pageOf(books, { token: Uint8Array.of(1) }))).toBe('applied');
		expect(await storage.countBooks()).toBe(500);
		expect((await peopleOf(storage)).size).toBe(500);
		const many = Array.from({ length: 20_000 }, (_, at) => entryOf(10_000 + at));
		await storage.applyPage(pageOf([pageBook(BOOK, many)]));
		expect((await storage.readBook(BOOK))?.count).toBe(20_000);
	});

	it('keeps a save and a page on one book apart: one of them starts again, nothing is lost', async () => {
		const storage = await open();
		await storage.applyPage(pageOf([pageBook(BOOK, [entryOf(1)])]));
		const save = saveOf(BOOK, entryOf(2), 1);
		const page = pageOf([pageBook(BOOK, [entryOf(3)], 1)]);
		const [saved, applied] = await Promise.all([storage.save(save), storage.applyPage(page)]);
		expect([saved.type, applied].filter((outcome) => outcome === 'moved')).toHaveLength(1);
		if (applied === 'moved') await storage.applyPage(pageOf([pageBook(BOOK, [entryOf(3)], 2)]));
		else await storage.save({ ...save, count: 2 });
		expect(await idsIn(storage, BOOK)).toEqual(
			[entryOf(1).id, entryOf(2).id, entryOf(3).id].sort()
		);
	});
}

export function ackTests(open: Open): void {
	it('lets an entry go from the outbox only by its ack, which may come twice', async () => {
		const storage = await open();
		await saveNext(storage, entryOf(1));
		await saveNext(storage, entryOf(2));
		await storage.applyAcks([{ n: 1, outcome: 'accepted', commit: 10 }]);
		await storage.applyAcks([{ n: 1, outcome: 'accepted', commit: 10 }]);
		expect(await waitingOf(storage)).toEqual([2]);
		expect(await idsIn(storage, BOOK)).toHaveLength(2);
	});

	it('keeps a refused entry in its book and in the list, with the reason, and sends it no more', async () => {
		const storage = await open();
		await saveNext(storage, entryOf(1));
		await storage.applyAcks([{ n: 1, outcome: 'refused', code: 'schema', path: 'body.lot' }]);
		expect(await waitingOf(storage)).toEqual([]);
		expect(await storage.listOutbox(10)).toMatchObject([
			{ n: 1, state: 'refused', refusal: { code: 'schema', path: 'body.lot' } }
		]);
		expect(await storage.summariseOutbox()).toEqual({ waiting: 0, refused: 1, aside: 0 });
		expect(await storage.listUnsent([OTHER, BOOK])).toEqual(await storage.listOutbox(10));
		expect(await storage.listUnsent([bookId(77)])).toEqual([]);
		expect(await idsIn(storage, BOOK)).toEqual([entryOf(1).id]);
	});

	it('keeps why a refused entry was given back, beside the refusal, and of nothing else', async () => {
		const storage = await open();
		for (const at of [1, 2]) await saveNext(storage, entryOf(at));
		await storage.applyAcks([{ n: 1, outcome: 'refused', code: 'signature' }]);
		const returned = { atMs: 5, note: 'Sai người', by: 'Lan' };
		for (const n of [1, 2, 3]) await storage.noteReturned(n, returned);
		const rows = await storage.listOutbox(10);
		expect(rows.map(({ refusal }) => refusal)).toEqual([
			{ code: 'signature', returned },
			undefined
		]);
	});

	it('keeps no refusal of an entry that a page brings after all, and counts it as the server’s', async () => {
		const storage = await open();
		for (const at of [1, 2, 3]) await saveNext(storage, entryOf(at));
		await storage.applyAcks([
			{ n: 1, outcome: 'refused', code: 'unknown-author' },
			{ n: 2, outcome: 'refused', code: 'unknown-author' },
			{ n: 3, outcome: 'refused', code: 'unknown-author' }
		]);
		await storage.setAside(2);
		await storage.applyPage(pageOf([pageBook(BOOK, [entryOf(1), entryOf(2)], 3)]));
		expect(await storage.listOutbox(10)).toMatchObject([{ n: 3, state: 'refused' }]);
		const taken = digestOf([entryOf(1).id, entryOf(2).id]);
		expect(await storage.readDigest()).toBe(taken);
		await storage.recount();
		expect(await storage.readDigest()).toBe(taken);
	});

	it('offers the oldest first, within both limits, but always at least one', async () => {
		const storage = await open();
		for (let at = 1; at <= 5; at++) await saveNext(storage, entryOf(at), bookId(at));
		const size = entryOf(1).bytes.length + signatureOf(entryOf(1)).length;
		const read = async (entriesMax: number, bytesMax: number, ...except: number[]) =>
			(await storage.readOutbox({ entriesMax, bytesMax, except: new Set(except) })).map(
				({ n }) => n
			);
		expect(await read(3, 1_000_000)).toEqual([1, 2, 3]);
		expect(await read(500, 2 * size)).toEqual([1, 2]);
		expect(await read(500, 1)).toEqual([1]);
		expect(await read(2, 1_000_000, 1, 3)).toEqual([2, 4]);
	});

	it('reads a batch of 500 from a longer outbox', async () => {
		const storage = await open();
		for (let at = 0; at < 520; at++) {
			const result = await storage.save(saveOf(bookId(2_000 + at), entryOf(at), 0));
			expect(result.type).toBe('saved');
		}
		expect(await waitingOf(storage)).toEqual(Array.from({ length: 500 }, (_, at) => at + 1));
		expect(await storage.listOutbox(1_000)).toHaveLength(520);
	});

	it('tells how many wait, how many were refused and since when the oldest waits', async () => {
		const storage = await open();
		expect(await storage.summariseOutbox()).toEqual({ waiting: 0, refused: 0, aside: 0 });
		for (let at = 1; at <= 3; at++) await saveNext(storage, entryOf(at), bookId(at));
		await storage.applyAcks([{ n: 1, outcome: 'refused', code: 'schema' }]);
		const [, second] = await storage.listOutbox(10);
		expect(await storage.summariseOutbox()).toEqual({
			waiting: 2,
			refused: 1,
			aside: 0,
			oldestWaitingMs: second?.savedMs
		});
	});
}

export function asideTests(open: Open): void {
	it('keeps a refused entry that a person has put aside, in its book too, and counts it apart', async () => {
		const storage = await open();
		for (const at of [1, 2]) await saveNext(storage, entryOf(at));
		await storage.applyAcks([{ n: 1, outcome: 'refused', code: 'schema' }]);
		for (const n of [1, 2, 3]) await storage.setAside(n);
		const [aside] = await storage.listOutbox(10, 'set-aside');
		expect(aside).toMatchObject({ n: 1, bytes: entryOf(1).bytes, refusal: { code: 'schema' } });
		expect(await storage.summariseOutbox()).toMatchObject({ waiting: 1, refused: 0, aside: 1 });
		expect(await waitingOf(storage)).toEqual([2]);
		await storage.beginEpoch(Uint8Array.of(1, 2, 3, 4, 5, 6));
		await storage.applyPage(pageOf([], { leave: [BOOK] }));
		expect(await storage.listOutbox(10, 'set-aside')).toHaveLength(1);
		expect(await idsIn(storage, BOOK)).toEqual([entryOf(1).id, entryOf(2).id].sort());
	});

	it('lists what is in one state, oldest first, however much else there is', async () => {
		const storage = await open();
		for (let at = 1; at <= 5; at++) await saveNext(storage, entryOf(at), bookId(at));
		await storage.applyAcks([
			{ n: 3, outcome: 'refused', code: 'schema' },
			{ n: 5, outcome: 'refused', code: 'schema' }
		]);
		const refused = await storage.listOutbox(1, 'refused');
		expect(refused.map(({ n }) => n)).toEqual([3]);
		expect((await storage.listOutbox(9, 'waiting')).map(({ n }) => n)).toEqual([1, 2, 4]);
	});

	it('puts an entry that states a refused one anew in its place, and keeps the refused one', async () => {
		const storage = await open();
		await saveNext(storage, entryOf(1));
		await storage.applyAcks([{ n: 1, outcome: 'refused', code: 'id-taken' }]);
		const anew = { ...saveOf(BOOK, entryOf(2), 1), replaces: 1 };
		expect(await storage.save(anew)).toMatchObject({ type: 'saved', tip: { n: 2 } });
		const current = { book: BOOK, entries: [entryOf(2)], count: 2 };
		expect(await storage.readBook(BOOK)).toEqual(current);
		expect(await storage.listOutbox(9, 'replaced')).toMatchObject([
			{ n: 1, bytes: entryOf(1).bytes, replacedBy: entryOf(2).id }
		]);
		expect(await storage.summariseOutbox()).toMatchObject({ waiting: 1, refused: 0, aside: 1 });
		await storage.fold(nothingStops);
		expect(await storage.readBook(BOOK)).toEqual(current);
		await storage.beginEpoch(Uint8Array.of(1, 2, 3, 4, 5, 6));
		expect(await waitingOf(storage)).toEqual([2]);
	});

	it('states an entry anew only while it is refused', async () => {
		const storage = await open();
		await saveNext(storage, entryOf(1));
		const anew = { ...saveOf(BOOK, entryOf(2), 1), replaces: 1 };
		expect(await storage.save(anew)).toEqual({ type: 'moved' });
		expect(await idsIn(storage, BOOK)).toEqual([entryOf(1).id]);
	});

	it('lets a book go that held nothing unsent but what was replaced', async () => {
		const storage = await open();
		await saveNext(storage, entryOf(1));
		await storage.applyAcks([{ n: 1, outcome: 'refused', code: 'id-taken' }]);
		await storage.save({ ...saveOf(BOOK, entryOf(2), 1), replaces: 1 });
		await storage.applyAcks([{ n: 2, outcome: 'accepted', commit: 4 }]);
		await storage.applyPage(pageOf([], { leave: [BOOK] }));
		expect(await storage.readBook(BOOK)).toBeUndefined();
		expect(await storage.listOutbox(9, 'replaced')).toHaveLength(1);
	});
}

export function leaveTests(open: Open): void {
	const leave = (...books: BookId[]): Page => pageOf([], { leave: books });

	it('deletes the copy of a book that leaves, from row, log and list', async () => {
		const storage = await open();
		await storage.applyPage(pageOf([pageBook(BOOK, [entryOf(1)]), pageBook(OTHER, [entryOf(3)])]));
		await storage.applyPage(pageOf([pageBook(BOOK, [entryOf(2)], 1)]));
		await storage.applyPage(leave(BOOK, bookId(77)));
		expect(await storage.readBook(BOOK)).toBeUndefined();
		expect([...(await peopleOf(storage)).keys()]).toEqual([OTHER]);
		expect(await storage.countBooks()).toBe(1);
		await storage.fold(nothingStops);
		expect([...(await peopleOf(storage)).keys()]).toEqual([OTHER]);
	});

	it('never deletes unsent or refused entries, folded or not', async () => {
		const storage = await open();
		await storage.applyPage(pageOf([pageBook(BOOK, [entryOf(1)])]));
		await saveNext(storage, entryOf(2));
		await saveNext(storage, entryOf(3));
		await storage.fold(nothingStops);
		await saveNext(storage, entryOf(4));
		await saveNext(storage, entryOf(5));
		await storage.applyAcks([
			{ n: 2, outcome: 'refused', code: 'schema' },
			{ n: 4, outcome: 'accepted', commit: 3 }
		]);
		await storage.applyPage(leave(BOOK));
		expect(await idsIn(storage, BOOK)).toEqual(
			[entryOf(2).id, entryOf(3).id, entryOf(4).id].sort()
		);
		expect(await storage.listOutbox(10)).toHaveLength(3);
		expect(await waitingOf(storage)).toEqual([1, 3]);
		expect((await peopleOf(storage)).has(BOOK)).toBe(true);
	});

	it('takes a book back that left before, whether or not the list was folded between', async () => {
		for (const foldsBetween of [false, true]) {
			const storage = await open();
			const all = Array.from({ length: 200 }, (_, at) => pageBook(bookId(at + 1), [entryOf(at)]));
			await storage.applyPage(pageOf(all));
			await storage.applyPage(leave(...all.map(({ book }) => book)));
			if (foldsBetween) await storage.fold(nothingStops);
			expect((await peopleOf(storage)).size).toBe(0);
			const back = all.map((page) => ({ ...page, summary: summaryOf(page.book, 9) }));
			await storage.applyPage(pageOf(back));
			expect((await peopleOf(storage)).size).toBe(200);
			await storage.fold(nothingStops);
			const people = await peopleOf(storage);
			expect(people.size).toBe(200);
			expect(people.get(BOOK)).toEqual(summaryOf(BOOK, 9));
		}
	});
}
