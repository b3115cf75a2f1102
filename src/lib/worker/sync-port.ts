/** What the worker asks of syncing; `start-sync.ts` builds it from the sync engine. */
import type { BookId } from '#lib/domain/ids.ts';
import type { PersonSummary } from '#lib/domain/people/person-summary.ts';
import type { SyncState } from '#lib/use-cases/watch-sync.ts';
import type { Vault } from '#lib/vault/vault.ts';

export interface SyncContext {
	/** Bearer token of the device, as it is at this moment. */
	deviceToken(): string;
	vault: Pick<Vault, 'signForDevice' | 'listCertificates'>;
	/** What was opened here goes before anything new comes. */
	tellReads(): Promise<'told' | 'unreachable'>;
}

export interface SyncEvents {
	/** Contact, progress of a round, acknowledgements: what the panel shows may have changed. `round` is
	 * there while one is under way. */
	changed(state: Partial<Pick<SyncState, 'network' | 'round'>>): void;
	/** A page was applied: what it brought or changed, and books it took away. */
	pageApplied(people: PersonSummary[], left: BookId[]): void;
}

export interface SyncHandle {
	/** Something waits, or the network may be back: go soon. */
	wake(): void;
	/** Goes now, unless the server has asked for time; ends with the round. */
	syncNow(): Promise<void>;
	/** Asks for this book by itself, beside the feed; ends with the round. */
	fetchBook(book: BookId): Promise<void>;
	/** Ends the loop; what a round under way still receives is not taken. */
	stop(): void;
}

export type StartSync = (context: SyncContext, events: SyncEvents) => SyncHandle;
