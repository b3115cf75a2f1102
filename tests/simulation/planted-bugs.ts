/**
 * Bugs planted from outside, by wrapping real parts: the test of the tests. Each is a mistake that such
 * systems have really shipped with; a simulation that does not find it proves nothing.
 */
import { nextLink } from '#lib/entry/journal.ts';
import { entryIdBytesOf } from '#lib/entry/entry.ts';
import type { Frame } from '#lib/protocol/messages.ts';
import { pageIdsDigest } from '#lib/protocol/wire.ts';
import type { BookStorage } from '#lib/storage/port.ts';
import type { MemoryDisk } from '../../sync-server/storage/memory.ts';
import type { Context } from './context.ts';
import type { Fault } from './faults.ts';

type Page = Extract<Frame, { frame: 'page' }>;

export interface PlantedBug {
	name: string;
	/** Without these it could not show. */
	needs: Fault[];
	openServerDisk?(durable: MemoryDisk, context: Context, isAlive: () => boolean): MemoryDisk;
	wrapStorage?(storage: BookStorage, context: Context): BookStorage;
	/** Makes an altered page look right, as if nobody had compared. */
	coverUp?(page: Page): Page;
}

export const NO_BUG: PlantedBug = { name: 'none', needs: [] };

const FLUSH_MS = 5_000;
const NEVER_CONFIRMED = Number.MAX_SAFE_INTEGER;

/** What the server answers is only in memory for a while. */
const ackBeforeDurable: PlantedBug = {
	name: 'ack before durable write',
	needs: ['server-killed', 'killed-before-sync', 'killed-after-sync'],
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
	wrapStorage: (storage) => ({
		...storage,
		beginEpoch: async () => undefined,
		applyPage: ({ epoch: _epoch, ...page }) => storage.applyPage(page)
	})
};

const pagesUnchecked: PlantedBug = {
	name: 'pages are not checked',
	needs: ['altered-page'],
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

export const PLANTED_BUGS: PlantedBug[] = [
	ackBeforeDurable,
	epochIgnored,
	pagesUnchecked,
	prunedAtOnce,
	savedBeforeDurable,
	cursorApart,
	acksTakenForAll
];
