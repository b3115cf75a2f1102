/**
 * Takes what happened into the tree of the access log every minute, and signs a checkpoint every hour and whenever
 * somebody needs a newer one. What no checkpoint covers yet could still be changed unseen: that is the minute between.
 */
import { checkpointBody, type Checkpoint } from '#lib/protocol/checkpoint.ts';
import type { LogKey } from '../auth/log-key.ts';
import { readRoot } from '../storage/proofs.ts';
import type { ServerStorage } from '../storage/storage.ts';
import { addCheckpoint } from './checkpoint-file.ts';

export const FOLD_EVERY_MS = 60_000;
export const CHECKPOINT_EVERY_MS = 60 * 60_000;
/** Rows in one step of the writer: a few milliseconds, between two commits of others. */
const ROWS_PER_FOLD = 250;
const SEED_BYTES = 32;

export interface SignedCheckpoint extends Checkpoint {
	text: string;
}

export interface Checkpoints {
	/** A checkpoint of everything that is in the audit now, unless the newest is younger than `ageMsMax`. */
	make(ageMsMax?: number): Promise<SignedCheckpoint>;
	/** Folds and signs by the clock from now on. */
	start(): void;
	/** Public keys with which checkpoints are signed now. */
	keys: readonly Uint8Array[];
}

export interface CheckpointDeps {
	storage: Pick<ServerStorage, 'foldAudit' | 'readAuditTree' | 'readTreeNodes'>;
	key: LogKey;
	/** Where they are kept. */
	file: string;
	clock: { nowMs(): number };
	randomBytes: (count: number) => Uint8Array;
	/** Calls `act` so often. */
	every(ms: number, act: () => void): void;
	onFailure: (error: unknown) => void;
}

/** A row is not there any more that the tree has not seen: nothing is signed until a person has looked. */
export class AuditRowMissing extends Error {
	readonly code = 'audit-row-missing';
	constructor(number: number) {
		super(`row ${number} of the audit is missing`);
		this.name = 'AuditRowMissing';
	}
}

export function createCheckpoints(deps: CheckpointDeps): Checkpoints {
	const { clock, key } = deps;
	let newest: SignedCheckpoint | undefined;
	let last: Promise<unknown> = Promise.resolve();

	/** One after the other: two that are made at once would be two for one moment. */
	function inTurn<T>(act: () => Promise<T>): Promise<T> {
		const result = last.then(act);
		last = result.catch(() => undefined);
		return result;
	}
	const make = (ageMsMax = 0): Promise<SignedCheckpoint> =>
		inTurn(async () => {
			if (newest !== undefined && clock.nowMs() - newest.atMs < ageMsMax) return newest;
			await foldAll(deps);
			newest = await signNow(deps);
			return newest;
		});
	const quietly = (act: () => Promise<unknown>) => (): void => void act().catch(deps.onFailure);
	return {
		make,
		keys: key.publicKeys,
		start() {
			deps.every(
				FOLD_EVERY_MS,
				quietly(() => inTurn(() => foldAll(deps)))
			);
			deps.every(
				CHECKPOINT_EVERY_MS,
				quietly(() => make())
			);
		}
	};
}

async function foldAll({ storage, randomBytes }: CheckpointDeps): Promise<void> {
	for (;;) {
		const seed = randomBytes(SEED_BYTES);
		const result = await storage.foldAudit({ rowsMax: ROWS_PER_FOLD, seed });
		if (result.type === 'row-missing') throw new AuditRowMissing(result.number);
		if (result.isComplete) return;
	}
}

/** On disk before anybody is given it: what was shown once must be there to be compared with. */
async function signNow({ storage, key, file, clock }: CheckpointDeps): Promise<SignedCheckpoint> {
	const { size, epochs } = await storage.readAuditTree();
	const checkpoint: Checkpoint = {
		size,
		root: await readRoot(storage, size),
		atMs: clock.nowMs(),
		epochs: epochs.map(({ epoch, rows }) => ({
			epoch: Buffer.from(epoch).toString('hex'),
			rows
		}))
	};
	const text = key.sign(checkpointBody(checkpoint));
	await addCheckpoint(file, text);
	return { ...checkpoint, text };
}
