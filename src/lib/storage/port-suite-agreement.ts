/** Port suite, agreeing with the server: what a restore needs, and the digest. */
import { expect, it } from 'vitest';
import { digestOf } from '#lib/entry/digest.ts';
import type { BookStorage, RecentRow } from './port.ts';
import {
	BOOK,
	OTHER,
	PLENTY,
	pageOf,
	pageBook,
	idsIn,
	waitingOf,
	saveNext,
	entryOf,
	nothingStops,
	recentOf,
	type Open
} from './port-suite-material.ts';

export function recentTests(open: Open): void {
	/** Everything kept for a restore: what would be offered again. */
	async function keptOf(storage: BookStorage): Promise<RecentRow[]> {
		await storage.forgetToken();
		return storage.readReoffers(PLENTY);
	}

	it('keeps entries above the confirmed backup, anybody’s, and drops them once it is confirmed', async () => {
		const storage = await open();
		await saveNext(storage, entryOf(1));
		await storage.applyAcks([{ n: 1, outcome: 'accepted', commit: 12 }]);
		const recent = [recentOf(OTHER, entryOf(2), 11), recentOf(OTHER, entryOf(3), 13)];
		await storage.applyPage(pageOf([pageBook(OTHER, [entryOf(2), entryOf(3)])], { recent }));
		await storage.updateMeta({ confirmed: 12 });
		expect(await keptOf(storage)).toEqual([recentOf(OTHER, entryOf(3), 13)]);
	});

	it('keeps nothing that a backup already holds', async () => {
		const storage = await open();
		await storage.updateMeta({ confirmed: 50 });
		await saveNext(storage, entryOf(1));
		await storage.applyAcks([{ n: 1, outcome: 'accepted', commit: 50 }]);
		const recent = [recentOf(OTHER, entryOf(2), 49)];
		await storage.applyPage(pageOf([pageBook(OTHER, [entryOf(2)])], { recent }));
		expect(await keptOf(storage)).toEqual([]);
	});

	it('offers everything recent again in a new epoch, in batches, once each', async () => {
		const storage = await open();
		const entries = Array.from({ length: 5 }, (_, at) => entryOf(at));
		const recent = entries.map((entry, at) => recentOf(BOOK, entry, 20 + at));
		await storage.applyPage(pageOf([pageBook(BOOK, entries)], { recent }));
		expect(await storage.readReoffers(PLENTY)).toEqual([]);
		await storage.beginEpoch(Uint8Array.of(1, 2, 3, 4, 5, 6));
		await storage.beginEpoch(Uint8Array.of(1, 2, 3, 4, 5, 6));
		expect((await storage.readMeta()).isReoffering).toBe(true);
		const first = await storage.readReoffers({ entriesMax: 2, bytesMax: 1_000_000 });
		expect(first).toEqual(recent.slice(0, 2));
		await storage.applyAcks(
			first.map(({ id }, at) => ({ id, outcome: 'relayed' as const, commit: 500 + at }))
		);
		const left = recent.slice(2);
		expect(await storage.readReoffers(PLENTY)).toEqual(left);
		await storage.applyAcks(
			left.map(({ id }) => ({ id, outcome: 'relay-refused' as const, code: 'unknown-author' }))
		);
		expect(await storage.readReoffers(PLENTY)).toEqual([]);
	});

	it('never drops by an old commit number what the restored server has not taken back', async () => {
		const storage = await open();
		const entries = [entryOf(1), entryOf(2), entryOf(3)];
		const recent = entries.map((entry, at) => recentOf(BOOK, entry, 20 + at));
		await storage.applyPage(pageOf([pageBook(BOOK, entries)], { recent }));
		await storage.beginEpoch(Uint8Array.of(1, 2, 3, 4, 5, 6));
		await storage.applyAcks([
			{ id: entryOf(1).id, outcome: 'relayed', commit: 15 },
			{ id: entryOf(2).id, outcome: 'relay-refused', code: 'unknown-author' }
		]);
		await storage.updateMeta({ confirmed: 1_000 });
		const ids = (await keptOf(storage)).map(({ id }) => id);
		expect(ids.sort()).toEqual([entryOf(2).id, entryOf(3).id].sort());
	});

	it('lets refused entries wait again in a new epoch, which comes with the cursor of a page', async () => {
		const storage = await open();
		await saveNext(storage, entryOf(1));
		await storage.applyAcks([{ n: 1, outcome: 'refused', code: 'unknown-author' }]);
		const epoch = Uint8Array.of(9, 9, 9, 9, 9, 9);
		await storage.applyPage(pageOf([], { token: Uint8Array.of(5), epoch }));
		expect(await storage.listOutbox(10)).toMatchObject([{ n: 1, state: 'waiting' }]);
		expect((await storage.listOutbox(10))[0]).not.toHaveProperty('refusal');
		expect(await storage.readMeta()).toMatchObject({ epoch, isReoffering: true });
	});

	it('offers everything again when a file was put back without a new epoch, but once per restore', async () => {
		const storage = await open();
		const epoch = Uint8Array.of(9, 9, 9, 9, 9, 9);
		const recent = [recentOf(BOOK, entryOf(1), 20)];
		const page = pageOf([pageBook(BOOK, [entryOf(1)])], { recent, token: Uint8Array.of(1), epoch });
		await storage.applyPage(page);
		expect(await storage.readReoffers(PLENTY)).toEqual([]);
		await storage.updateMeta({ isReoffering: false });
		const putBack = pageOf([], { token: Uint8Array.of(2), epoch });
		await storage.applyPage(putBack);
		expect(await storage.readReoffers(PLENTY)).toEqual(recent);
		await storage.applyAcks([{ id: entryOf(1).id, outcome: 'relayed', commit: 21 }]);
		await storage.applyPage(putBack);
		await storage.beginEpoch(epoch);
		expect(await storage.readReoffers(PLENTY)).toEqual([]);
	});

	it('gives up only the cursor when it starts again from a fresh snapshot', async () => {
		const storage = await open();
		await saveNext(storage, entryOf(1));
		await storage.applyPage(pageOf([pageBook(OTHER, [entryOf(2)])], { token: Uint8Array.of(5) }));
		await storage.updateMeta({ mismatches: 2, offset: -3, lastContactMs: 88 });
		await storage.forgetToken();
		const meta = await storage.readMeta();
		expect(meta).toEqual({
			confirmed: 0,
			offset: -3,
			lastContactMs: 88,
			mismatches: 0,
			repairs: 0,
			isReoffering: true
		});
		expect(await idsIn(storage, OTHER)).toEqual([entryOf(2).id]);
		expect(await waitingOf(storage)).toEqual([1]);
	});
}

export function digestTests(open: Open): void {
	it('counts what pages brought and what was accepted, never what waits or was refused', async () => {
		const storage = await open();
		await storage.applyPage(pageOf([pageBook(OTHER, [entryOf(1)])]));
		await storage.applyPage(pageOf([pageBook(OTHER, [entryOf(1), entryOf(2)], 1)]));
		for (const at of [3, 4, 5]) await saveNext(storage, entryOf(at));
		await storage.applyAcks([
			{ n: 1, outcome: 'accepted', commit: 9 },
			{ n: 2, outcome: 'refused', code: 'schema' }
		]);
		const onServer = [1, 2, 3].map((at) => entryOf(at).id);
		expect(await storage.readDigest()).toBe(digestOf(onServer));
		await storage.fold(nothingStops);
		expect(await storage.readDigest()).toBe(digestOf(onServer));
	});

	it('counts an entry once that came back in a page before its ack', async () => {
		const storage = await open();
		await saveNext(storage, entryOf(1));
		await storage.applyPage(pageOf([pageBook(BOOK, [entryOf(1)], 1)]));
		await storage.applyPage(pageOf([pageBook(BOOK, [entryOf(1)], 1)]));
		expect(await storage.readDigest()).toBe(digestOf([entryOf(1).id]));
		expect(await waitingOf(storage)).toEqual([1]);
		await storage.applyAcks([{ n: 1, outcome: 'accepted', commit: 9 }]);
		expect(await storage.readDigest()).toBe(digestOf([entryOf(1).id]));
	});

	it('forgets what it counted of a book that leaves, and counts it again when it returns', async () => {
		const storage = await open();
		await storage.applyPage(pageOf([pageBook(BOOK, [entryOf(1)]), pageBook(OTHER, [entryOf(9)])]));
		await saveNext(storage, entryOf(2));
		await saveNext(storage, entryOf(3));
		await storage.applyPage(pageOf([pageBook(BOOK, [entryOf(2)], 3)]));
		await storage.applyPage(pageOf([], { leave: [BOOK] }));
		expect(await storage.readDigest()).toBe(digestOf([entryOf(9).id]));
		const back = [1, 2].map((at) => entryOf(at));
		await storage.applyPage(pageOf([pageBook(BOOK, back, 2)]));
		await storage.applyAcks([
			{ n: 1, outcome: 'accepted', commit: 5 },
			{ n: 2, outcome: 'accepted', commit: 6 }
		]);
		const all = [1, 2, 3, 9].map((at) => entryOf(at).id);
		expect(await storage.readDigest()).toBe(digestOf(all));
	});
}

export function standingTests(open: Open): void {
	const isOut = async (storage: BookStorage): Promise<boolean> =>
		(await storage.readBook(BOOK))?.standing === 'out-of-feed';
	const token = Uint8Array.of(1);

	it('awaits every book in a fresh snapshot, and marks those that did not come, with all they hold', async () => {
		const storage = await open();
		await storage.applyPage(pageOf([pageBook(BOOK, [entryOf(1)]), pageBook(OTHER, [entryOf(2)])]));
		expect(await storage.markOutOfFeed('awaited')).toBe(0);
		await storage.forgetToken();
		await storage.applyPage(pageOf([pageBook(OTHER, [entryOf(2)], 1)], { token }));
		expect(await isOut(storage)).toBe(false);
		expect(await storage.markOutOfFeed('awaited')).toBe(1);
		expect(await isOut(storage)).toBe(true);
		expect(await idsIn(storage, BOOK)).toEqual([entryOf(1).id]);
		expect(await storage.readDigest()).toBe(digestOf([entryOf(2).id]));
		await storage.recount();
		expect(await storage.readDigest()).toBe(digestOf([entryOf(2).id]));
	});

	it('takes a book back into the feed by a page, by a leave, and by an entry of its own', async () => {
		const storage = await open();
		const goOut = async (): Promise<void> => {
			await storage.forgetToken();
			await storage.markOutOfFeed('awaited');
			expect(await isOut(storage)).toBe(true);
		};
		await storage.applyPage(pageOf([pageBook(BOOK, [entryOf(1)])]));
		await goOut();
		await storage.applyPage(pageOf([pageBook(BOOK, [entryOf(1), entryOf(2)], 1)], { token }));
		expect(await storage.readDigest()).toBe(digestOf([entryOf(1).id, entryOf(2).id]));
		await goOut();
		await saveNext(storage, entryOf(3));
		await storage.applyAcks([{ n: 1, outcome: 'accepted', commit: 9 }]);
		expect(await isOut(storage)).toBe(false);
		expect(await storage.readDigest()).toBe(digestOf([1, 2, 3].map((at) => entryOf(at).id)));
		await goOut();
		await storage.applyPage(pageOf([], { leave: [BOOK] }));
		expect(await storage.readBook(BOOK)).toBeUndefined();
		expect(await storage.readDigest()).toBe(0n);
	});

	it('leaves out of the digest what a restored server has not taken back', async () => {
		const storage = await open();
		const recent = [1, 2, 3].map((at) => recentOf(BOOK, entryOf(at), at));
		const books = [pageBook(BOOK, [1, 2, 3].map(entryOf))];
		await storage.applyPage(pageOf(books, { recent }));
		await storage.beginEpoch(Uint8Array.of(1, 2, 3, 4, 5, 6));
		await storage.applyAcks([
			{ id: entryOf(1).id, outcome: 'relayed', commit: 1 },
			{ id: entryOf(2).id, outcome: 'relay-refused', code: 'erased' }
		]);
		expect(await storage.readDigest()).toBe(digestOf([entryOf(1).id]));
		await storage.applyPage(pageOf([pageBook(BOOK, [entryOf(3)], 3)], { token }));
		expect(await storage.readDigest()).toBe(digestOf([entryOf(1).id, entryOf(3).id]));
		expect(await storage.readReoffers(PLENTY)).toEqual([]);
	});

	it('passes over the entries it is told to when it offers again', async () => {
		const storage = await open();
		const entries = Array.from({ length: 6 }, (_, at) => entryOf(at));
		const recent = entries.map((entry, at) => recentOf(BOOK, entry, at + 1));
		await storage.applyPage(pageOf([pageBook(BOOK, entries)], { recent }));
		await storage.forgetToken();
		const except = new Set([0, 1, 3].map((at) => entryOf(at).id));
		const read = await storage.readReoffers({ entriesMax: 2, bytesMax: 1_000_000, except });
		expect(read.map(({ id }) => id)).toEqual([entryOf(2).id, entryOf(4).id]);
	});
}
