import { describe, expect, it } from 'vitest';
import {
	createMemoryDisk,
	createMemoryStorage,
	type MemoryFaults,
	type MemoryStorage
} from '#lib/storage/memory.ts';
import { digestToBytes } from '#lib/entry/digest.ts';
import { tipToSign } from '#lib/entry/journal.ts';
import { FRAME_BYTES_MAX, REQUEST_BYTES_MAX } from '#lib/protocol/limits.ts';
import type { Ack, Certificate } from '#lib/protocol/messages.ts';
import type { BookId } from '#lib/domain/ids.ts';
import type { PushRow } from './push.ts';
import {
	acceptedFrom,
	acks,
	bookId,
	digestBytes,
	end,
	entryOf,
	leaveOf,
	page,
	rowOf,
	saveOf,
	SERVER_NOW_MS,
	summaryOf,
	takesAll,
	type Answer
} from './scripted-server.fixture.ts';
import {
	BOOK,
	EPOCH,
	idsIn,
	idsOf,
	OTHER,
	PLENTY,
	pushedIds,
	save,
	setUpOn,
	TOKEN,
	waitingIn,
	type Setup as SetupOn
} from './sync-engine.fixture.ts';
import type { SyncEngineDeps } from './sync-engine.ts';

type Setup = SetupOn<MemoryStorage>;

function setUp(
	overrides: Partial<SyncEngineDeps> & { faults?: MemoryFaults; storage?: MemoryStorage } = {}
): Setup {
	const { faults, storage, ...deps } = overrides;
	return setUpOn(storage ?? createMemoryStorage(faults && { faults }), deps);
}

describe('pushing', () => {
	it('asks in fewer than 64 bytes when there is nothing to send', async () => {
		const { storage, server, engine } = setUp();
		await storage.applyPage({
			books: [],
			leave: [],
			recent: [],
			token: new Uint8Array(32).fill(9)
		});
		server.answer(() => ({ frames: [end()] }));
		expect(await engine.round()).toMatchObject({ type: 'done', hasMore: false });
		expect(server.requestBytes[0]).toBeLessThan(64);
		expect(server.requests[0]?.token).toHaveLength(32);
	});

	it('sends the oldest entries first, with the signed tip of the journal', async () => {
		const setup = setUp();
		for (const entry of [1, 2, 3]) await save(setup.storage, entry, bookId(entry));
		setup.server.answer(takesAll());
		const result = await setup.engine.round();
		expect(result).toMatchObject({ type: 'done', counts: { accepted: 3 } });
		expect(pushedIds(setup, 0)).toEqual([1, 2, 3].map((n) => entryOf(n).id));
		const tip = await setup.storage.readTip();
		expect(setup.server.requests[0]?.journal).toEqual({
			...tip,
			signature: new Uint8Array(64).fill(tipToSign(tip).length)
		});
		expect(await waitingIn(setup.storage)).toEqual([]);
	});

	it('counts a duplicate as accepted and keeps a refused entry with the reason', async () => {
		const { storage, server, engine } = setUp();
		for (const entry of [1, 2]) await save(storage, entry);
		server.answer(() => ({
			frames: [
				acks({ ack: 'duplicate', commit: 4 }, { ack: 'refused', code: 'schema', path: 'body.lot' }),
				end()
			]
		}));
		expect((await engine.round()).counts).toMatchObject({ accepted: 1, refused: 1 });
		expect(await storage.listOutbox(9)).toMatchObject([
			{ n: 2, state: 'refused', refusal: { code: 'schema', path: 'body.lot' } }
		]);
		expect(await idsIn(storage, BOOK)).toEqual(idsOf(1, 2));
	});

	it('does not offer an entry again before the time the server asked for, and lets others pass', async () => {
		const setup = setUp();
		const { storage, server, engine, time } = setup;
		await save(storage, 1);
		await save(storage, 2);
		const later = { ack: 'later', code: 'busy', seconds: 60 } as const;
		server.answer(
			() => ({ frames: [acks(later, { ack: 'accepted', commit: 1 }), end()] }),
			takesAll(2)
		);
		expect(await engine.round()).toMatchObject({ hasMore: false, counts: { later: 1 } });
		await save(storage, 3);
		time.nowMs += 59_000;
		expect(await engine.round()).toMatchObject({ hasMore: false, counts: { accepted: 1 } });
		expect(pushedIds(setup, 1)).toEqual([entryOf(3).id]);
		time.nowMs += 1_000;
		await engine.round();
		expect(pushedIds(setup, 2)).toEqual([entryOf(1).id]);
		expect(await waitingIn(storage)).toEqual([]);
	});

	it('sends at most 500 entries at once and is due again while more wait', async () => {
		const { storage, server, engine } = setUp();
		for (let entry = 0; entry < 501; entry++) await save(storage, entry, bookId(entry));
		server.answer(takesAll());
		expect(await engine.round()).toMatchObject({ hasMore: true, counts: { accepted: 500 } });
		expect(await engine.round()).toMatchObject({ hasMore: false, counts: { accepted: 1 } });
	});

	it('keeps a push of large entries, certificates included, within one request of 1 MiB', async () => {
		const certificate = { bytes: new Uint8Array(1_024), signature: new Uint8Array(64) };
		const { storage, server, engine } = setUp({
			certificates: async () => Array.from({ length: 64 }, () => certificate)
		});
		await storage.beginEpoch(EPOCH);
		for (let n = 0; n < 40; n++) await storage.save(saveOf(bookId(n), entryOf(n, 32 * 1024)));
		server.answer(takesAll());
		for (let round = 0; round < 2; round++) await engine.round();
		expect(await waitingIn(storage)).toEqual([]);
		expect(Math.max(...server.requestBytes)).toBeLessThanOrEqual(REQUEST_BYTES_MAX);
		expect(Math.max(...server.requestBytes)).toBeGreaterThan(REQUEST_BYTES_MAX * 0.85);
	});

	it('changes nothing when the acks are not as many as the entries', async () => {
		const { storage, server, engine } = setUp();
		for (const entry of [1, 2]) await save(storage, entry);
		server.answer(() => ({ frames: [acceptedFrom(1, 1), end()] }));
		expect(await engine.round()).toMatchObject({ type: 'bad-answer', code: 'acks' });
		expect(await waitingIn(storage)).toEqual([1, 2]);
	});

	it('keeps what was acknowledged before the connection went, and sends only the rest again', async () => {
		const { storage, server, engine } = setUp();
		await save(storage, 1);
		server.answer(
			() => ({ type: 'unreachable' }),
			() => ({ frames: [acceptedFrom(1, 1)], lost: true }),
			takesAll(2)
		);
		expect(await engine.round()).toMatchObject({ type: 'unreachable' });
		expect(await waitingIn(storage)).toEqual([1]);
		expect(await engine.round()).toMatchObject({ type: 'cut', counts: { accepted: 1 } });
		await engine.round();
		expect(server.requests[2]?.push).toBeUndefined();
	});

	it('finds the one entry that the server cannot read, and sends all others', async () => {
		const { storage, server, engine, time } = setUp();
		for (let entry = 0; entry < 20; entry++) await save(storage, entry, bookId(entry));
		const poison = entryOf(6).bytes;
		const takes = takesAll();
		server.answer((request) =>
			request.push?.some(({ entry }) => entry.every((byte, at) => byte === poison[at]))
				? { type: 'request-refused', problem: '/problems/schema' }
				: takes(request)
		);
		for (let round = 0; round < 25; round++) await engine.round();
		expect(await waitingIn(storage)).toEqual([7]);
		server.answer(takesAll(100));
		time.nowMs += 3_600_000;
		await engine.round();
		expect(await waitingIn(storage)).toEqual([]);
	});

	it('refuses to run two rounds at once', async () => {
		const { server, engine } = setUp();
		server.answer(() => ({ frames: [end()] }));
		const first = engine.round();
		await expect(engine.round()).rejects.toThrow('one round at a time');
		await first;
	});
});

describe('pulling', () => {
	it('stores books with their cursor, and summaries computed from the whole book', async () => {
		const { storage, server, engine, applied } = setUp();
		await save(storage, 1);
		server.answer(() => ({
			frames: [
				acceptedFrom(1, 1),
				page([rowOf(BOOK, entryOf(2)), rowOf(OTHER, entryOf(3))], { token: TOKEN }),
				end()
			]
		}));
		expect((await engine.round()).counts.booksTaken).toBe(2);
		expect(await idsIn(storage, BOOK)).toEqual(idsOf(1, 2));
		expect((await storage.readMeta()).token).toEqual(TOKEN);
		const people = new Map<BookId, Uint8Array>();
		for await (const rows of storage.readPeople())
			for (const { book, summary } of rows) people.set(book, summary);
		expect(people.get(BOOK)).toEqual(summaryOf([entryOf(1), entryOf(2)]));
		expect(applied).toEqual([{ books: [BOOK, OTHER], left: [] }]);
	});

	it('computes again when somebody saves into a book of the page meanwhile', async () => {
		let savesLeft = 3;
		const storage = createMemoryStorage();
		const { server, engine } = setUp({
			storage,
			summarise: async (book, entries) => {
				if (savesLeft-- > 0) await save(storage, 10 + savesLeft, book);
				return summaryOf(entries);
			}
		});
		server.answer(() => ({
			frames: [page([rowOf(BOOK, entryOf(1))], { token: TOKEN }), end()]
		}));
		expect(await engine.round()).toMatchObject({ type: 'done' });
		const all = [1, 10, 11, 12].map((n) => entryOf(n));
		expect(await idsIn(storage, BOOK)).toEqual(idsOf(1, 10, 11, 12));
		for await (const rows of storage.readPeople())
			for (const { summary } of rows) expect(summary).toEqual(summaryOf(all));
	});

	it('throws a wrong page away whole, with all after it, keeps those before it and asks again', async () => {
		const { storage, server, engine } = setUp();
		const good = page([rowOf(BOOK, entryOf(1))], { token: TOKEN });
		const bad = {
			...page([rowOf(BOOK, entryOf(2)), rowOf(OTHER, entryOf(3))], { token: Uint8Array.of(2) }),
			ids: new Uint8Array(32)
		};
		const after = page([rowOf(OTHER, entryOf(4))], { token: Uint8Array.of(3) });
		server.answer(() => ({ frames: [good, bad, after, end()] }));
		expect(await engine.round()).toMatchObject({ type: 'bad-answer', code: 'page-ids' });
		expect(await idsIn(storage, BOOK)).toEqual(idsOf(1));
		expect(await storage.readBook(OTHER)).toBeUndefined();
		await engine.round();
		expect(server.requests[1]?.token).toEqual(TOKEN);
	});

	it.each([
		['falls silent', { lost: true as const }, 'cut'],
		['ends in the middle of a frame', { raw: Uint8Array.of(0, 0, 9) }, 'cut'],
		['becomes something else', { raw: new TextEncoder().encode('<html>') }, 'bad-answer'],
		['announces too large a frame', { raw: lengthOf(FRAME_BYTES_MAX + 1) }, 'bad-answer'],
		['just ends without its end', {}, 'cut']
	])('keeps the pages that came whole when the answer %s', async (_, rest, type) => {
		const { storage, server, engine } = setUp();
		const whole = page([rowOf(BOOK, entryOf(1))], { token: TOKEN });
		server.answer(() => ({ frames: [whole], ...rest }));
		expect(await engine.round()).toMatchObject({ type, counts: { booksTaken: 1 } });
		expect((await storage.readMeta()).token).toEqual(TOKEN);
		expect((await storage.readMeta()).lastContactMs).toBeUndefined();
	});

	it('takes the last word on a book that leaves and comes back, or comes and leaves', async () => {
		const { storage, server, engine, applied } = setUp();
		await storage.applyPage({
			books: [{ book: BOOK, entries: [entryOf(1)], summary: Uint8Array.of(1), count: 0 }],
			leave: [],
			recent: []
		});
		const back = [leaveOf(BOOK), rowOf(BOOK, entryOf(1), entryOf(2))];
		const gone = [rowOf(OTHER, entryOf(3)), leaveOf(OTHER)];
		server.answer(() => ({ frames: [page(back), page(gone, { token: TOKEN }), end()] }));
		await engine.round();
		expect(await idsIn(storage, BOOK)).toEqual(idsOf(1, 2));
		expect(await storage.readBook(OTHER)).toBeUndefined();
		expect(applied).toEqual([{ books: [BOOK], left: [OTHER] }]);
	});

	it('keeps entries above the confirmed backup until a backup holds them', async () => {
		const { storage, server, engine } = setUp();
		const row = rowOf(BOOK, entryOf(1), entryOf(2));
		if ('leave' in row) throw new Error('a row of entries');
		const signature = new Uint8Array(64).fill(3);
		const recent = [{ at: 1, commit: 8, signature }];
		server.answer(
			() => ({ frames: [page([{ ...row, recent }], { token: TOKEN }), end()] }),
			() => ({ frames: [end({ confirmed: 8 })] })
		);
		await engine.round();
		const readKept = async () => {
			await storage.forgetToken();
			return storage.readReoffers(PLENTY);
		};
		expect(await readKept()).toEqual([{ book: BOOK, ...entryOf(2), signature, commit: 8 }]);
		await storage.applyAcks([{ id: entryOf(2).id, outcome: 'relayed', commit: 8 }]);
		await engine.round();
		expect(await readKept()).toEqual([]);
	});

	it('takes the first sync in parts, tells the progress, and goes on after a kill where it stopped', async () => {
		const disk = createMemoryDisk();
		const first = setUp({ storage: createMemoryStorage({ disk }) });
		const pageNumber = (n: number) =>
			page(
				Array.from({ length: 100 }, (_, at) => rowOf(bookId(n * 100 + at), entryOf(n * 100 + at))),
				{ token: Uint8Array.of(n + 1), booksLeft: 900 - n * 100 }
			);
		const pages = Array.from({ length: 10 }, (_, n) => pageNumber(n));
		first.server.answer(() => ({ frames: pages.slice(0, 4), lost: true }));
		expect(await first.engine.round()).toMatchObject({
			type: 'cut',
			counts: { booksTaken: 400, booksLeft: 600 }
		});
		expect(first.applied.map(({ books, booksLeft }) => [books.length, booksLeft])).toEqual([
			[300, 700],
			[100, 600]
		]);
		first.storage.crash();
		const second = setUp({ storage: createMemoryStorage({ disk }) });
		second.server.answer(({ token }) => ({ frames: [...pages.slice(token?.[0] ?? 0), end()] }));
		expect(await second.engine.round()).toMatchObject({ type: 'done', hasMore: false });
		expect(await second.storage.countBooks()).toBe(1_000);
	});

	it('is due again at once when the server has more, but never without progress', async () => {
		const { server, engine } = setUp();
		server.answer(
			() => ({
				frames: [page([rowOf(BOOK, entryOf(1))], { token: TOKEN }), end({ more: true })]
			}),
			() => ({ frames: [end({ more: true })] })
		);
		expect(await engine.round()).toMatchObject({ hasMore: true });
		expect(await engine.round()).toMatchObject({ hasMore: false });
	});

	it('asks for books by themselves and leaves the cursor where it is', async () => {
		const { storage, server, engine } = setUp();
		await storage.applyPage({ books: [], leave: [], recent: [], token: TOKEN });
		server.answer(({ books = [] }) => ({
			frames: [page(books.map(() => rowOf(BOOK, entryOf(1)))), end()]
		}));
		await engine.round({ books: [BOOK] });
		expect(await idsIn(storage, BOOK)).toEqual(idsOf(1));
		expect((await storage.readMeta()).token).toEqual(TOKEN);
	});

	it('asks only for the rest of a book where it is told what the device has', async () => {
		const { server, engine } = setUp();
		server.answer(() => ({ frames: [end()] }));
		const held = new Map([[BOOK, { n: 3, digest: 5n }]]);
		await engine.round({ books: [BOOK, OTHER], held });
		const [first, second] = server.requests[0]?.books ?? [];
		expect(first).toMatchObject({ n: 3, digest: digestToBytes(5n) });
		expect(second).toMatchObject({ n: 0, digest: digestToBytes(0n) });
	});

	it('takes nothing more once it is stopped', async () => {
		const { storage, server, engine } = setUp();
		let isStopped = false;
		await save(storage, 1);
		server.answer(() => ({
			frames: [acceptedFrom(1, 1), page([rowOf(OTHER, entryOf(2))], { token: TOKEN }), end()]
		}));
		const applyAcks = storage.applyAcks.bind(storage);
		storage.applyAcks = async (outcomes) => {
			await applyAcks(outcomes);
			isStopped = true;
		};
		expect(await engine.round({ isStopped: () => isStopped })).toMatchObject({ type: 'cut' });
		expect(await storage.readBook(OTHER)).toBeUndefined();
		expect(await waitingIn(storage)).toEqual([]);
	});

	it('says that the device is full, keeps cursor and books as they were, and goes on when it is not', async () => {
		let isFull = true;
		const { storage, server, engine } = setUp({
			faults: { beforeCommit: () => (isFull ? 'quota' : undefined) }
		});
		server.answer(() => ({
			frames: [page([rowOf(BOOK, entryOf(1))], { token: TOKEN }), end()]
		}));
		expect(await engine.round()).toMatchObject({ type: 'storage-failed', code: 'quota' });
		expect(await storage.readBook(BOOK)).toBeUndefined();
		expect((await storage.readMeta()).token).toBeUndefined();
		isFull = false;
		expect(await engine.round()).toMatchObject({ type: 'done' });
		expect(await idsIn(storage, BOOK)).toEqual(idsOf(1));
	});
});

describe('the end of an answer', () => {
	it('takes the time only from the server and notes the contact', async () => {
		const { storage, server, engine, time } = setUp();
		server.answer(() => ({ frames: [end({ confirmed: 12 })] }));
		await engine.round();
		expect(await storage.readMeta()).toMatchObject({
			offset: SERVER_NOW_MS - time.nowMs,
			lastContactMs: time.nowMs,
			confirmed: 12
		});
	});

	it('agrees with the server when the digests are the same', async () => {
		const { storage, server, engine } = setUp();
		await save(storage, 1);
		server.answer(() => ({
			frames: [
				acceptedFrom(1, 1),
				page([rowOf(OTHER, entryOf(2))], { token: TOKEN }),
				end({ digest: digestBytes(entryOf(1), entryOf(2)) })
			]
		}));
		expect(await engine.round()).toMatchObject({ digest: 'same' });
	});

	it('does not compare while something of this device was not judged', async () => {
		const { storage, server, engine } = setUp();
		await save(storage, 1);
		const later = { ack: 'later', code: 'busy', seconds: 5 } as const;
		server.answer(
			() => ({ frames: [acks(later), end({ digest: digestBytes(entryOf(9)) })] }),
			() => ({ frames: [end({ digest: digestBytes(entryOf(9)) })] })
		);
		expect(await engine.round()).toMatchObject({ digest: 'not-compared' });
		expect(await engine.round()).toMatchObject({ digest: 'not-compared' });
		expect((await storage.readMeta()).mismatches).toBe(0);
	});

	it('does not compare when books asked for bring what came after the head', async () => {
		const { server, engine } = setUp();
		const asked = page([rowOf(OTHER, entryOf(2))]);
		server.answer(() => ({ frames: [asked, end({ digest: digestBytes() })] }));
		expect(await engine.round({ books: [OTHER] })).toMatchObject({ digest: 'not-compared' });
	});

	it('repairs the second mismatch in a row by a fresh snapshot, and removes nothing', async () => {
		const { storage, server, engine } = setUp();
		const books = page([rowOf(BOOK, entryOf(1))], { token: TOKEN });
		const digest = digestBytes(entryOf(1), entryOf(2));
		server.answer(
			() => ({ frames: [books, end({ digest })] }),
			() => ({ frames: [end({ digest })] }),
			({ token }) => ({
				frames: [
					page([rowOf(OTHER, entryOf(2)), rowOf(BOOK, entryOf(1))], { token: token ?? TOKEN }),
					end({ digest })
				]
			})
		);
		expect(await engine.round()).toMatchObject({ digest: 'different', hasMore: false });
		expect(await engine.round()).toMatchObject({ digest: 'different', hasMore: true });
		expect(await engine.round()).toMatchObject({ digest: 'same' });
		expect(server.requests.map(({ token }) => token)).toEqual([undefined, TOKEN, undefined]);
		expect(await idsIn(storage, BOOK)).toEqual(idsOf(1));
		expect(await idsIn(storage, OTHER)).toEqual(idsOf(2));
		expect((await storage.readMeta()).mismatches).toBe(0);
	});

	it('does not ask for snapshot after snapshot when a repair does not help', async () => {
		const { server, engine, time } = setUp();
		const books = page([rowOf(BOOK, entryOf(1))], { token: TOKEN });
		const digest = digestBytes(entryOf(9));
		server.answer(() => ({ frames: [books, end({ digest })] }));
		const snapshots = () => server.requests.filter(({ token }) => token === undefined).length;
		for (let round = 0; round < 20; round++) await engine.round();
		expect(snapshots()).toBe(2);
		time.nowMs += 6 * 60 * 60_000;
		for (let round = 0; round < 5; round++) await engine.round();
		expect(snapshots()).toBe(3);
	});
});

describe('after the server was restored', () => {
	const certificateOf = (n: number): Certificate => ({
		bytes: Uint8Array.of(n >> 8, n & 255),
		signature: new Uint8Array(64)
	});

	/** One acknowledged entry of this device, one of another, both above the confirmed backup. */
	async function setUpRecent(): Promise<Setup> {
		const setup = setUp({ certificates: async () => [certificateOf(1)] });
		await save(setup.storage, 1);
		const row = rowOf(OTHER, entryOf(2));
		if ('leave' in row) throw new Error('a row of entries');
		const recent = [{ at: 0, commit: 9, signature: new Uint8Array(64) }];
		setup.server.answer(() => ({
			frames: [acceptedFrom(8, 1), page([{ ...row, recent }], { token: TOKEN }), end()]
		}));
		await setup.engine.round();
		return setup;
	}

	it('offers everything recent again with the certificates of its authors, and goes on from the new cursor', async () => {
		const setup = await setUpRecent();
		const { storage, server, engine } = setup;
		const newToken = Uint8Array.of(5, 5);
		server.answer(
			() => ({
				frames: [page([], { token: newToken, epoch: EPOCH }), end({ epoch: EPOCH })]
			}),
			takesAll(4)
		);
		expect(await engine.round()).toMatchObject({ type: 'done', hasMore: true });
		expect(await engine.round()).toMatchObject({ hasMore: true, counts: { relayed: 2 } });
		expect(pushedIds(setup, 2)).toEqual([1, 2].map((n) => entryOf(n).id));
		expect(server.requests[2]).toMatchObject({
			token: newToken,
			certificates: [certificateOf(1)]
		});
		// The answer leaves out what was pushed, and what is relayed may not be here any more.
		expect(server.requests[2]?.credit).toBe(0);
		expect(await engine.round()).toMatchObject({ hasMore: false });
		expect(server.requests[3]).not.toHaveProperty('push');
		expect(server.requests[3]?.credit).toBeGreaterThan(0);
		expect((await storage.readMeta()).isReoffering).toBe(false);
	});

	it('drops nothing for a backup that was confirmed after the restore', async () => {
		const setup = await setUpRecent();
		const { server, engine } = setup;
		server.answer(
			() => ({ frames: [end({ epoch: EPOCH, confirmed: 100 })] }),
			takesAll(101, { confirmed: 100 })
		);
		await engine.round();
		await engine.round();
		expect(pushedIds(setup, 2)).toEqual([1, 2].map((n) => entryOf(n).id));
	});

	it('pulls between relays that nobody judges', async () => {
		const setup = await setUpRecent();
		const { server, engine, time } = setup;
		const judgesNothing = (): Answer => ({
			frames: [
				acks(...[1, 2].map((): Ack => ({ ack: 'later', code: 'unknown-author', seconds: 600 }))),
				end({ more: true })
			]
		});
		server.answer(
			() => ({ frames: [end({ epoch: EPOCH })] }),
			judgesNothing,
			() => ({ frames: [end()] }),
			judgesNothing,
			() => ({ frames: [end()] })
		);
		for (let round = 0; round < 5; round++) {
			await engine.round();
			time.nowMs += 600_000;
		}
		const credits = server.requests.slice(1).map(({ credit }) => credit);
		expect(credits.map((credit) => credit === 0)).toEqual([false, true, false, true, false]);
	});

	it('vouches for an author the server has forgotten, also without a cursor that tells of the restore', async () => {
		const { storage, server, engine, time } = setUp({
			certificates: async () => [certificateOf(1)]
		});
		await save(storage, 1);
		server.answer(
			() => ({ frames: [acks({ ack: 'later', code: 'unknown-author', seconds: 600 }), end()] }),
			takesAll(4)
		);
		await engine.round();
		expect(server.requests[0]).not.toHaveProperty('certificates');
		time.nowMs += 600_000;
		expect(await engine.round()).toMatchObject({ counts: { accepted: 1 } });
		expect(server.requests[1]).toMatchObject({ certificates: [certificateOf(1)] });
		expect((await storage.readMeta()).isReoffering).toBe(false);
	});

	it('does not forget it when the answer is cut off after a page of the new epoch', async () => {
		const setup = await setUpRecent();
		const { server, engine } = setup;
		server.answer(
			() => ({ frames: [page([], { token: Uint8Array.of(5), epoch: EPOCH })], lost: true }),
			takesAll(4)
		);
		expect(await engine.round()).toMatchObject({ type: 'cut' });
		await engine.round();
		expect(pushedIds(setup, 2)).toEqual([1, 2].map((n) => entryOf(n).id));
	});

	it('offers again what the restored server refused before it knew the authors', async () => {
		const setup = await setUpRecent();
		const { storage, server, engine } = setup;
		await save(storage, 3);
		server.answer(
			() => ({
				frames: [acks({ ack: 'refused', code: 'unknown-author' }), end({ epoch: EPOCH })]
			}),
			takesAll(4)
		);
		expect(await engine.round()).toMatchObject({ hasMore: true });
		await engine.round();
		expect(pushedIds(setup, 2)).toEqual([3, 1, 2].map((n) => entryOf(n).id));
		expect(await storage.listOutbox(9)).toEqual([]);
	});

	it('keeps an entry that the restored server does not take back, and offers it no more in this epoch', async () => {
		const { storage, server, engine } = await setUpRecent();
		server.answer(
			() => ({ frames: [end({ epoch: EPOCH })] }),
			({ push = [] }) => ({
				frames: [acks(...push.map(() => ({ ack: 'refused', code: 'erased' }) as const)), end()]
			}),
			() => ({ frames: [end({ confirmed: 1_000 })] })
		);
		for (let round = 0; round < 3; round++) await engine.round();
		expect(server.requests[3]).not.toHaveProperty('push');
		await storage.forgetToken();
		expect(await storage.readReoffers(PLENTY)).toHaveLength(2);
	});

	it('does not spin when the server repeats the epoch without a new cursor', async () => {
		const { server, engine } = await setUpRecent();
		server.answer(takesAll(4, { epoch: EPOCH }));
		const results = [];
		for (let round = 0; round < 4; round++) results.push(await engine.round());
		expect(results.map((result) => result.type === 'done' && result.hasMore)).toEqual([
			true,
			true,
			false,
			false
		]);
	});

	it('sends fewer entries when their authors are more than a request may name', async () => {
		const { storage, server, engine } = setUp({
			certificates: async (rows: readonly PushRow[]) => rows.map((_, at) => certificateOf(at))
		});
		for (let entry = 0; entry < 100; entry++) await save(storage, entry, bookId(entry));
		await storage.beginEpoch(EPOCH);
		server.answer(takesAll());
		expect(await engine.round()).toMatchObject({ hasMore: true, counts: { accepted: 50 } });
		expect(server.requests[0]?.certificates).toHaveLength(50);
		expect(await engine.round()).toMatchObject({ hasMore: false, counts: { accepted: 50 } });
	});
});

function lengthOf(bytes: number): Uint8Array {
	const length = new Uint8Array(4);
	new DataView(length.buffer).setUint32(0, bytes);
	return length;
}
