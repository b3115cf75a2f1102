/** The port over any database that offers transactions on sorted tables. */
import { fold } from './folding.ts';
import { readBooks } from './books.ts';
import { beginEpoch, forgetToken, readDigest, readMeta, updateMeta } from './meta.ts';
import { applyAcks, listOutbox, readOutbox, readReoffers, summariseOutbox } from './outbox.ts';
import { applyPage } from './pages.ts';
import { readPeople } from './people.ts';
import type { BookStorage } from './port.ts';
import { readTip, save } from './saving.ts';
import type { Database } from './tables.ts';

export function createBookStorage(database: Database): BookStorage {
	return {
		save: (entry) => save(database, entry),
		readBook: async (book) => (await readBooks(database, [book]))[0],
		readBooks: (books) => readBooks(database, books),
		readPeople: () => readPeople(database),
		countBooks: () => database.transact('r', ['books'], async ({ books }) => books.count({})),
		readDigest: () => readDigest(database),
		readOutbox: (limits) => readOutbox(database, limits),
		listOutbox: (limit) => listOutbox(database, limit),
		summariseOutbox: () => summariseOutbox(database),
		readTip: () => readTip(database),
		applyAcks: (outcomes) => applyAcks(database, outcomes),
		applyPage: (page) => applyPage(database, page),
		readMeta: () => readMeta(database),
		updateMeta: (change) => updateMeta(database, change),
		beginEpoch: (epoch) => beginEpoch(database, epoch),
		forgetToken: () => forgetToken(database),
		readReoffers: (limits) => readReoffers(database, limits),
		fold: (shouldStop) => fold(database, shouldStop),
		readKey: (id) => database.transact('r', ['keys'], async ({ keys }) => keys.get(id)),
		listKeys: (prefix) =>
			database.transact('r', ['keys'], async ({ keys }) =>
				keys.range({ from: prefix, to: `${prefix}\uffff` })
			),
		writeKey: (row) =>
			database.transact('rw', ['keys'], async ({ keys }) => {
				await keys.put(row);
			}),
		close: () => database.close()
	};
}
