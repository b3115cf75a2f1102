/**
 * One round of sync: a bounded request and its streamed answer. Acks are applied as they arrive, pages
 * in transactions with their cursor; whatever cuts a round off, what was applied stays and the next
 * round goes on from there. Nothing here removes an entry, and time comes only from the server's answer.
 */
import { StorageFailed, type StorageFailureCode } from '#lib/storage/port.ts';
import { createHolding } from './holding.ts';
import {
	runRound,
	type RoundCounts,
	type RoundDeps,
	type RoundOptions,
	type RoundOutcome
} from './round.ts';

export type { RoundCounts, RoundOptions };
export type SyncEngineDeps = RoundDeps;
export type RoundResult = { counts: RoundCounts } & (
	| RoundOutcome
	/** The device failed: what was applied before stays. */
	| { type: 'storage-failed'; code: StorageFailureCode }
);

export interface SyncEngine {
	/** One request and its answer. One at a time: throws when called during a round. */
	round(options?: RoundOptions): Promise<RoundResult>;
}

export function createSyncEngine(deps: SyncEngineDeps): SyncEngine {
	const holding = createHolding();
	let isRunning = false;
	return {
		round: async (options) => {
			if (isRunning) throw new Error('one round at a time');
			isRunning = true;
			const counts: RoundCounts = {
				accepted: 0,
				refused: 0,
				later: 0,
				relayed: 0,
				booksTaken: 0
			};
			try {
				return { counts, ...(await runRound(deps, holding, counts, options)) };
			} catch (error) {
				if (!(error instanceof StorageFailed)) throw error;
				return { counts, type: 'storage-failed', code: error.code };
			} finally {
				isRunning = false;
			}
		}
	};
}
