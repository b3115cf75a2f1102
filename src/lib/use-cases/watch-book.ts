import type { BookId, EntryId } from '#lib/domain/ids.ts';
import type { BookView } from '#lib/domain/projections/book-view.ts';
import { joinedIn } from '#lib/domain/projections/joined-books.ts';
import type { Knowledge } from '#lib/domain/projections/knowledge.ts';
import { projectBook } from '#lib/domain/projections/project-book.ts';
import { projectJoined } from '#lib/domain/projections/project-joined.ts';
import { clinicalDateOf } from '#lib/domain/time/clinical-time.ts';
import { StorageFailed } from '#lib/storage/port.ts';
import type { OpenBook } from './book-reader.ts';
import type { UseCaseDeps } from './deps.ts';
import { readEnding, type EndingAccess } from './ending-books.ts';
import { createLook, type Look } from './look-at-book.ts';
import { readNames, type Names } from './read-names.ts';

/** With the names met in this book. */
export interface OpenedBook extends Names {
	/** Of this book and of those joined to it, as one. */
	view: BookView;
	/** Of this book alone: what a form that writes in it goes by. */
	own: BookView;
	/** The books said to be of this person, nearest first. */
	joined: JoinedBook[];
	/** Journey of each entry that is not yet known to be on the server. */
	notSent: Record<EntryId, 'waiting' | 'refused'>;
	knowledge: Knowledge;
	/** The facility has it for a while only; not where it wrote in it, which is a reason that stays. */
	access?: EndingAccess;
	/** What others wrote since this person last had the book open on this device. */
	newEntries: EntryId[];
}

export interface JoinedBook {
	book: BookId;
	/** Whether this device holds it: what stands in it is missing from the view otherwise. */
	isHere: boolean;
	/** Said by the opened book itself, not by one that is joined to it. */
	isDirect: boolean;
}

/** Nothing: the device does not hold the book, or nobody is signed in. `left`: it held it until now. `ended`: it holds
 * it, but the facility had it for a while only, and that is over. */
export type WatchedBook = OpenedBook | 'unreadable' | 'left' | 'ended' | undefined;

/** Nobody has so many; a chain of them must not read the whole device. */
const JOINED_MAX = 10;

/**
 * Calls `listener` at once and whenever the book changes; with nothing while the device does not hold it, or
 * nobody is signed in; that it cannot be read, while nothing else could be said. Changes that come while a view
 * is being computed end in one more view, never in an older one after a newer one. The answer ends it.
 */
export function watchBook(
	deps: UseCaseDeps,
	book: BookId,
	listener: (opened: WatchedBook) => void
): () => void {
	let isWatching = true;
	let isComputing = false;
	let isStale = false;
	let isTold = false;
	let wasHere = false;
	const subscribed = new Map<BookId, () => void>();
	const look = lookOf(deps, book);

	async function refresh(): Promise<void> {
		isStale = true;
		if (isComputing) return;
		isComputing = true;
		try {
			while (isStale && isWatching) {
				isStale = false;
				const opened = await readOpenedBook(deps, book, look);
				const joined = opened === undefined || opened === 'ended' ? [] : opened.joined;
				// What changed in a joined book before it was watched is read once more.
				if (follow([book, ...joined.map((one) => one.book)])) isStale = true;
				// Locked while it was computed: what was read must not leave the worker.
				const isLocked = deps.vault.session() === undefined;
				const nothing = wasHere ? ('left' as const) : undefined;
				if (isWatching) listener(isLocked ? undefined : (opened ?? nothing));
				isTold = true;
				wasHere ||= opened !== undefined;
			}
		} catch (error) {
			const isLocked = error instanceof StorageFailed && error.code === 'locked';
			// What is on the screen stays: a device that cannot be read has nothing newer to show. Not when it was locked.
			if (isWatching && isLocked) listener(undefined);
			else if (isWatching && !isTold) listener('unreadable');
			if (!(error instanceof StorageFailed)) throw error;
		} finally {
			isComputing = false;
		}
	}

	/** Whether one of them was not watched before. */
	function follow(books: BookId[]): boolean {
		if (!isWatching) return false;
		for (const [one, unsubscribe] of subscribed) {
			if (books.includes(one)) continue;
			unsubscribe();
			subscribed.delete(one);
		}
		const added = books.filter((one) => !subscribed.has(one));
		for (const one of added)
			subscribed.set(
				one,
				deps.changes.subscribe(one, () => void refresh())
			);
		return added.length > 0;
	}

	follow([book]);
	void refresh();
	return () => {
		isWatching = false;
		void look?.end();
		for (const unsubscribe of subscribed.values()) unsubscribe();
	};
}

function lookOf(deps: UseCaseDeps, book: BookId): Look | undefined {
	const session = deps.vault.session();
	return session && createLook(deps, session.staff.person, book);
}

async function readOpenedBook(
	deps: UseCaseDeps,
	book: BookId,
	look: Look | undefined
): Promise<OpenedBook | 'ended' | undefined> {
	if (deps.vault.session() === undefined) return undefined;
	const opened = await deps.books.read(book);
	if (opened === undefined) return undefined;
	const access = await accessOf(deps, opened);
	if (isOver(deps, access)) return 'ended';
	const { joined, others } = await readJoined(deps, opened);
	const noted = deps.reads.note([opened, ...others].map((one) => one.book));
	const { lastContactMs } = await deps.storage.readMeta();
	const projection = {
		isProductKnown: deps.isProductKnown,
		today: clinicalDateOf(deps.clock.nowMs())
	};
	const own = projectBook(book, opened.entries, projection);
	const entries = [opened, ...others].flatMap((one) => one.entries);
	await noted;
	return {
		view: others.length === 0 ? own : projectJoined(opened, others, projection),
		own,
		joined,
		notSent: await readNotSent(deps, [opened, ...others]),
		...(access && { access }),
		newEntries: (await look?.newIn(entries)) ?? [],
		...(await readNames(deps, entries)),
		knowledge: {
			...(lastContactMs !== undefined && { untilMs: lastContactMs }),
			...(opened.standing && { standing: opened.standing })
		}
	};
}

async function accessOf(deps: UseCaseDeps, opened: OpenBook): Promise<EndingAccess | undefined> {
	const facility = deps.vault.session()?.facility;
	const isOwn = opened.entries.some(({ envelope }) => envelope.author.facility === facility);
	return isOwn ? undefined : readEnding(deps, opened.book);
}

function isOver({ clock }: UseCaseDeps, access: EndingAccess | undefined): boolean {
	return access !== undefined && access.untilMs <= clock.nowMs();
}

/** All books that the opened one is joined to, also through another. */
async function readJoined(
	deps: UseCaseDeps,
	opened: OpenBook
): Promise<{ joined: JoinedBook[]; others: OpenBook[] }> {
	const direct = joinedIn(opened.entries);
	const known = [...direct];
	const joined: JoinedBook[] = [];
	const others: OpenBook[] = [];
	for (const book of known) {
		if (joined.length === JOINED_MAX) break;
		const found = await deps.books.read(book);
		const isClosed = found !== undefined && isOver(deps, await accessOf(deps, found));
		const read = isClosed ? undefined : found;
		joined.push({ book, isHere: read !== undefined, isDirect: direct.includes(book) });
		if (read === undefined) continue;
		others.push(read);
		const further = joinedIn(read.entries);
		known.push(...further.filter((one) => one !== opened.book && !known.includes(one)));
	}
	return { joined, others };
}

async function readNotSent(
	deps: UseCaseDeps,
	books: readonly OpenBook[]
): Promise<OpenedBook['notSent']> {
	const rows = await deps.storage.listUnsent(books.map(({ book }) => book));
	// Whoever put a refused entry aside has not sent it: its mark stays.
	return Object.fromEntries(
		rows.map(({ id, state }) => [id, state === 'waiting' ? state : 'refused'])
	);
}
