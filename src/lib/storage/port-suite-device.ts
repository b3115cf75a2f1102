/** Port suite, the device itself: saving, folding, reopening. */
import { expect, it } from 'vitest';
import type { BookId } from '#lib/domain/ids.ts';
import { JOURNAL_START, nextLink } from '#lib/entry/journal.ts';
import type { BookStorage } from './port.ts';
import {
	BOOK,
	OTHER,
	PLENTY,
	pageOf,
	pageBook,
	idsIn,
	waitingOf,
	saveNext,
	bookId,
	entryOf,
	nothingStops,
	peopleOf,
	recentOf,
	saveOf,
	summaryOf,
	type Open
} from './port-suite-material.ts';

export function savingTests(open: Open): void {
	it('finds a saved entry in its book, in the outbox and in the list of people', async () => {
		const storage = await open();
		const save = saveOf(BOOK, entryOf(1), 0);
		expect(await storage.save(save)).toMatchObject({ type: 'saved', tip: { n: 1 } });
		expect(await storage.readBook(BOOK)).toEqual({ book: BOOK, entries: [entryOf(1)], count: 1 });
		const { book, id, bytes, signature, savedMs } = save;
		expect(await storage.readOutbox(PLENTY)).toEqual([
			{ n: 1, book, id, bytes, signature, savedMs, state: 'waiting' }
		]);
		expect(await peopleOf(storage)).toEqual(new Map([[BOOK, save.summary]]));
		expect(await storage.countBooks()).toBe(1);
	});

	it('knows nothing of a book that was never stored', async () => {
		const storage = await open();
		expect(await storage.readBook(BOOK)).toBeUndefined();
		expect(await storage.countBooks()).toBe(0);
	});

	it('counts books and what waits as they are now, whatever came or went', async () => {
		const storage = await open();
		const status = async (): Promise<number[]> => {
			const { books, outbox, written } = await storage.readStatus();
			expect(await storage.countBooks()).toBe(books);
			expect(await storage.summariseOutbox()).toEqual(outbox);
			return [books, outbox.waiting, written];
		};
		expect(await status()).toEqual([0, 0, 0]);
		await saveNext(storage, entryOf(1));
		expect(await status()).toEqual([1, 1, 1]);
		await saveNext(storage, entryOf(2));
		expect(await status()).toEqual([1, 2, 2]);
		await storage.applyPage(pageOf([pageBook(OTHER, [entryOf(3)])]));
		expect(await status()).toEqual([2, 2, 2]);
		await saveNext(storage, entryOf(4), bookId(9));
		await storage.fold(nothingStops);
		expect(await status()).toEqual([3, 3, 3]);
		await storage.applyPage(pageOf([], { leave: [OTHER] }));
		expect(await status()).toEqual([2, 3, 3]);
		await storage.updateMeta({ offset: 12 });
		expect((await storage.readStatus()).meta).toEqual(await storage.readMeta());
	});

	it('loses nothing when two saves on one book interleave', async () => {
		const storage = await open();
		await saveNext(storage, entryOf(1));
		const both = [saveOf(BOOK, entryOf(2), 1), saveOf(BOOK, entryOf(3), 1)];
		const results = await Promise.all(both.map((save) => storage.save(save)));
		expect(results.map(({ type }) => type).sort()).toEqual(['moved', 'saved']);
		const loser = both[results.findIndex(({ type }) => type === 'moved')];
		if (loser === undefined) throw new Error('one of them must have moved');
		expect(await storage.save({ ...loser, count: 2 })).toMatchObject({ type: 'saved' });
		expect(await idsIn(storage, BOOK)).toEqual(
			[entryOf(1).id, entryOf(2).id, entryOf(3).id].sort()
		);
	});

	it('writes nothing when the book moved since its count was read', async () => {
		const storage = await open();
		await saveNext(storage, entryOf(1));
		expect(await storage.save(saveOf(BOOK, entryOf(2), 0))).toEqual({ type: 'moved' });
		expect(await storage.save(saveOf(BOOK, entryOf(2), 2))).toEqual({ type: 'moved' });
		expect(await idsIn(storage, BOOK)).toEqual([entryOf(1).id]);
		expect(await waitingOf(storage)).toEqual([1]);
		expect((await storage.readTip()).n).toBe(1);
	});

	it('takes the same bytes only once, from the log and from the folded book', async () => {
		const storage = await open();
		await saveNext(storage, entryOf(1));
		expect(await storage.save(saveOf(BOOK, entryOf(1), 1))).toEqual({ type: 'duplicate' });
		await storage.fold(nothingStops);
		expect(await storage.save(saveOf(BOOK, entryOf(1), 1))).toEqual({ type: 'duplicate' });
		expect(await waitingOf(storage)).toEqual([1]);
	});

	it('numbers the journal without holes and chains every saved entry', async () => {
		const storage = await open();
		expect(await storage.readTip()).toEqual({ n: 0, link: JOURNAL_START });
		await saveNext(storage, entryOf(1));
		await storage.save(saveOf(BOOK, entryOf(1), 1));
		await storage.save(saveOf(BOOK, entryOf(9), 7));
		const saves = [entryOf(2), entryOf(3)].map((entry, at) => saveOf(bookId(10 + at), entry, 0));
		const results = await Promise.all(saves.map((save) => storage.save(save)));
		const order = results
			.map((result, at) => ({ n: result.type === 'saved' ? result.tip.n : 0, save: saves[at] }))
			.sort((a, b) => a.n - b.n);
		expect(order.map(({ n }) => n)).toEqual([2, 3]);
		let tip = nextLink({ n: 0, link: JOURNAL_START }, entryOf(1).id);
		for (const { save } of order) if (save !== undefined) tip = nextLink(tip, save.id);
		expect(await storage.readTip()).toEqual(tip);
	});
}

export function togetherTests(open: Open): void {
	it('finds every entry of one act in its book, in the outbox and in the list of people', async () => {
		const storage = await open();
		await saveNext(storage, entryOf(1));
		await saveNext(storage, entryOf(2), OTHER);
		const there = saveOf(OTHER, entryOf(3), 1);
		const here = saveOf(BOOK, entryOf(4), 1);
		expect(await storage.saveTogether([there, here])).toMatchObject({
			type: 'saved',
			tip: { n: 4 }
		});
		expect(await idsIn(storage, OTHER)).toEqual([entryOf(2).id, entryOf(3).id].sort());
		expect(await idsIn(storage, BOOK)).toEqual([entryOf(1).id, entryOf(4).id].sort());
		const waiting = await storage.readOutbox(PLENTY);
		expect(waiting.slice(2).map(({ n, id }) => [n, id])).toEqual([
			[3, there.id],
			[4, here.id]
		]);
		expect((await peopleOf(storage)).get(OTHER)).toEqual(there.summary);
	});

	it('writes nothing in any book when one of them moved', async () => {
		const storage = await open();
		await saveNext(storage, entryOf(1));
		await saveNext(storage, entryOf(2), OTHER);
		const act = [saveOf(OTHER, entryOf(3), 1), saveOf(BOOK, entryOf(4), 0)];
		expect(await storage.saveTogether(act)).toEqual({ type: 'moved' });
		expect(await idsIn(storage, OTHER)).toEqual([entryOf(2).id]);
		expect(await waitingOf(storage)).toEqual([1, 2]);
		expect((await storage.readTip()).n).toBe(2);
		expect((await peopleOf(storage)).get(OTHER)).toEqual(summaryOf(OTHER, 1));
	});

	it('takes two entries of one book when the second was computed on the first', async () => {
		const storage = await open();
		const act = [saveOf(BOOK, entryOf(1), 0), saveOf(BOOK, entryOf(2), 1)];
		expect(await storage.saveTogether(act)).toMatchObject({ type: 'saved', tip: { n: 2 } });
		expect(await idsIn(storage, BOOK)).toHaveLength(2);
		expect((await peopleOf(storage)).get(BOOK)).toEqual(summaryOf(BOOK, 2));
	});

	it('is asked twice with the same bytes and stores them once', async () => {
		const storage = await open();
		const act = [saveOf(OTHER, entryOf(3), 0), saveOf(BOOK, entryOf(4), 0)];
		await storage.saveTogether(act);
		expect(await storage.saveTogether(act)).toEqual({ type: 'duplicate' });
		expect(await waitingOf(storage)).toEqual([1, 2]);
	});

	it('says that it is closed instead of pretending to save', async () => {
		const storage = await open();
		await storage.close();
		const act = [saveOf(OTHER, entryOf(3), 0), saveOf(BOOK, entryOf(4), 0)];
		expect(await storage.saveTogether(act)).toEqual({ type: 'not-stored', code: 'closed' });
	});
}

export function foldTests(open: Open): void {
	it('changes nothing that can be read', async () => {
		const storage = await open();
		await storage.applyPage(pageOf([pageBook(BOOK, [entryOf(1)])]));
		for (let at = 2; at < 8; at++) await saveNext(storage, entryOf(at), at % 2 ? BOOK : OTHER);
		const before = [await idsIn(storage, BOOK), await idsIn(storage, OTHER)];
		const people = await peopleOf(storage);
		const waiting = await waitingOf(storage);
		await storage.fold(nothingStops);
		expect([await idsIn(storage, BOOK), await idsIn(storage, OTHER)]).toEqual(before);
		expect(await peopleOf(storage)).toEqual(people);
		expect(await waitingOf(storage)).toEqual(waiting);
	});

	it('loses neither entry nor person when it races with saves, pages and leaves', async () => {
		const storage = await open();
		await storage.applyPage(pageOf([pageBook(OTHER, [entryOf(900)])]));
		const saving = async (): Promise<void> => {
			for (let at = 0; at < 40; at++) await saveNext(storage, entryOf(at), bookId(10 + (at % 3)));
		};
		const folding = async (): Promise<void> => {
			for (let at = 0; at < 20; at++) await storage.fold(nothingStops);
		};
		const paging = async (): Promise<void> => {
			for (let at = 0; at < 10; at++)
				await storage.applyPage(pageOf([pageBook(bookId(50 + at), [entryOf(500 + at)])]));
			await storage.applyPage(pageOf([], { leave: [OTHER] }));
		};
		await Promise.all([saving(), folding(), paging()]);
		const counts = await Promise.all([10, 11, 12].map((at) => idsIn(storage, bookId(at))));
		expect(counts.flat()).toHaveLength(40);
		expect((await peopleOf(storage)).size).toBe(13);
		expect(await storage.countBooks()).toBe(13);
		await storage.fold(nothingStops);
		expect((await peopleOf(storage)).size).toBe(13);
		expect((await peopleOf(storage)).get(bookId(10))).toEqual(summaryOf(bookId(10), 14));
	});

	it('stops early when told to, and goes on the next time', async () => {
		const storage = await open();
		await saveNext(storage, entryOf(1));
		await storage.fold(() => true);
		await saveNext(storage, entryOf(2));
		await storage.fold(nothingStops);
		expect(await idsIn(storage, BOOK)).toHaveLength(2);
	});

	it('keeps every person once, newest summary, over many pages', async () => {
		const storage = await open();
		for (let round = 0; round < 3; round++) {
			const books = Array.from({ length: 450 }, (_, at) =>
				pageBook(bookId(round * 450 + at), [entryOf(round * 450 + at)])
			);
			await storage.applyPage(pageOf(books));
		}
		for (const at of [0, 449, 450, 1_349, 1_350])
			await saveNext(storage, entryOf(5_000 + at), bookId(at));
		await storage.fold(nothingStops);
		const rows: BookId[] = [];
		for await (const page of storage.readPeople()) rows.push(...page.map(({ book }) => book));
		expect(rows).toHaveLength(1_351);
		expect(new Set(rows).size).toBe(1_351);
		expect((await peopleOf(storage)).get(bookId(449))).toEqual(summaryOf(bookId(449), 2));
	});
}

export function reopenTests(
	open: () => Promise<{ first: BookStorage; again: () => Promise<BookStorage> }>
): void {
	it('finds everything again after closing', async () => {
		const { first, again } = await open();
		const token = Uint8Array.of(1, 2, 3);
		const recent = [recentOf(OTHER, entryOf(2), 44)];
		await first.applyPage(pageOf([pageBook(OTHER, [entryOf(2)])], { token, recent }));
		await saveNext(first, entryOf(1));
		await first.updateMeta({ confirmed: 3, offset: 12, lastContactMs: 99 });
		await first.writeKey({ id: 'device', value: { name: 'SB2-1', secret: Uint8Array.of(4) } });
		const before = {
			tip: await first.readTip(),
			digest: await first.readDigest(),
			outbox: await first.listOutbox(10),
			people: await peopleOf(first),
			meta: await first.readMeta()
		};
		await first.close();
		const second = await again();
		expect(before).toEqual({
			tip: await second.readTip(),
			digest: await second.readDigest(),
			outbox: await second.listOutbox(10),
			people: await peopleOf(second),
			meta: await second.readMeta()
		});
		expect(await idsIn(second, BOOK)).toEqual([entryOf(1).id]);
		expect(await second.readKey('device')).toEqual({
			id: 'device',
			value: { name: 'SB2-1', secret: Uint8Array.of(4) }
		});
		await second.forgetToken();
		expect(await second.readReoffers(PLENTY)).toEqual(recent);
	});

	it('lists keys by what their ids begin with, and overwrites a key', async () => {
		const { first } = await open();
		for (const id of ['person:b', 'device', 'person:a', 'personal'])
			await first.writeKey({ id, value: 1 });
		await first.writeKey({ id: 'person:a', value: 2 });
		expect(await first.listKeys('person:')).toEqual([
			{ id: 'person:a', value: 2 },
			{ id: 'person:b', value: 1 }
		]);
		expect(await first.readKey('nobody')).toBeUndefined();
	});

	it('says that it is closed instead of pretending to save', async () => {
		const { first } = await open();
		await first.close();
		const result = await first.save(saveOf(BOOK, entryOf(1), 0));
		expect(result).toEqual({ type: 'not-stored', code: 'closed' });
		await expect(first.readBook(BOOK)).rejects.toMatchObject({ code: 'closed' });
	});
}
