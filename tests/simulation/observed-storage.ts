/** A tablet's storage with the reference model looking on. */
import type { BookStorage, Save } from '#lib/storage/port.ts';
import type { Context } from './context.ts';
import type { TabletRecord } from './model.ts';

export function observed(
	storage: BookStorage,
	{ model, trace }: Context,
	tablet: { name: string; record: TabletRecord; publicKey: () => Uint8Array | undefined }
): BookStorage {
	const { name, record } = tablet;
	const note = ({ id, book, bytes }: Save): void => {
		const publicKey = tablet.publicKey();
		if (!model.signed.has(id))
			model.signed.set(id, { book, bytes, tablet: name, ...(publicKey && { publicKey }) });
	};
	return {
		...storage,
		save: async (save) => {
			note(save);
			const result = await storage.save(save);
			trace.count(`save: ${result.type}`);
			return result;
		},
		saveTogether: async (saves) => {
			saves.forEach(note);
			const result = await storage.saveTogether(saves);
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
		markOutOfFeed: async (which) => {
			const count = await storage.markOutOfFeed(which);
			trace.count('book: out of the feed', count);
			return count;
		},
		forgetToken: async () => {
			trace.count('digest: repaired');
			return storage.forgetToken();
		}
	};
}
