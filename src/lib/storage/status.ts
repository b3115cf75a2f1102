/** All that the pill and the panel show of what is on the disk, at one moment: asked after each save. */
import { metaIn } from './meta.ts';
import { outboxSummaryIn } from './outbox.ts';
import type { StorageStatus } from './port.ts';
import { tipOf } from './saving.ts';
import type { Database, Tables } from './tables.ts';

export function readStatus(
	database: Database,
	countBooks: (tables: Pick<Tables, 'books' | 'meta'>) => Promise<number>
): Promise<StorageStatus> {
	return database.transact('r', ['outbox', 'meta', 'books', 'journal'], async (tables) => {
		const [outbox, meta, books, tip] = await Promise.all([
			outboxSummaryIn(tables),
			metaIn(tables),
			countBooks(tables),
			tipOf(tables)
		]);
		return { outbox, meta, books, written: tip.n };
	});
}
