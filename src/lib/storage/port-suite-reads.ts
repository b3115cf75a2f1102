/** Port suite, the chain of what was opened on the device. */
import { expect, it } from 'vitest';
import type { PersonId } from '#lib/domain/ids.ts';
import { nextReadLink, READS_START, type BookRead } from '#lib/entry/read-chain.ts';
import type { BookStorage } from './port.ts';
import { BOOK, OTHER, type Open } from './port-suite-material.ts';

const NURSE = 'AAAAAAAAAAAAAAAAAAAAAw' as PersonId;
const READS: BookRead[] = [
	{ book: BOOK, person: NURSE, atMs: 5 },
	{
		book: OTHER,
		person: NURSE,
		atMs: 4,
		emergency: { reason: 'unconscious', note: 'Bất tỉnh, không có người nhà' }
	},
	{ book: BOOK, person: NURSE, atMs: 9 }
];

function chain(reads: readonly BookRead[]) {
	return reads.reduce(nextReadLink, READS_START);
}

async function withReads(storage: BookStorage): Promise<BookStorage> {
	for (const read of READS) await storage.noteRead(read);
	return storage;
}

export function readsTests(open: Open): void {
	it('are listed in their order, as a chain that anybody can follow', async () => {
		const storage = await withReads(await open());
		expect(await storage.listReads(1_000_000)).toEqual({
			after: READS_START,
			reads: READS,
			tip: chain(READS)
		});
		expect(await storage.listReads(2)).toMatchObject({ reads: READS.slice(0, 2), tip: { n: 2 } });
	});

	it('go when the server has them, and the chain goes on from there', async () => {
		const storage = await withReads(await open());
		await storage.forgetReads(2);
		const after = chain(READS.slice(0, 2));
		expect(await storage.listReads(1)).toEqual({
			after,
			reads: READS.slice(2),
			tip: chain(READS)
		});
		await storage.forgetReads(3);
		expect(await storage.listReads(10)).toBeUndefined();
		const [first] = READS;
		if (first === undefined) return expect.unreachable();
		await storage.noteRead(first);
		expect(await storage.listReads(10)).toEqual({
			after: chain(READS),
			reads: [first],
			tip: chain([...READS, first])
		});
	});

	it('stay where the server named a link that is not there', async () => {
		const storage = await withReads(await open());
		await storage.forgetReads(7);
		expect((await storage.listReads(10))?.reads).toEqual(READS);
	});

	it('two at once are two links', async () => {
		const storage = await open();
		await Promise.all(READS.map((read) => storage.noteRead(read)));
		expect((await storage.listReads(10))?.tip.n).toBe(READS.length);
	});
}

export function readsReopenTests(
	openTwice: () => Promise<{ first: BookStorage; again: () => Promise<BookStorage> }>
): void {
	it('are there again after closing', async () => {
		const { first, again } = await openTwice();
		await withReads(first);
		await first.forgetReads(1);
		await first.close();
		expect(await (await again()).listReads(10)).toMatchObject({
			reads: READS.slice(1),
			tip: chain(READS)
		});
	});
}
