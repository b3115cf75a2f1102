import { describe, expect, it } from 'vitest';
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import { entryIdOf } from '#lib/entry/entry.ts';
import { createBookReader } from './book-reader.ts';

const BOOK = 'AAAAAAAAAAAAAAAAAAAAAA' as BookId;

describe('a book that is read', () => {
	it('has every stored entry, also one of which nothing can be read', async () => {
		const bytes = new Uint8Array([0xff]);
		const id: EntryId = entryIdOf(bytes);
		const stored = { book: BOOK, entries: [{ id, bytes }], count: 1 };
		const reader = createBookReader({ readBook: async () => stored });
		const opened = await reader.read(BOOK);
		expect(opened?.entries).toMatchObject([{ id, content: { kind: 'unknown' } }]);
	});
});
