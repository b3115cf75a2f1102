/**
 * A device that its facility has told to wipe itself, perhaps because it is lost. In this order, and each step is on
 * the disk before the next: the decision; nobody is signed in and every way in is destroyed; what waits goes to
 * the server as it lies sealed, which needs no key; the server hears that all is done; everything is erased.
 * Cut off anywhere it goes on from there at the next start. There is no way back: the decision is never withdrawn here.
 */
import { z } from 'zod';
import { jittered, type Random } from '#lib/sync/backoff.ts';
import type { Timer } from '#lib/sync/timer.ts';
import type { BookStorage } from '#lib/storage/port.ts';
import type { ServerPort } from '#lib/use-cases/server-port.ts';
import { destroyKeys } from '#lib/vault/destroy.ts';
import { readRecord } from '#lib/vault/records.ts';
import { inBackground } from './background.ts';
import { createParcelBatches } from './parcel-batches.ts';

export interface WipingDeps {
	storage: Pick<BookStorage, 'readKey' | 'listKeys' | 'writeKey' | 'listParcels' | 'removeParcels'>;
	server: Pick<ServerPort, 'sendParcels' | 'confirmWiped'>;
	/** Absent: this device is not known to the server. */
	readToken(): Promise<string | undefined>;
	clock: { nowMs(): number };
	timer: Timer;
	random: Random;
	/** Everything that this device keeps of the facility; nothing of `storage` can be used afterwards. */
	eraseDevice(): Promise<void>;
	/** Nobody is signed in any more; ends when what was being saved is on the disk. */
	lock(): Promise<void>;
	onChanged(): void;
}

/** `sending`: no key is left; what waits is on its way. `done`: nothing is left. */
export type WipeState = 'sending' | 'done';

export interface Wiping {
	/** Goes on with what an earlier run of the app has begun; ends when it is clear whether there is any. */
	resume(): Promise<void>;
	/** The server has said so. Ends when no way in is left. */
	begin(): Promise<void>;
	state(): WipeState | undefined;
	/** The network may be back. */
	wake(): void;
	/** Another window goes on with it. */
	stop(): void;
}

const RETRY_MS = 60_000;
const YES_OR_NO = [() => true, () => false] as const;
const WIPE_ROW = 'wipe';
const wipeSchema = z.strictObject({
	askedMs: z.number(),
	/** The server has heard that all is done. */
	isConfirmed: z.boolean()
});
type WipeRecord = z.infer<typeof wipeSchema>;

export function createWiping(deps: WipingDeps): Wiping {
	const handIn = createHandIn(deps);
	let state: WipeState | undefined;
	/** Once no way in is left: nothing is handed in as complete while something is still being saved. */
	let ready: WipeRecord | undefined;
	let isAtWork = false;
	let isStopped = false;
	let cancel = (): void => undefined;

	async function goOn(record: WipeRecord): Promise<void> {
		if (isAtWork || isStopped || state === 'done') return;
		isAtWork = true;
		cancel();
		try {
			const isOver = record.isConfirmed || (await handIn(record));
			if (isStopped) return;
			if (isOver) ready = { ...record, isConfirmed: true };
			// What another window holds open at this moment is erased a little later.
			if (isOver && (await deps.eraseDevice().then(...YES_OR_NO))) {
				state = 'done';
				deps.onChanged();
			} else {
				const afterMs = jittered(RETRY_MS, deps.random);
				cancel = deps.timer.after(afterMs, () => inBackground(goOn(ready ?? record)));
			}
		} finally {
			isAtWork = false;
		}
	}

	async function destroy(record: WipeRecord): Promise<void> {
		state = 'sending';
		await deps.lock();
		await destroyKeys(deps.storage);
		ready = record;
		deps.onChanged();
		inBackground(goOn(record));
	}

	const read = () => readRecord(deps.storage, WIPE_ROW, wipeSchema);
	return {
		resume: async () => {
			isStopped = false;
			if (ready !== undefined) return inBackground(goOn(ready));
			const record = state === undefined ? await read() : undefined;
			if (record !== undefined) await destroy(record);
		},
		begin: async () => {
			if (state !== undefined) return;
			state = 'sending';
			const record = { askedMs: deps.clock.nowMs(), isConfirmed: false };
			try {
				await deps.storage.writeKey({ id: WIPE_ROW, value: record });
			} catch (error) {
				// Not decided: the next contact says it again.
				state = undefined;
				throw error;
			}
			await destroy(record);
		},
		state: () => state,
		wake: () => {
			if (ready !== undefined) inBackground(goOn(ready));
		},
		stop: () => {
			isStopped = true;
			cancel();
		}
	};
}

/** Hands in what waits, and says so. Answers whether the server has heard it. */
function createHandIn(deps: WipingDeps): (record: WipeRecord) => Promise<boolean> {
	const batches = createParcelBatches(deps);
	async function areAllIn(): Promise<boolean> {
		for (;;) {
			const outcome = await batches.sendNext();
			if (outcome.type === 'nothing-left') return true;
			if (outcome.type !== 'sent') return false;
			deps.onChanged();
			// Only what cannot be read was left: asked once more, it says so.
			if (outcome.taken === 0 && outcome.later > 0) return false;
		}
	}
	return async (record) => {
		if (!(await areAllIn())) return false;
		const token = await deps.readToken();
		if (token !== undefined) {
			const request = { unreadable: batches.unreadable() };
			const answer = await deps.server.confirmWiped(request, token);
			if (answer.type !== 'answered') return false;
		}
		await deps.storage.writeKey({ id: WIPE_ROW, value: { ...record, isConfirmed: true } });
		return true;
	};
}
