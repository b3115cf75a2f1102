/** Port suite: a book read by somebody who has most of it in hand, and a save computed from that. */
import { expect, it } from 'vitest';
import type { EntryId } from '#lib/domain/ids.ts';
import type { BookSince, BookStorage, KnownBook } from './port.ts';
import {
	BOOK,
	OTHER,
	bookId,
	entryOf,
	idsIn,
	nothingStops,
	pageBook,
	pageOf,
	saveNext,
	saveOf,
	type Open
} from './port-suite-material.ts';

/** Entry 1 in the row, entry 2 behind it, and whoever has read both. */
async function heldBook(open: Open): Promise<{ storage: BookStorage; known: KnownBook }> {
	const storage = await open();
	await saveNext(storage, entryOf(1));
	await storage.fold(nothingStops);
	await saveNext(storage, entryOf(2));
	const since = await storage.readBookSince(BOOK);
	expect(since?.logged).toBeUndefined();
	return { storage, known: knownFrom(since) };
}

function knownFrom(since: BookSince | undefined): KnownBook {
	if (since?.row === undefined) throw new Error('the row was not told');
	const ids = new Set(since.stored.entries.map(({ id }) => id));
	return { row: since.row, has: (id) => ids.has(id) };
}

function told(since: BookSince | undefined): EntryId[] | undefined {
	return since?.stored.entries.map(({ id }) => id);
}

export function sinceTests(open: Open): void {
	it('brings only what is not known while the row is as it was', async () => {
		const { storage, known } = await heldBook(open);
		expect(told(await storage.readBookSince(BOOK, known))).toEqual([]);
		await saveNext(storage, entryOf(3));
		await storage.applyPage(pageOf([pageBook(BOOK, [entryOf(4)], 3)]));
		const since = await storage.readBookSince(BOOK, known);
		expect(told(since)?.sort()).toEqual([entryOf(3).id, entryOf(4).id].sort());
		expect(since?.logged).toHaveLength(3);
		expect(since?.stored.count).toBe(4);
		expect(since?.row).toEqual(known.row);
	});

	it('brings the whole book once rows were rewritten, and nothing of one that left', async () => {
		const { storage, known } = await heldBook(open);
		await storage.fold(nothingStops);
		const folded = await storage.readBookSince(BOOK, known);
		expect(folded?.logged).toBeUndefined();
		expect(told(folded)).toHaveLength(2);
		expect(folded?.row?.count).toBe(2);
		await storage.applyPage(pageOf([pageBook(OTHER, [entryOf(5)])]));
		const added = await storage.readBookSince(BOOK, knownFrom(folded));
		expect(told(added)).toHaveLength(2);
		const there = await storage.readBookSince(OTHER);
		await storage.applyPage(pageOf([], { leave: [OTHER] }));
		expect(await storage.readBookSince(OTHER, knownFrom(there))).toBeUndefined();
		expect(await storage.readBookSince(bookId(9))).toBeUndefined();
	});

	it('leaves out what was replaced, and tells no row to rely on', async () => {
		const { storage, known } = await heldBook(open);
		await storage.applyAcks([{ n: 2, outcome: 'refused', code: 'author' }]);
		const anew = { ...saveOf(BOOK, entryOf(3), 2), row: known.row, replaces: 2 };
		expect(await storage.save(anew)).toMatchObject({ type: 'saved' });
		const since = await storage.readBookSince(BOOK, known);
		expect(told(since)?.sort()).toEqual([entryOf(1).id, entryOf(3).id].sort());
		expect(since?.logged).toBeUndefined();
		expect(since?.row).toBeUndefined();
		expect(since?.stored.count).toBe(3);
	});

	it('saves what was computed from a known row, unless anything came to the book meanwhile', async () => {
		const { storage, known } = await heldBook(open);
		const { row } = known;
		expect(await storage.save({ ...saveOf(BOOK, entryOf(3), 2), row })).toMatchObject({
			type: 'saved',
			tip: { n: 3 }
		});
		expect(await storage.save({ ...saveOf(BOOK, entryOf(4), 2), row })).toEqual({ type: 'moved' });
		expect(await storage.save({ ...saveOf(BOOK, entryOf(3), 2), row })).toEqual({
			type: 'duplicate'
		});
		await storage.fold(nothingStops);
		await saveNext(storage, entryOf(5));
		// Behind the new row stands one entry, as behind the one that was read.
		expect(await storage.save({ ...saveOf(BOOK, entryOf(4), 2), row })).toEqual({ type: 'moved' });
		expect(await storage.save({ ...saveOf(BOOK, entryOf(4), 4), row })).toMatchObject({
			type: 'saved'
		});
		expect(await idsIn(storage, BOOK)).toHaveLength(5);
	});

	it('knows the clock of the server as it was last written', async () => {
		const storage = await open();
		expect(await storage.readClockOffset()).toBeUndefined();
		await storage.updateMeta({ offset: 1_200 });
		expect(await storage.readClockOffset()).toBe(1_200);
		await storage.updateMeta({ offset: -7 });
		expect(await storage.readClockOffset()).toBe(-7);
	});
}
