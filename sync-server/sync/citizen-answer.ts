/**
 * The books of a family, asked for by a citizen's phone: the same frames as sync, without a feed and without
 * a push. What may leave was decided before; here it is compared with what the phone has, and sent.
 */
import { bytesToId, type BookId, type EntryId, type PersonId } from '#lib/domain/ids.ts';
import { bytesToDigest, digestOf } from '#lib/entry/digest.ts';
import { PAGES_PER_ANSWER_MAX } from '#lib/protocol/limits.ts';
import type { Frame, SyncRequest } from '#lib/protocol/messages.ts';
import type { LogEntry, ServerStorage } from '../storage/storage.ts';
import { createPageDraft, type PageFrame, type PageRules } from './page.ts';

export interface CitizenActor {
	kind: 'citizen';
	person: PersonId;
	/** What they may read of each book, in the order of the log. Every other book does not exist for them. */
	books: ReadonlyMap<BookId, LogEntry[]>;
}

export interface CitizenAnswerDeps {
	storage: Pick<ServerStorage, 'audit'>;
	clock: { nowMs(): number };
	damage: PageRules['damage'];
}

type AskedBook = NonNullable<SyncRequest['books']>[number];

interface WantedPart {
	book: BookId;
	/** All that they may read; sent is what comes from `from` on. */
	entries: LogEntry[];
	from: number;
}

/** A phone writes nothing, so it has nothing in hand that an answer could leave out. */
const NOTHING_HELD: ReadonlySet<EntryId> = new Set<EntryId>();

/** Whether the request asks for books and for nothing else. */
export function isForBooksOnly({ push, journal, certificates, token }: SyncRequest): boolean {
	return [push, journal, certificates, token].every((part) => part === undefined);
}

/** Answers a request that is for books only. Throws `StorageFailure` as `SyncService` does. */
export async function* answerCitizen(
	{ storage, clock, damage }: CitizenAnswerDeps,
	request: SyncRequest,
	actor: CitizenActor
): AsyncGenerator<Frame> {
	const { wanted, refused } = selectParts(actor.books, request.books ?? []);
	await auditBooks({ storage, clock }, actor, wanted, refused);
	// Nothing is kept to be offered again after a restore: a phone has no outbox.
	const rules = {
		held: NOTHING_HELD,
		left: new Set<BookId>(),
		confirmed: Number.POSITIVE_INFINITY,
		damage
	};
	const credit = Math.min(request.credit ?? Infinity, PAGES_PER_ANSWER_MAX);
	const { isComplete } = yield* pagesOf(wanted, rules, credit);
	yield { frame: 'end', now: clock.nowMs(), ...(!isComplete && { more: true as const }) };
}

/** A book that is asked for twice is answered once. */
function selectParts(
	books: CitizenActor['books'],
	asked: AskedBook[]
): { wanted: WantedPart[]; refused: BookId[] } {
	const wanted: WantedPart[] = [];
	const refused: BookId[] = [];
	const byBook = new Map(asked.map((one) => [bytesToId<BookId>(one.book), one]));
	for (const [book, one] of byBook) {
		const entries = books.get(book);
		if (entries === undefined) {
			refused.push(book);
			continue;
		}
		const from = heldOf(entries, one);
		if (from < entries.length) wanted.push({ book, entries, from });
	}
	return { wanted, refused };
}

/** How many the phone has, when it has exactly the beginning of what it may read. */
function heldOf(entries: LogEntry[], { n, digest }: AskedBook): number {
	if (n > entries.length) return 0;
	const beginning = digestOf(entries.slice(0, n).map(({ id }) => id));
	return beginning === bytesToDigest(digest) ? n : 0;
}

/** Stops after `pagesMax`; the last item says whether something was left out. */
function* pagesOf(
	wanted: WantedPart[],
	rules: PageRules,
	pagesMax: number
): Generator<PageFrame, { isComplete: boolean }> {
	let draft = createPageDraft(rules);
	let pageCount = 0;
	for (const { book, entries, from } of wanted) {
		for (const entry of entries.slice(from)) {
			if (pageCount >= pagesMax) return { isComplete: false };
			draft.add(book, [entry]);
			if (!draft.isFull()) continue;
			yield draft.toFrame({});
			pageCount += 1;
			draft = createPageDraft(rules);
		}
	}
	if (!draft.hasRows()) return { isComplete: true };
	if (pageCount >= pagesMax) return { isComplete: false };
	yield draft.toFrame({});
	return { isComplete: true };
}

/** On disk before a page leaves, one row for each book. */
async function auditBooks(
	{ storage, clock }: Pick<CitizenAnswerDeps, 'storage' | 'clock'>,
	{ person }: CitizenActor,
	wanted: WantedPart[],
	refused: BookId[]
): Promise<void> {
	const at = clock.nowMs();
	const role = 'citizen';
	await Promise.all([
		...wanted.map(({ book, entries, from }) => {
			const detail = `citizen from=${from} to=${entries.length}`;
			return storage.audit({ at, action: 'deliver', person, role, book, detail });
		}),
		...refused.map((book) =>
			storage.audit({
				at,
				action: 'refuse',
				person,
				role,
				book,
				detail: 'citizen not-of-the-family'
			})
		)
	]);
}
