/**
 * Which books have a row on the disk, known in memory: a page of a first sync is then written without
 * asking for each of its books, and nothing counts rows after each save. It holds while `rev` is what it was when
 * it was read, whichever window wrote, because that grows with every row that comes or goes.
 */
import type { BookId } from '#lib/domain/ids.ts';
import { metaRowOf } from './meta.ts';
import type { Tables } from './tables.ts';

export type HeldBooksTables = Pick<Tables, 'books' | 'meta'>;

export interface HeldBooks {
	/** Of this very moment: to be asked in a transaction, before it writes. */
	read(tables: HeldBooksTables): Promise<ReadonlySet<BookId>>;
	/** Those of `books` that may have a row. A few are not worth reading all keys for. */
	among(tables: HeldBooksTables, books: BookId[]): Promise<BookId[]>;
	/** A transaction that is on the disk made these rows and removed none. */
	added(rev: { before: number; after: number }, books: BookId[]): void;
}

const FEW = 20;

export function createHeldBooks(): HeldBooks {
	let known: { rev: number; books: Set<BookId> } | undefined;

	async function read(tables: HeldBooksTables): Promise<ReadonlySet<BookId>> {
		const { rev } = await metaRowOf(tables);
		if (known?.rev === rev) return known.books;
		known = { rev, books: new Set(await tables.books.keys()) };
		return known.books;
	}

	return {
		read,
		among: async (tables, books) => {
			if (books.length <= FEW) return books;
			const held = await read(tables);
			return books.filter((book) => held.has(book));
		},
		added: ({ before, after }, books) => {
			if (known?.rev !== before) return;
			known.rev = after;
			for (const book of books) known.books.add(book);
		}
	};
}
