/** What the device does when it and the server do not hold the same: books out of the feed, lost rows. */
import { describe, expect, it } from 'vitest';
import { createMemoryDisk, createMemoryStorage } from '#lib/storage/memory.ts';
import type { MemoryDisk, MemoryStorage } from '#lib/storage/memory.ts';
import type { BookRow } from '#lib/storage/tables.ts';
import {
	acceptedFrom,
	bookId,
	digestBytes,
	end,
	entryOf,
	page,
	rowOf,
	saveOf,
	type Script
} from './scripted-server.fixture.ts';
import {
	BOOK,
	EPOCH,
	idsIn,
	idsOf,
	OTHER,
	save,
	setUpOn,
	TOKEN,
	waitingIn,
	type Setup as SetupOn
} from './sync-engine.fixture.ts';

type Setup = SetupOn<MemoryStorage>;

const HOUR_MS = 3_600_000;
const MINE = bookId(3);

/** A server whose feed holds OTHER only, and which sends it to whoever has no cursor. */
const holdsOtherOnly: Script = ({ token }) => ({
	frames: [
		...(token === undefined ? [page([rowOf(OTHER, entryOf(2))], { token: TOKEN })] : []),
		end({ digest: digestBytes(entryOf(2)) })
	]
});

/** This device holds BOOK and OTHER; the server was restored to before BOOK came into the feed. */
async function setUpLostMembership(): Promise<Setup> {
	const setup = setUpOn(createMemoryStorage());
	const rows = [rowOf(BOOK, entryOf(1)), rowOf(OTHER, entryOf(2))];
	setup.server.answer(() => ({ frames: [page(rows, { token: TOKEN }), end()] }));
	await setup.engine.round();
	setup.server.answer(holdsOtherOnly);
	return setup;
}

async function snapshotsIn(
	{ server, engine, time }: Setup,
	rounds: number,
	everyMs: number
): Promise<number> {
	const before = server.requests.length;
	for (let round = 0; round < rounds; round++) {
		await engine.round();
		time.nowMs += everyMs;
	}
	return server.requests.slice(before).filter(({ token }) => token === undefined).length;
}

describe('a book that is no longer in the feed', () => {
	it('costs one snapshot, then both sides agree, and the copy stays and is known as such', async () => {
		const setup = await setUpLostMembership();
		expect(await snapshotsIn(setup, 30, HOUR_MS)).toBe(1);
		expect(await setup.engine.round()).toMatchObject({ digest: 'same' });
		expect(await setup.storage.readBook(BOOK)).toMatchObject({
			standing: 'out-of-feed',
			entries: [entryOf(1)]
		});
		expect(await setup.storage.readBook(OTHER)).not.toHaveProperty('standing');
	});

	it('is in it again, and counted, as soon as the server sends something of it', async () => {
		const setup = await setUpLostMembership();
		await snapshotsIn(setup, 5, HOUR_MS);
		const digest = digestBytes(entryOf(1), entryOf(2), entryOf(3));
		const rows = [rowOf(BOOK, entryOf(1), entryOf(3))];
		setup.server.answer(() => ({ frames: [page(rows, { token: TOKEN }), end({ digest })] }));
		expect(await setup.engine.round()).toMatchObject({ digest: 'same' });
		expect(await setup.storage.readBook(BOOK)).not.toHaveProperty('standing');
	});

	it('is in it again when the server takes an entry of this device in it', async () => {
		const setup = await setUpLostMembership();
		await snapshotsIn(setup, 5, HOUR_MS);
		await save(setup.storage, 3);
		const digest = digestBytes(entryOf(1), entryOf(2), entryOf(3));
		setup.server.answer(() => ({ frames: [acceptedFrom(9, 1), end({ digest })] }));
		expect(await setup.engine.round()).toMatchObject({ digest: 'same' });
		expect(await setup.storage.readBook(BOOK)).not.toHaveProperty('standing');
	});

	it('is not one that the snapshot left out because this device pushed it in the same request', async () => {
		const { storage, server, engine } = await setUpLostMembership();
		const differs = digestBytes(entryOf(2));
		server.answer(
			() => ({ frames: [end({ digest: differs })] }),
			async () => {
				await save(storage, 3, MINE);
				return { frames: [end({ digest: differs })] };
			},
			() => ({
				frames: [
					acceptedFrom(9, 1),
					page([rowOf(OTHER, entryOf(2))], { token: TOKEN }),
					end({ digest: digestBytes(entryOf(2), entryOf(3)) })
				]
			})
		);
		await engine.round();
		expect(await engine.round()).toMatchObject({ digest: 'different', hasMore: true });
		expect(await engine.round()).toMatchObject({ digest: 'same' });
		expect(await storage.readBook(MINE)).not.toHaveProperty('standing');
	});

	it('is not one that a snapshot had not brought when the server was restored again', async () => {
		const setup = await setUpLostMembership();
		const { storage, server, engine } = setup;
		const digest = digestBytes(entryOf(9));
		server.answer(
			() => ({ frames: [end({ digest })] }),
			() => ({ frames: [end({ digest })] }),
			() => ({ frames: [page([rowOf(OTHER, entryOf(2))], { token: TOKEN })], lost: true }),
			() => ({ frames: [page([], { token: Uint8Array.of(7), epoch: EPOCH }), end({ digest })] })
		);
		for (let round = 0; round < 5; round++) await engine.round();
		expect(server.requests[3]?.token).toBeUndefined();
		expect(await storage.readBook(BOOK)).not.toHaveProperty('standing');
	});
});

describe('a repair that helped', () => {
	it('is not followed by another within six hours', async () => {
		const setup = await setUpLostMembership();
		expect(await snapshotsIn(setup, 5, 60_000)).toBe(1);
		expect(await setup.engine.round()).toMatchObject({ digest: 'same' });
		const digest = digestBytes(entryOf(9));
		setup.server.answer(() => ({ frames: [end({ digest })] }));
		expect(await snapshotsIn(setup, 350, 60_000)).toBe(0);
		expect(await snapshotsIn(setup, 10, 60_000)).toBeGreaterThan(0);
	});
});

describe('a repair that does not help', () => {
	it('is tried again at longer and longer intervals, a week at last', async () => {
		const setup = await setUpLostMembership();
		const digest = digestBytes(entryOf(9));
		setup.server.answer(({ token }) => ({
			frames: [
				...(token === undefined ? [page([rowOf(OTHER, entryOf(2))], { token: TOKEN })] : []),
				end({ digest })
			]
		}));
		// After 0, 6, 18, 42, 90 and 186 hours, and then every week.
		expect(await snapshotsIn(setup, 24 * 40, HOUR_MS)).toBe(10);
		expect(await snapshotsIn(setup, 24 * 8, HOUR_MS)).toBe(1);
	});
});

describe('a book row that was lost or damaged on this device', () => {
	async function setUpStored(): Promise<Setup & { disk: MemoryDisk }> {
		const disk = createMemoryDisk();
		const setup = setUpOn(createMemoryStorage({ disk }));
		await save(setup.storage, 5);
		const rows = [rowOf(BOOK, entryOf(1), entryOf(2)), rowOf(OTHER, entryOf(3))];
		const frames = [page(rows, { token: TOKEN }), end()];
		setup.server.answer(() => ({ frames: [acceptedFrom(1, 1), ...frames] }));
		await setup.engine.round();
		await setup.storage.fold(() => false);
		return { ...setup, disk };
	}

	async function change(
		disk: MemoryDisk,
		by: (row: BookRow) => BookRow | undefined
	): Promise<void> {
		const end = { isLost: () => false, commit: async () => undefined };
		await disk.transact(async ({ books }) => {
			const row = await books.get(BOOK);
			if (row === undefined) throw new Error('no such book');
			const changed = by(row);
			await (changed === undefined ? books.deleteMany([BOOK]) : books.put(changed));
		}, end);
	}

	const cut = (row: BookRow): BookRow => ({ ...row, packed: row.packed.slice(0, 30) });
	const whole = digestBytes(...[1, 2, 3, 5].map((n) => entryOf(n)));
	/** Answers with the whole book when it is asked for, or to whoever has no cursor. */
	const sends: Script = ({ token, books }) => {
		const rows = [rowOf(BOOK, ...[1, 2, 5].map((n) => entryOf(n)))];
		const asked = books === undefined ? [] : [page(rows)];
		const all = [page([...rows, rowOf(OTHER, entryOf(3))], { token: TOKEN })];
		return { frames: [...asked, ...(token === undefined ? all : []), end({ digest: whole })] };
	};

	it('is noticed within a day although nothing else changed, and comes again with a snapshot', async () => {
		const setup = await setUpStored();
		setup.server.answer(sends);
		expect(await setup.engine.round()).toMatchObject({ digest: 'same' });
		await change(setup.disk, () => undefined);
		expect(await setup.engine.round()).toMatchObject({ digest: 'same' });
		setup.time.nowMs += 24 * HOUR_MS;
		await snapshotsIn(setup, 4, 60_000);
		expect(await idsIn(setup.storage, BOOK)).toEqual(idsOf(1, 2, 5));
		expect(await setup.engine.round()).toMatchObject({ digest: 'same' });
	});

	it('is read as what is whole of it and what this device has not sent', async () => {
		const { storage, disk } = await setUpStored();
		await save(storage, 6);
		await storage.fold(() => false);
		await change(disk, cut);
		expect(await storage.readBook(BOOK)).toMatchObject({
			standing: 'damaged',
			entries: [entryOf(6)]
		});
		expect(await storage.save(saveOf(BOOK, entryOf(7), 1))).toMatchObject({ type: 'saved' });
		expect(await idsIn(storage, BOOK)).toEqual(idsOf(6, 7));
	});

	it('does not stop pages: it is asked for by itself, and whole again with what waits here', async () => {
		const setup = await setUpStored();
		const { storage, server, engine } = setup;
		await change(setup.disk, cut);
		await save(storage, 6);
		await storage.fold(() => false);
		server.answer(({ books, push = [] }) => {
			const taken = push.length > 0 ? [acceptedFrom(9, push.length)] : [];
			const rows = [rowOf(BOOK, ...[1, 2, 4, 5].map((n) => entryOf(n)))];
			const feed = page([rowOf(BOOK, entryOf(4))], { token: Uint8Array.of(2) });
			return { frames: [...taken, ...(books === undefined ? [] : [page(rows)]), feed, end()] };
		});
		for (let round = 0; round < 2; round++)
			expect(await engine.round()).toMatchObject({ type: 'done' });
		expect((await storage.readMeta()).token).toEqual(Uint8Array.of(2));
		expect(await idsIn(storage, BOOK)).toEqual(idsOf(1, 2, 4, 5, 6));
		expect(await storage.readBook(BOOK)).not.toHaveProperty('standing');
		expect(await waitingIn(storage)).toEqual([]);
		await engine.round();
		expect(server.requests.at(-1)).not.toHaveProperty('books');
	});

	it('is out of the feed when the server does not mention it', async () => {
		const setup = await setUpStored();
		await change(setup.disk, cut);
		await setup.storage.readBook(BOOK);
		setup.server.answer(() => ({ frames: [end({ digest: digestBytes(entryOf(3)) })] }));
		await setup.engine.round();
		expect(setup.server.requests.at(-1)?.books).toHaveLength(1);
		expect(await setup.engine.round()).toMatchObject({ digest: 'same' });
		expect(await setup.storage.readBook(BOOK)).toMatchObject({ standing: 'out-of-feed' });
	});
});
