/** All that the pill and the panel show of what is on the disk, at one moment: asked after each save. */
import type { HeldBooks } from './held-books.ts';
import { metaIn } from './meta.ts';
import { outboxSummaryIn } from './outbox.ts';
import type { StorageStatus } from './port.ts';
import { tipOf } from './saving.ts';
import type { Database } from './tables.ts';

export function readStatus(database: Database, heldBooks: HeldBooks): Promise<StorageStatus> {
	return database.transact('r', ['outbox', 'meta', 'books', 'journal'], async (tables) => {
		const [outbox, meta, books, tip] = await Promise.all([
			outboxSummaryIn(tables),
			metaIn(tables),
			heldBooks.read(tables),
			tipOf(tables)
		]);
		return { outbox, meta, books: books.size, written: tip.n };
	});
}
