/** Entries of others, offered again after a restore. */
import { describe, expect, it } from 'vitest';
import { createMemoryStorage, type MemoryStorage } from '#lib/storage/memory.ts';
import type { Ack } from '#lib/protocol/messages.ts';
import {
	acks,
	digestBytes,
	end,
	entryOf,
	page,
	rowOf,
	type Script
} from './scripted-server.fixture.ts';
import {
	BOOK,
	EPOCH,
	OTHER,
	PLENTY,
	pushedIds,
	setUpOn,
	TOKEN,
	type Setup as SetupOn
} from './sync-engine.fixture.ts';

type Setup = SetupOn<MemoryStorage>;

const LATER: Ack = { ack: 'later', code: 'unknown-author', seconds: 600 };
const HOUR_MS = 3_600_000;

/** This device holds so many entries of others, all above the confirmed backup. */
async function setUpRelays(count: number): Promise<Setup> {
	const setup = setUpOn(createMemoryStorage());
	const entries = Array.from({ length: count }, (_, n) => entryOf(n));
	const signature = new Uint8Array(64);
	const recent = entries.map((_, at) => ({ at, commit: at + 1, signature }));
	const row = { ...rowOf(BOOK, ...entries), recent };
	setup.server.answer(() => ({ frames: [page([row], { token: TOKEN }), end()] }));
	await setup.engine.round();
	return setup;
}

/** A restored server that does not know the author of the first `unknown` entries. */
function knowsAllBut(unknown: number): Script {
	const ids = new Set(Array.from({ length: unknown }, (_, n) => keyOf(entryOf(n).bytes)));
	return ({ push = [] }) => {
		const answers = push.map(({ entry }): Ack =>
			ids.has(keyOf(entry)) ? LATER : { ack: 'accepted', commit: 9 }
		);
		return { frames: [...(push.length > 0 ? [acks(...answers)] : []), end({ epoch: EPOCH })] };
	};
}

const keyOf = (bytes: Uint8Array): string => bytes.join();

describe('entries of others whose author the server does not know', () => {
	it('do not hold up those that it takes, and do not keep the device re-offering', async () => {
		const setup = await setUpRelays(520);
		const { storage, server, engine, time } = setup;
		server.answer(knowsAllBut(500));
		for (let round = 0; round < 10; round++) {
			await engine.round();
			time.nowMs += 30_000;
		}
		expect(await storage.readReoffers(PLENTY)).toHaveLength(500);
		expect((await storage.readMeta()).isReoffering).toBe(false);
	});

	it('are offered again later, at longer and longer intervals, until it knows them', async () => {
		const setup = await setUpRelays(3);
		const { storage, server, engine, time } = setup;
		server.answer(knowsAllBut(3));
		for (let minute = 0; minute < 24 * 60; minute++) {
			await engine.round();
			time.nowMs += 60_000;
		}
		const offers = server.requests.filter(({ push }) => push !== undefined).length;
		// After 10, 30, 70, 150, 310 and 630 minutes, and then every six hours.
		expect(offers).toBeLessThanOrEqual(9);
		server.answer(knowsAllBut(0));
		for (let minute = 0; minute < 6 * 60 + 2; minute++) {
			await engine.round();
			time.nowMs += 60_000;
		}
		expect(await storage.readReoffers(PLENTY)).toEqual([]);
	});

	it('are left out of the digest, like those that it refused for good', async () => {
		const setup = await setUpRelays(3);
		const { server, engine, time } = setup;
		const judges: Script = ({ push = [] }) => {
			const refused: Ack = { ack: 'refused', code: 'erased' };
			const answers: Ack[] = [LATER, refused, { ack: 'accepted', commit: 9 }];
			const judged = push.length === 3 ? [acks(...answers)] : [];
			return { frames: [...judged, end({ digest: digestBytes(entryOf(2)) })] };
		};
		server.answer(() => ({ frames: [end({ epoch: EPOCH })] }), judges);
		await engine.round();
		await engine.round();
		time.nowMs += 30_000;
		expect(await engine.round()).toMatchObject({ digest: 'same' });
	});

	it('count again, and are not offered any more, once the server sends them', async () => {
		const setup = await setUpRelays(1);
		const { storage, server, engine, time } = setup;
		server.answer(knowsAllBut(1));
		for (let round = 0; round < 3; round++) await engine.round();
		expect(await storage.readReoffers(PLENTY)).toHaveLength(1);
		const row = rowOf(BOOK, entryOf(0));
		const digest = digestBytes(entryOf(0));
		server.answer(() => ({ frames: [page([row], { token: TOKEN }), end({ digest })] }));
		time.nowMs += HOUR_MS / 4;
		await engine.round();
		expect(await engine.round()).toMatchObject({ digest: 'same' });
		expect(await storage.readReoffers(PLENTY)).toEqual([]);
	});
});

describe('a book that somebody waits for', () => {
	it('goes before entries of others: such a request would be answered without pages', async () => {
		const setup = await setUpRelays(2);
		const { server, engine } = setup;
		server.answer(knowsAllBut(0));
		await engine.round();
		await engine.round({ books: [OTHER] });
		expect(server.requests.at(-1)).toMatchObject({ credit: 64 });
		expect(pushedIds(setup, 2)).toEqual([]);
		await engine.round();
		expect(pushedIds(setup, 3)).toHaveLength(2);
	});
});
