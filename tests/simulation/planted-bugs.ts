/**
 * Bugs planted from outside, by wrapping real parts: the test of the tests. Each is a mistake that such
 * systems have really shipped with; a simulation that does not find it proves nothing.
 */
import { nextLink } from '#lib/entry/journal.ts';
import { entryIdBytesOf } from '#lib/entry/entry.ts';
import type { Frame } from '#lib/protocol/messages.ts';
import { pageIdsDigest } from '#lib/protocol/wire.ts';
import type { BookId } from '#lib/domain/ids.ts';
import type { BookStorage } from '#lib/storage/port.ts';
import type { MemoryDisk } from '../../sync-server/storage/memory.ts';
import type { ServerStorage } from '../../sync-server/storage/storage.ts';
import type { Context } from './context.ts';
import type { Fault } from './faults.ts';
import type { Invariant } from './model.ts';

type Page = Extract<Frame, { frame: 'page' }>;

export interface PlantedBug {
	name: string;
	/** Without these it could not show. */
	needs: Fault[];
	/** The invariants that it breaks; another one would mean that it was found by chance. */
	breaks: Invariant[];
	openServerDisk?(durable: MemoryDisk, context: Context, isAlive: () => boolean): MemoryDisk;
	wrapStorage?(storage: BookStorage, context: Context): BookStorage;
	/** What the sync service is given; the watching model keeps the real one. */
	wrapServerStorage?(storage: ServerStorage): ServerStorage;
	/** Makes an altered page look right, as if nobody had compared. */
	coverUp?(page: Page): Page;
}

export const NO_BUG: PlantedBug = { name: 'none', needs: [], breaks: [] };

const FLUSH_MS = 5_000;
const NEVER_CONFIRMED = Number.MAX_SAFE_INTEGER;

/** What the server answers is only in memory for a while. */
const ackBeforeDurable: PlantedBug = {
	name: 'ack before durable write',
	needs: ['server-killed', 'killed-before-sync', 'killed-after-sync'],
	breaks: ['I1'],
	openServerDisk: (durable, { scheduler }, isAlive) => {
		const operations = [...durable.operations];
		let isFlushing = false;
		operations.push = (...added) => {
			for (const operation of added) operations[operations.length] = operation;
			if (!isFlushing)
				scheduler.after(FLUSH_MS, () => {
					isFlushing = false;
					if (isAlive()) durable.operations.push(...operations.slice(durable.operations.length));
				});
			isFlushing = true;
			return operations.length;
		};
		return { operations };
	}
};

const epochIgnored: PlantedBug = {
	name: 'client ignores the epoch',
	needs: ['restore', 'backup'],
	breaks: ['I1', 'I3'],
	wrapStorage: (storage) => ({
		...storage,
		beginEpoch: async () => undefined,
		applyPage: ({ epoch: _epoch, ...page }) => storage.applyPage(page)
	})
};

const pagesUnchecked: PlantedBug = {
	name: 'pages are not checked',
	needs: ['altered-page'],
	breaks: ['I3', 'I4'],
	coverUp: (page) => ({
		...page,
		ids: pageIdsDigest(
			page.rows.flatMap((row) => ('leave' in row ? [] : row.entries.map(entryIdBytesOf)))
		)
	})
};

const prunedAtOnce: PlantedBug = {
	name: 'recent entries are pruned at once',
	needs: ['restore', 'backup'],
	breaks: ['I1', 'I3'],
	wrapStorage: (storage) => ({
		...storage,
		applyAcks: async (outcomes) => {
			await storage.applyAcks(outcomes);
			await storage.updateMeta({ confirmed: NEVER_CONFIRMED });
		},
		applyPage: ({ recent: _recent, ...page }) => storage.applyPage({ ...page, recent: [] })
	})
};

/** As with `durability: 'relaxed'`: told saved, written a little later. */
const savedBeforeDurable: PlantedBug = {
	name: 'saved is told before it is durable',
	needs: ['tablet-killed', 'killed-at-await'],
	breaks: ['I2'],
	wrapStorage: (storage, { scheduler }) => {
		let last: Promise<unknown> = Promise.resolve();
		return {
			...storage,
			saveTogether: async (saves) => {
				let tip = await storage.readTip();
				for (const { id } of saves) tip = nextLink(tip, id);
				const write = async (): Promise<void> => {
					await scheduler.sleep(FLUSH_MS);
					for (const save of saves) {
						const now = await storage.readBook(save.book);
						await storage.save({ ...save, count: now?.count ?? 0 });
					}
				};
				last = last.then(write).catch(() => undefined);
				return { type: 'saved', tip };
			}
		};
	}
};

const cursorApart: PlantedBug = {
	name: 'cursor and rows in two transactions',
	needs: ['tablet-killed', 'killed-at-await', 'storage-aborted'],
	breaks: ['I3'],
	wrapStorage: (storage) => ({
		...storage,
		applyPage: async ({ token, epoch, ...rows }) => {
			if (token !== undefined)
				await storage.applyPage({
					books: [],
					leave: [],
					recent: [],
					token,
					...(epoch && { epoch })
				});
			return storage.applyPage(rows);
		}
	})
};

/** Entries saved while the push was under way are taken for sent. */
const acksTakenForAll: PlantedBug = {
	name: 'an ack is taken for the whole push',
	needs: ['disk-full', 'killed-before-sync'],
	breaks: ['I2', 'I3'],
	wrapStorage: (storage) => ({
		...storage,
		applyAcks: async (outcomes) => {
			const commit = outcomes.find((outcome) => outcome.outcome === 'accepted')?.commit;
			const rows =
				commit === undefined ? [] : await storage.readOutbox({ entriesMax: 500, bytesMax: 1e6 });
			const all = rows.map(({ n }) => ({ n, outcome: 'accepted' as const, commit: commit ?? 0 }));
			await storage.applyAcks(all.length === 0 ? outcomes : all);
		}
	})
};

function overriding(storage: ServerStorage, changed: Partial<ServerStorage>): ServerStorage {
	return new Proxy(storage, {
		get: (target, name): unknown => {
			const own: unknown = Reflect.get(changed, name);
			if (own !== undefined) return own;
			const method: unknown = Reflect.get(target, name);
			return typeof method === 'function' ? method.bind(target) : method;
		}
	});
}

/** A book asked for by itself is sent without asking whether the facility may have it. */
const askedUnchecked: PlantedBug = {
	name: 'membership of a book asked for is not checked',
	needs: [],
	breaks: ['I5'],
	wrapServerStorage: (storage) => {
		// What is asked for has its state read first; what stands in a feed has not.
		const asked = new Set<BookId>();
		return overriding(storage, {
			readBookState: (book) => {
				asked.add(book);
				return storage.readBookState(book);
			},
			listMemberships: async (facility, book) =>
				asked.delete(book)
					? [{ reason: 'wrote', fromMs: 0 }]
					: storage.listMemberships(facility, book)
		});
	}
};

/** The device throws away what a snapshot did not bring, without asking whether it was sent. */
const repairRemoves: PlantedBug = {
	name: 'a repair removes what the snapshot did not bring',
	needs: ['restore'],
	breaks: ['I6'],
	wrapStorage: (storage) => ({
		...storage,
		markOutOfFeed: async (which) => {
			const count = await storage.markOutOfFeed(which);
			for await (const people of count > 0 ? storage.readPeople() : [])
				for (const { book } of people)
					if ((await storage.readBook(book))?.standing === 'out-of-feed')
						await storage.applyPage({ books: [], leave: [book], recent: [] });
			return count;
		}
	})
};

/** A book that the restored server does not send any more is taken for one of the feed. */
const neverOutOfFeed: PlantedBug = {
	name: 'books out of the feed are shown as current',
	needs: ['restore'],
	breaks: ['I3'],
	wrapStorage: (storage) => ({ ...storage, markOutOfFeed: async () => 0 })
};

/** It goes with the next push, which then leaves the next one behind. */
const newestWaits: PlantedBug = {
	name: 'the newest entry always waits',
	needs: [],
	breaks: ['I8'],
	wrapStorage: (storage) => ({
		...storage,
		readOutbox: async (limits) => (await storage.readOutbox(limits)).slice(0, -1)
	})
};

export const PLANTED_BUGS: PlantedBug[] = [
	ackBeforeDurable,
	epochIgnored,
	pagesUnchecked,
	prunedAtOnce,
	savedBeforeDurable,
	cursorApart,
	acksTakenForAll,
	askedUnchecked,
	repairRemoves,
	neverOutOfFeed,
	newestWaits
];
