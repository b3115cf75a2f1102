/** The sync loop of this device, and what of it the screens hear. */
import { readEntry } from '#lib/entry/entry.ts';
import { useCompiledHash } from '#lib/entry/entry-hash.ts';
import type { KeyId } from '#lib/domain/ids.ts';
import type { Certificate } from '#lib/protocol/messages.ts';
import type { BookStorage } from '#lib/storage/port.ts';
import type { AppliedPages } from '#lib/sync/pages.ts';
import type { PushRow } from '#lib/sync/push.ts';
import { createSyncEngine, type RoundResult } from '#lib/sync/sync-engine.ts';
import { createSyncLoop } from '#lib/sync/sync-loop.ts';
import type { SyncState as LoopState } from '#lib/sync/sync-state.ts';
import type { Timer } from '#lib/sync/timer.ts';
import type { Transport } from '#lib/sync/transport.ts';
import type { SyncState } from '#lib/use-cases/watch-sync.ts';
import { inBackground } from './background.ts';
import { createSummaries } from './summaries.ts';
import type { StartSync, SyncContext, SyncEvents } from './sync-port.ts';

export interface StartSyncDeps {
	storage: BookStorage;
	createTransport: (headers: () => Record<string, string>) => Transport;
	clock: { nowMs(): number };
	timer: Timer;
	/** From 0 up to but not including 1. */
	random: () => number;
	onError: (error: unknown) => void;
}

export function createStartSync(deps: StartSyncDeps): StartSync {
	return (context, events) => {
		inBackground(useCompiledHash());
		const progress = createProgress(events);
		const loop = createSyncLoop({
			engine: createEngine(deps, context, (applied, books) => {
				progress.applied(applied);
				events.pageApplied(books, applied.left);
			}),
			timer: deps.timer,
			random: deps.random,
			onError: deps.onError,
			onState: (state, ended) => progress.moved(state, ended)
		});
		loop.start();
		return {
			wake: () => loop.wake(),
			syncNow: async () => {
				await loop.syncNow();
			},
			fetchBook: async (book) => {
				await loop.fetchBooks([book]);
			},
			stop: () => void loop.stop()
		};
	};
}

type PeopleOfPage = Parameters<SyncEvents['pageApplied']>[0];

function createEngine(
	deps: StartSyncDeps,
	context: SyncContext,
	onApplied: (applied: AppliedPages, people: PeopleOfPage) => void
) {
	const summaries = createSummaries(deps.clock);
	const ask = deps.createTransport(() => ({ authorization: `Bearer ${context.deviceToken()}` }));
	return createSyncEngine({
		storage: deps.storage,
		transport: async (request) => {
			const reads = await context.tellReads();
			return reads === 'told' ? ask(request) : { type: 'unreachable' };
		},
		clock: () => deps.clock.nowMs(),
		signTip: (bytes) => context.vault.signForDevice(bytes),
		certificates: (rows) => certificatesOf(rows, context.vault),
		summarise: (book, entries) => summaries.summarise(book, entries),
		onApplied: (applied) => {
			const people = applied.books.map((book) => summaries.take(book));
			onApplied(
				applied,
				people.filter((person) => person !== undefined)
			);
		}
	});
}

/** The server's word for the keys that signed these entries, as far as they signed on this device. */
async function certificatesOf(
	rows: readonly PushRow[],
	vault: SyncContext['vault']
): Promise<Certificate[]> {
	const keys = new Set<KeyId>();
	for (const { bytes } of rows) {
		const read = readEntry(bytes);
		if (read.ok) keys.add(read.entry.envelope.author.key);
	}
	const known = await vault.listCertificates();
	return known.filter(({ key }) => keys.has(key)).map(({ certificate }) => certificate);
}

function isUnderWay({ at }: LoopState): boolean {
	return at === 'running' || at === 'stopping';
}

/** What the rounds since the last rest have brought, and whether the last contact succeeded. */
function createProgress(events: SyncEvents) {
	let round: NonNullable<SyncState['round']> = { booksTaken: 0 };
	return {
		applied: ({ books, booksLeft }: AppliedPages): void => {
			const booksTaken = round.booksTaken + books.length;
			round = booksLeft === undefined ? { booksTaken } : { booksTaken, booksLeft };
			events.changed({ round });
		},
		moved: (state: LoopState, ended: RoundResult | undefined): void => {
			const network = ended === undefined ? undefined : networkAfter(ended);
			if (!isUnderWay(state)) round = { booksTaken: 0 };
			events.changed({
				...(network === undefined ? {} : { network }),
				...(isUnderWay(state) ? { round } : {})
			});
		}
	};
}

function networkAfter(ended: RoundResult): SyncState['network'] | undefined {
	switch (ended.type) {
		case 'done':
		case 'asked-to-wait':
		case 'request-refused':
			return 'reachable';
		case 'signed-out':
			return 'refused-sign-in';
		case 'cut':
		case 'bad-answer':
		case 'unreachable':
		case 'foreign-answer':
		case 'server-failed':
			return 'unreachable';
		case 'update-needed':
			return ended.type;
		case 'storage-failed':
			// Somebody locked the device in the middle of a round: nothing is wrong with it.
			return ended.code === 'locked' ? undefined : ended.type;
	}
}
