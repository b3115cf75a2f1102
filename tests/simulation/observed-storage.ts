/** A tablet's storage with the reference model looking on. */
import type { BookStorage } from '#lib/storage/port.ts';
import type { Context } from './context.ts';
import type { TabletRecord } from './model.ts';

export function observed(
	storage: BookStorage,
	{ model, trace }: Context,
	tablet: { name: string; record: TabletRecord; publicKey: () => Uint8Array | undefined }
): BookStorage {
	const { name, record } = tablet;
	return {
		...storage,
		save: async (save) => {
			const publicKey = tablet.publicKey();
			if (!model.signed.has(save.id))
				model.signed.set(save.id, {
					book: save.book,
					bytes: save.bytes,
					tablet: name,
					...(publicKey && { publicKey })
				});
			const result = await storage.save(save);
			trace.count(`save: ${result.type}`);
			return result;
		},
		readOutbox: async (limits) => {
			const rows = await storage.readOutbox(limits);
			for (const { n, id } of rows) record.idsByNumber.set(n, id);
			return rows;
		},
		applyAcks: async (outcomes) => {
			for (const outcome of outcomes) {
				trace.count(`outcome: ${outcome.outcome}`);
				const id = 'n' in outcome ? record.idsByNumber.get(outcome.n) : undefined;
				if (id === undefined || outcome.outcome !== 'accepted') continue;
				record.judged.add(id);
				model.acked.add(id);
			}
			return storage.applyAcks(outcomes);
		},
		applyPage: async (page) => {
			for (const book of page.leave) record.leave(book);
			const result = await storage.applyPage(page);
			trace.count(`page: ${result}`);
			if (result === 'applied')
				for (const { book, entries } of page.books)
					record.see(
						book,
						entries.map(({ id }) => id)
					);
			return result;
		},
		forgetToken: async () => {
			trace.count('digest: repaired');
			return storage.forgetToken();
		}
	};
}
