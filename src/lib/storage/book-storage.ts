/** The port over any database that offers transactions on sorted tables. */
import { fold } from './folding.ts';
import { readBooks, readBookSince } from './books.ts';
import { createHeldBooks } from './held-books.ts';
import type { BookId } from '#lib/domain/ids.ts';
import { listDrafts, readDraft, removeDraft, writeDraft } from './drafts.ts';
import { listDamaged, markOutOfFeed, readDigest, recount } from './digest.ts';
import { beginEpoch, forgetToken, readMeta, updateMeta } from './meta.ts';
import {
	applyAcks,
	listOutbox,
	listUnsent,
	readOutbox,
	readReoffers,
	noteReturned,
	setAside,
	summariseOutbox
} from './outbox.ts';
import { applyPage } from './pages.ts';
import { countParcels, listParcels, putParcels, removeParcels } from './parcels.ts';
import { readPeople } from './people.ts';
import { forgetReads, listReads, noteRead } from './reads.ts';
import type { BookStorage, StoredBook } from './port.ts';
import { readTip, save, saveTogether } from './saving.ts';
import { readStatus } from './status.ts';
import { segmentTables } from './segmented-tables.ts';
import type { DiskDatabase } from './tables.ts';

export function createBookStorage(disk: DiskDatabase): BookStorage {
	const database = segmentTables(disk);
	/** Damaged books that somebody read; those that a transaction wrote to are noted on the disk. */
	const noticed = new Set<BookId>();
	const heldBooks = createHeldBooks();
	const clockOffset = createRemembered(async () => (await readMeta(database)).offset);
	const noteDamaged = (book: BookId): unknown => noticed.add(book);
	const read = (books: BookId[]): Promise<StoredBook[]> =>
		readBooks(database, books, { heldBooks, noteDamaged });
	return {
		save: (entry) => save(database, entry),
		saveTogether: (entries) => saveTogether(database, entries),
		readBook: async (book) => (await read([book]))[0],
		readBookSince: (book, known) => readBookSince(database, { book, known, noteDamaged }),
		readBooks: read,
		readPeople: () => readPeople(database),
		countBooks: async () => (await readStatus(database, heldBooks)).books,
		readStatus: () => readStatus(database, heldBooks),
		readDigest: () => readDigest(database),
		recount: () => recount(database),
		listDamaged: () => listDamaged(database, noticed),
		markOutOfFeed: (which) => markOutOfFeed(database, which),
		readOutbox: (limits) => readOutbox(database, limits),
		listOutbox: (limit, state) => listOutbox(database, limit, state),
		listUnsent: (books) => listUnsent(database, books),
		setAside: (n) => setAside(database, n),
		noteReturned: (n, returned) => noteReturned(database, n, returned),
		summariseOutbox: () => summariseOutbox(database),
		readTip: () => readTip(database),
		listParcels: (limit, after) => listParcels(database, limit, after),
		putParcels: (parcels) => putParcels(database, parcels),
		removeParcels: (numbers) => removeParcels(database, numbers),
		countParcels: () => countParcels(database),
		applyAcks: (outcomes) => applyAcks(database, outcomes),
		applyPage: (page) => applyPage(database, heldBooks, page),
		readMeta: () => readMeta(database),
		readClockOffset: () => clockOffset.read(),
		updateMeta: async (change) => {
			await updateMeta(database, change);
			if ('offset' in change) clockOffset.forget();
		},
		beginEpoch: (epoch) => beginEpoch(database, epoch),
		forgetToken: () => forgetToken(database),
		readReoffers: (limits) => readReoffers(database, limits),
		fold: (shouldStop) => fold(database, shouldStop),
		readDraft: (key) => readDraft(database, key),
		listDrafts: (person) => listDrafts(database, person),
		writeDraft: (row) => writeDraft(database, row),
		removeDraft: (key) => removeDraft(database, key),
		noteRead: (read) => noteRead(database, read),
		listReads: (limit) => listReads(database, limit),
		forgetReads: (n) => forgetReads(database, n),
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

/** Reads once; what could not be read is read again. */
function createRemembered<T>(read: () => Promise<T>): { read(): Promise<T>; forget(): void } {
	let known: Promise<T> | undefined;
	const forget = (): void => {
		known = undefined;
	};
	return {
		read: async () => {
			const reading = (known ??= read());
			try {
				return await reading;
			} catch (error) {
				if (known === reading) forget();
				throw error;
			}
		},
		forget
	};
}
