/** An engine over a storage and a scripted server, and what its tests look at. */
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import type { BookStorage } from '#lib/storage/port.ts';
import type { AppliedPages } from './pages.ts';
import {
	bookId,
	createScriptedServer,
	entryOf,
	saveOf,
	summaryOf,
	type ScriptedServer
} from './scripted-server.fixture.ts';
import { createSyncEngine, type SyncEngine, type SyncEngineDeps } from './sync-engine.ts';

export const BOOK = bookId(1);
export const OTHER = bookId(2);
export const TOKEN = Uint8Array.of(1, 1);
export const EPOCH = Uint8Array.of(1, 2, 3, 4, 5, 6);
export const PLENTY = { entriesMax: 10_000, bytesMax: 100_000_000 };

export interface Setup<Storage extends BookStorage> {
	storage: Storage;
	server: ScriptedServer;
	engine: SyncEngine;
	time: { nowMs: number };
	applied: AppliedPages[];
}

export function setUpOn<Storage extends BookStorage>(
	storage: Storage,
	deps: Partial<SyncEngineDeps> = {}
): Setup<Storage> {
	const server = createScriptedServer();
	const time = { nowMs: 1_700_000_000_000 };
	const applied: AppliedPages[] = [];
	const engine = createSyncEngine({
		transport: server.transport,
		clock: () => time.nowMs,
		summarise: (_, entries) => summaryOf(entries),
		signTip: async (bytes) => new Uint8Array(64).fill(bytes.length),
		onApplied: (change) => applied.push(change),
		...deps,
		storage
	});
	return { storage, server, engine, time, applied };
}

export async function save(storage: BookStorage, entry: number, book = BOOK): Promise<number> {
	const count = (await storage.readBook(book))?.count ?? 0;
	const result = await storage.save(saveOf(book, entryOf(entry), count));
	if (result.type !== 'saved') throw new Error(result.type);
	return result.tip.n;
}

export async function idsIn(storage: BookStorage, book: BookId): Promise<EntryId[]> {
	return ((await storage.readBook(book))?.entries ?? []).map(({ id }) => id).sort();
}

export function idsOf(...entries: number[]): EntryId[] {
	return entries.map((n) => entryOf(n).id).sort();
}

export async function waitingIn(storage: BookStorage): Promise<number[]> {
	return (await storage.readOutbox(PLENTY)).map(({ n }) => n);
}

export function pushedIds(
	{ server }: Pick<Setup<BookStorage>, 'server'>,
	round: number
): EntryId[] {
	const all = Array.from({ length: 600 }, (_, n) => entryOf(n));
	const pushed = server.requests[round]?.push ?? [];
	return pushed.map(({ entry }) => {
		const found = all.find(({ bytes }) => bytes.every((byte, at) => byte === entry[at]));
		if (found === undefined) throw new Error('pushed an unknown entry');
		return found.id;
	});
}
