/**
 * Brings this phone in step with the server: which books are the family's, those that are not any more away,
 * the rest of those that grew. Whatever cuts it off, what came stays and the next time goes on from there.
 */
import type { BookId } from '#lib/domain/ids.ts';
import { bytesToDigest, digestOf } from '#lib/entry/digest.ts';
import { base64urlToBytes } from '#lib/protocol/certificate.ts';
import { familySchema, type Family } from '#lib/protocol/citizen.ts';
import { StorageFailed, type BookStorage } from '#lib/storage/port.ts';
import type { HeldPart } from '#lib/sync/round.ts';
import type { RoundResult, SyncEngine } from '#lib/sync/sync-engine.ts';
import { dropAccesses } from './access-list.ts';
import type { FamilyPort } from './family-port.ts';

export type RefreshOutcome =
	/** Everything the server has is here. */
	| 'in-step'
	/** The line broke; some of it may be here. */
	| 'unreachable'
	| 'signed-out'
	| 'not-offered'
	| 'update-needed';

export interface FamilyDeps {
	storage: BookStorage;
	port: FamilyPort;
	engine: SyncEngine;
	clock: { nowMs(): number };
}

export interface StoredFamily {
	family: Family;
	/** Only while everything of it is here. */
	etag?: string;
}

const FAMILY_ROW = 'citizen/family';
/** Each round brings up to 64 pages: more are a server that repeats itself. */
const ROUNDS_MAX = 50;

export async function readStoredFamily(
	storage: Pick<BookStorage, 'readKey'>
): Promise<StoredFamily | undefined> {
	const value = (await storage.readKey(FAMILY_ROW))?.value;
	if (typeof value !== 'object' || value === null || !('family' in value)) return undefined;
	const family = familySchema.safeParse(value.family);
	if (!family.success) return undefined;
	const isWhole = 'etag' in value && typeof value.etag === 'string';
	return isWhole ? { family: family.data, etag: String(value.etag) } : { family: family.data };
}

/** Asked twice at most: what differs after all books came is what this phone has too much, or came meanwhile. */
export async function refreshFamily(deps: FamilyDeps, asksLeft = 2): Promise<RefreshOutcome> {
	const { storage, port, clock } = deps;
	const stored = await readStoredFamily(storage);
	const answer = await port.askFamily(stored?.etag);
	switch (answer.type) {
		case 'family':
			return takeFamily(deps, stored, answer, asksLeft - 1);
		case 'unchanged':
			await storage.updateMeta({ lastContactMs: clock.nowMs() });
			return 'in-step';
		case 'signed-out':
		case 'not-offered':
		case 'unreachable':
			return answer.type;
	}
}

async function takeFamily(
	deps: FamilyDeps,
	stored: StoredFamily | undefined,
	{ family, etag }: { family: Family; etag: string | undefined },
	asksLeft: number
): Promise<RefreshOutcome> {
	const { storage, clock } = deps;
	await removeOthers(storage, stored, family);
	await dropAccesses(storage, family, clock.nowMs());
	await storage.writeKey({ id: FAMILY_ROW, value: { family } });
	await dropOvertaken(storage, family);
	const outcome = await takeBooks(deps, family);
	if (outcome !== 'in-step') return outcome;
	const isWhole = (await behind(storage, family)).books.length === 0;
	if (!isWhole && asksLeft > 0) return refreshFamily(deps, asksLeft);
	await storage.updateMeta({ lastContactMs: clock.nowMs() });
	if (!isWhole || etag === undefined) return 'in-step';
	await storage.writeKey({ id: FAMILY_ROW, value: { family, etag } });
	// Asking with this name is how the server hears that all of it is here.
	await deps.port.askFamily(etag);
	return 'in-step';
}

/** Books of which this phone has what it may not have any more: pages only add, so they come anew, whole. */
async function dropOvertaken(storage: BookStorage, family: Family): Promise<void> {
	const { books, held } = await behind(storage, family);
	const told = new Map(family.books.map(({ book, n }) => [book, n]));
	const leave = books.filter((book) => (held.get(book)?.n ?? 0) >= (told.get(book) ?? 0));
	if (leave.length > 0) await storage.applyPage({ books: [], leave, recent: [] });
}

/** Another person's books, and those that are not the family's any more, do not stay a moment longer. */
async function removeOthers(
	storage: BookStorage,
	stored: StoredFamily | undefined,
	family: Family
): Promise<void> {
	const kept = new Set(family.books.map(({ book }) => book));
	const before = stored?.family.books.map(({ book }) => book as BookId) ?? [];
	const leave = before.filter((book) => !kept.has(book));
	if (leave.length > 0) await storage.applyPage({ books: [], leave, recent: [] });
}

async function takeBooks(deps: FamilyDeps, family: Family): Promise<RefreshOutcome> {
	for (let rounds = 0; rounds < ROUNDS_MAX; rounds++) {
		const { books, held } = await behind(deps.storage, family);
		if (books.length === 0) return 'in-step';
		const result = await deps.engine.round({ books, held });
		const outcome = outcomeOf(result);
		if (outcome !== 'in-step') return outcome;
		if (result.type === 'done' && !result.hasMore) return 'in-step';
	}
	return 'in-step';
}

/** The books of which this phone has not what the server has, and what it has of them. */
async function behind(
	storage: Pick<BookStorage, 'readBooks'>,
	family: Family
): Promise<{ books: BookId[]; held: Map<BookId, HeldPart> }> {
	const ids = family.books.map(({ book }) => book as BookId);
	const held = new Map<BookId, HeldPart>();
	for (const { book, entries } of await storage.readBooks(ids))
		held.set(book, { n: entries.length, digest: digestOf(entries.map(({ id }) => id)) });
	const differs = ({ book, n, digest }: Family['books'][number]): boolean => {
		const mine = held.get(book as BookId);
		return (
			mine?.n !== n || mine.digest !== bytesToDigest(base64urlToBytes(digest) ?? new Uint8Array())
		);
	};
	return { books: family.books.filter(differs).map(({ book }) => book as BookId), held };
}

function outcomeOf(result: RoundResult): RefreshOutcome {
	switch (result.type) {
		case 'done':
			return 'in-step';
		case 'signed-out':
		case 'update-needed':
			return result.type;
		case 'storage-failed':
			throw new StorageFailed(result.code);
		case 'cut':
		case 'bad-answer':
		case 'unreachable':
		case 'foreign-answer':
		case 'asked-to-wait':
		case 'request-refused':
		case 'server-failed':
			return 'unreachable';
	}
}
