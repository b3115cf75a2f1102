import { expect, it } from 'vitest';
import { idToBytes } from '#lib/domain/ids.ts';
import { COMPARED_ENTRIES_MAX, selectBooks } from './book-pages.ts';
import { bookOf } from './sync.fixture.ts';

it('sums up no more entries for one request than its limit; the other books go whole', async () => {
	let summed = 0;
	const n = 9_000;
	const storage = {
		readBookState: async () => ({ n: n + 1, digest: 7n }),
		digestOfFirst: async (_book: unknown, count: number) => {
			summed += count;
			return 0n;
		}
	};
	const books = Array.from({ length: 50 }, (_, at) => ({
		book: idToBytes(bookOf(at)),
		n,
		digest: new Uint8Array(16)
	}));
	const { wanted } = await selectBooks(storage, () => Promise.resolve(true), books);
	expect(summed).toBeLessThanOrEqual(COMPARED_ENTRIES_MAX);
	expect(wanted.map(({ from }) => from)).toEqual([n, n, ...Array<number>(48).fill(0)]);
});
