import type { BookId, EntryId } from '#lib/domain/ids.ts';
import type { BookView } from '#lib/domain/projections/book-view.ts';
import type { Knowledge } from '#lib/domain/projections/knowledge.ts';
import { projectBook } from '#lib/domain/projections/project-book.ts';
import { clinicalDateOf } from '#lib/domain/time/clinical-time.ts';
import { StorageFailed } from '#lib/storage/port.ts';
import type { UseCaseDeps } from './deps.ts';
import { readNames, type Names } from './read-names.ts';

/** With the names met in this book. */
export interface OpenedBook extends Names {
	view: BookView;
	/** Journey of each entry that is not yet known to be on the server. */
	notSent: Record<EntryId, 'waiting' | 'refused'>;
	knowledge: Knowledge;
}

const OUTBOX_ROWS_MAX = 5_000;

/**
 * Calls `listener` at once and whenever the book changes; with nothing while the device does not hold
 * it, or nobody is signed in. Changes that come while a view is being computed end in one more view,
 * never in an older one after a newer one. The answer ends it.
 */
export function watchBook(
	deps: UseCaseDeps,
	book: BookId,
	listener: (opened: OpenedBook | undefined) => void
): () => void {
	let isWatching = true;
	let isComputing = false;
	let isStale = false;

	async function refresh(): Promise<void> {
		isStale = true;
		if (isComputing) return;
		isComputing = true;
		try {
			while (isStale && isWatching) {
				isStale = false;
				const opened = await readOpenedBook(deps, book);
				// Locked while it was computed: what was read must not leave the worker.
				if (isWatching) listener(deps.vault.session() === undefined ? undefined : opened);
			}
		} catch (error) {
			// What is on the screen stays: a device that cannot be read has nothing newer to show.
			if (!(error instanceof StorageFailed)) throw error;
		} finally {
			isComputing = false;
		}
	}

	const unsubscribe = deps.changes.subscribe(book, () => void refresh());
	void refresh();
	return () => {
		isWatching = false;
		unsubscribe();
	};
}

async function readOpenedBook(deps: UseCaseDeps, book: BookId): Promise<OpenedBook | undefined> {
	if (deps.vault.session() === undefined) return undefined;
	const opened = await deps.books.read(book);
	if (opened === undefined) return undefined;
	const { lastContactMs } = await deps.storage.readMeta();
	return {
		view: projectBook(book, opened.entries, {
			isProductKnown: deps.isProductKnown,
			today: clinicalDateOf(deps.clock.nowMs())
		}),
		notSent: await readNotSent(deps, book),
		...(await readNames(deps, opened.entries)),
		knowledge: {
			...(lastContactMs !== undefined && { untilMs: lastContactMs }),
			...(opened.standing && { standing: opened.standing })
		}
	};
}

async function readNotSent(deps: UseCaseDeps, book: BookId): Promise<OpenedBook['notSent']> {
	const rows = await deps.storage.listOutbox(OUTBOX_ROWS_MAX);
	const ofBook = rows.filter((row) => row.book === book);
	// Whoever put a refused entry aside has not sent it: its mark stays.
	return Object.fromEntries(
		ofBook.map(({ id, state }) => [id, state === 'waiting' ? state : 'refused'])
	);
}
