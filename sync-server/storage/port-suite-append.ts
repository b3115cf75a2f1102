/** What an acknowledgement stands for. */
import { expect, it } from 'vitest';
import { ENTRIES_PER_BOOK_MAX } from '#lib/domain/limits.ts';
import { idToBytes } from '#lib/domain/ids.ts';
import { digestOf } from '#lib/entry/digest.ts';
import {
	AT_MS,
	batchOf,
	bookId,
	createSeededRandom,
	deviceId,
	entryOf,
	forgedEntry,
	idOf
} from './port-suite-material.ts';
import type { OpenNew, OpenTwice } from './port-suite.ts';
import type { AppendResult } from './storage.ts';

const BOOK = bookId(1);
const OTHER = bookId(2);
const OTHER_BOOK = bookId(3);

export function appendTests(openNew: OpenNew, openTwice: OpenTwice): void {
	answerTests(openNew, openTwice);
	identityTests(openNew);
	digestTests(openNew);
	manyCallsTests(openNew);
}

function answerTests(openNew: OpenNew, openTwice: OpenTwice): void {
	it('numbers entries in the order of the log and gives them back as they came', async () => {
		const storage = await openNew();
		const entries = [entryOf(BOOK, 1), entryOf(OTHER, 2), entryOf(BOOK, 3)];
		expect(await storage.append(batchOf(entries))).toEqual([1, 2, 3].map(accepted));
		const [first, , third] = entries;
		expect(await storage.readBook(BOOK)).toEqual([
			{ commit: 1, id: first?.id, bytes: first?.bytes, signature: first?.signature },
			{ commit: 3, id: third?.id, bytes: third?.bytes, signature: third?.signature }
		]);
		expect((await storage.readState()).head).toBe(3);
		await storage.close();
	});

	it('leaves the bytes of the caller usable', async () => {
		const storage = await openNew();
		const entry = entryOf(BOOK, 1);
		await storage.append(batchOf([entry]));
		expect(entry).toEqual(entryOf(BOOK, 1));
		await storage.close();
	});

	it('answers an empty push with nothing', async () => {
		const storage = await openNew();
		expect(await storage.append(batchOf([]))).toEqual([]);
		await storage.close();
	});

	it('still has everything after it was closed and opened, in the same epoch', async () => {
		const { first, again } = await openTwice();
		await first.append(batchOf([entryOf(BOOK, 1), entryOf(BOOK, 2)]));
		await first.confirm(1);
		const before = await first.readState();
		await first.close();
		const second = await again();
		expect(await second.readState()).toEqual(before);
		expect(before).toMatchObject({ head: 2, confirmed: 1 });
		expect(await second.append(batchOf([entryOf(BOOK, 3)]))).toEqual([accepted(3)]);
		await second.close();
	});

	it('writes an audit row with the counts of the push beside its entries', async () => {
		const storage = await openNew();
		const audit = { at: AT_MS, device: deviceId(1), facility: 'S0001' };
		await storage.append(batchOf([entryOf(BOOK, 1), entryOf(BOOK, 1)], 'small', audit));
		const rows = await storage.listAudit({ action: 'push', limit: 10 });
		expect(rows).toHaveLength(1);
		expect(rows[0]).toMatchObject(audit);
		expect(rows[0]?.detail).toContain('accepted=1');
		await storage.close();
	});

	it('never takes the confirmed number back, nor above the log', async () => {
		const storage = await openNew();
		await storage.append(batchOf([entryOf(BOOK, 1), entryOf(BOOK, 2)]));
		await storage.confirm(2);
		await storage.confirm(1);
		expect((await storage.readState()).confirmed).toBe(2);
		await expect(storage.confirm(3)).rejects.toThrow(RangeError);
		await storage.close();
	});
}

function identityTests(openNew: OpenNew): void {
	it('answers an entry it has as a duplicate with its first number, also within one push', async () => {
		const storage = await openNew();
		const entry = entryOf(BOOK, 1);
		expect(await storage.append(batchOf([entry, entry]))).toEqual([accepted(1), duplicate(1)]);
		expect(await storage.append(batchOf([entry], 'bulk'))).toEqual([duplicate(1)]);
		expect(await storage.readBook(BOOK)).toHaveLength(1);
		await storage.close();
	});

	it('calls other bytes under the same id an equivocation and keeps the first', async () => {
		const storage = await openNew();
		const entry = entryOf(BOOK, 1);
		await storage.append(batchOf([entry]));
		const forged = forgedEntry(BOOK, idToBytes(entry.id), 'something else');
		expect(await storage.append(batchOf([forged]))).toEqual([refused('equivocation')]);
		expect((await storage.readBook(BOOK)).map(({ bytes }) => bytes)).toEqual([entry.bytes]);
		await storage.close();
	});

	it('refuses a second id with the same first 53 bits in one book, and only there', async () => {
		const storage = await openNew();
		const id = idToBytes(idOf('collision'));
		const last = id[15] ?? 0;
		const sameBits = id.with(15, last ^ 1);
		const otherBit53 = id.with(6, (id[6] ?? 0) ^ 0b0000_1000);
		const bit54 = id.with(6, (id[6] ?? 0) ^ 0b0000_0100);
		await storage.append(batchOf([forgedEntry(BOOK, id, 'first')]));
		const probes = [
			forgedEntry(BOOK, sameBits, 'second'),
			forgedEntry(BOOK, bit54, 'third'),
			forgedEntry(BOOK, otherBit53, 'fourth'),
			forgedEntry(OTHER, sameBits, 'second')
		];
		expect(await storage.append(batchOf(probes))).toEqual([
			refused('id-taken'),
			refused('id-taken'),
			accepted(2),
			accepted(3)
		]);
		await storage.close();
	});

	it('holds first bits of any value apart', async () => {
		const storage = await openNew();
		const lowest = new Uint8Array(16);
		const highest = new Uint8Array(16).fill(255);
		const next = highest.with(6, 0b1111_0111);
		const entries = [lowest, highest, next].map((id, n) => forgedEntry(BOOK, id, `${n}`));
		expect(await storage.append(batchOf(entries))).toEqual([1, 2, 3].map(accepted));
		expect(await storage.append(batchOf(entries))).toEqual([1, 2, 3].map(duplicate));
		await storage.close();
	});

	it('refuses an entry beyond the limit of a book, and still knows those it has', async () => {
		const storage = await openNew();
		const entries = Array.from({ length: ENTRIES_PER_BOOK_MAX }, (_, n) => entryOf(BOOK, n));
		for (let at = 0; at < entries.length; at += 100)
			await storage.append(batchOf(entries.slice(at, at + 100), 'bulk'));
		const more = [entryOf(BOOK, 'more'), entryOf(BOOK, 0), entryOf(OTHER, 1)];
		expect(await storage.append(batchOf(more))).toEqual([
			refused('book-full'),
			duplicate(1),
			accepted(ENTRIES_PER_BOOK_MAX + 1)
		]);
		expect((await storage.readBookState(BOOK))?.n).toBe(ENTRIES_PER_BOOK_MAX);
		await storage.close();
	}, 30_000);
}

function digestTests(openNew: OpenNew): void {
	it('has one digest for one set of entries, in whatever order and however often they came', async () => {
		const storage = await openNew();
		const random = createSeededRandom(7);
		const entries = Array.from({ length: 30 }, (_, n) => entryOf(BOOK, n));
		const digests = new Set<bigint>();
		for (let round = 0; round < 3; round++) {
			const book = bookId(`round ${round}`);
			const shuffled = [...entries, ...entries].sort(() => random() - 0.5);
			for (let at = 0; at < shuffled.length; at += 7)
				await storage.append(batchOf(shuffled.slice(at, at + 7).map((one) => ({ ...one, book }))));
			const state = await storage.readBookState(book);
			expect(state?.n).toBe(30);
			digests.add(state?.digest ?? 0n);
		}
		expect([...digests]).toEqual([digestOf(entries.map(({ id }) => id))]);
		await storage.close();
	});

	it('does not count what it refused, and knows no state of a book without entries', async () => {
		const storage = await openNew();
		const entry = entryOf(BOOK, 1);
		const forged = forgedEntry(BOOK, idToBytes(entry.id), 'something else');
		await storage.append(batchOf([entry, forged]));
		expect(await storage.readBookState(BOOK)).toEqual({ n: 1, digest: digestOf([entry.id]) });
		const more = [entryOf(BOOK, 8), entryOf(OTHER_BOOK, 8), entryOf(BOOK, 9)];
		await storage.append(batchOf(more));
		const ids = [entry, ...more].filter(({ book }) => book === BOOK).map(({ id }) => id);
		for (const n of [0, 1, 2, 3, 4])
			expect(await storage.digestOfFirst(BOOK, n)).toBe(digestOf(ids.slice(0, n)));
		expect(await storage.digestOfFirst(OTHER, 5)).toBe(0n);
		expect(await storage.readBookState(OTHER)).toBeUndefined();
		expect(await storage.readBook(OTHER)).toEqual([]);
		await storage.close();
	});

	it('reads a long book in parts that fit together', async () => {
		const storage = await openNew();
		const entries = Array.from({ length: 20 }, (_, n) => entryOf(BOOK, n));
		await storage.append(batchOf(entries));
		const ids: string[] = [];
		for (;;) {
			const part = await storage.readBook(BOOK, { entriesSent: ids.length, bytesMax: 100 });
			if (part.length === 0) break;
			expect(part.length).toBeLessThan(6);
			ids.push(...part.map(({ id }) => id));
		}
		expect(ids).toEqual(entries.map(({ id }) => id));
		await storage.close();
	});
}

function manyCallsTests(openNew: OpenNew): void {
	it('gives each of many calls at once its own answers, without a gap in the numbers', async () => {
		const storage = await openNew();
		const pushes = Array.from({ length: 60 }, (_, push) =>
			Array.from({ length: push % 7 === 0 ? 250 : 2 }, (_entry, n) =>
				entryOf(bookId(n % 5), `${push}-${n}`)
			)
		);
		const answers = await Promise.all(
			pushes.map((entries) =>
				storage.append(batchOf(entries, entries.length > 20 ? 'bulk' : 'small'))
			)
		);
		const commits = new Map<string, number>();
		for (const [push, results] of answers.entries())
			for (const [n, result] of results.entries())
				if (result.type === 'accepted') commits.set(pushes[push]?.[n]?.id ?? '', result.commit);
		const total = pushes.flat().length;
		expect([...commits.values()].sort((a, b) => a - b)).toEqual(
			Array.from({ length: total }, (_, n) => n + 1)
		);
		for (const n of [0, 1, 2, 3, 4])
			for (const { id, commit } of await storage.readBook(bookId(n)))
				expect(commits.get(id)).toBe(commit);
		await storage.close();
	});
}

const accepted = (commit: number): AppendResult => ({ type: 'accepted', commit });
const duplicate = (commit: number): AppendResult => ({ type: 'duplicate', commit });
const refused = (code: 'id-taken' | 'equivocation' | 'book-full'): AppendResult => ({
	type: 'refused',
	code
});
