/**
 * What a device does for what waits although nobody is signed in: send it as it lies sealed, and keep a second copy of
 * it beside the database.
 */
import type { UseCaseDeps } from '#lib/use-cases/deps.ts';
import type { SyncState, SyncWatch } from '#lib/use-cases/watch-sync.ts';
import { inBackground } from './background.ts';
import type { BookDeskDeps } from './book-desk.ts';
import { createParcelSender } from './parcel-sender.ts';
import { createSparing } from './sparing.ts';

export interface LockedWork {
	/** This window writes from now on. Nobody who wants to sign in waits for it. */
	open(): void;
	/** Nobody is signed in: what waits is sent. */
	start(): void;
	stop(): void;
	/** This window writes no more. */
	close(): void;
	/** The network may be back. */
	wake(): void;
	/** Something was saved or sent: the second copy follows. */
	changed(): void;
}

/** States of the network that say no more than whether the server answers. */
const PASSING: readonly SyncState['network'][] = ['unknown', 'reachable', 'unreachable'];

export function createLockedWork(
	deps: BookDeskDeps,
	{ vault }: UseCaseDeps,
	syncWatch: SyncWatch,
	{ isWriter, tellDevice }: { isWriter: () => boolean; tellDevice: () => void }
): LockedWork {
	const sparing = createSparing({
		...deps,
		readToken: async () => (await vault.readDevice())?.token
	});
	const parcels = createParcelSender({
		...deps,
		readToken: () => sparing.readToken(),
		random: deps.live?.random ?? (() => 0),
		onTried: (network, taken) => {
			// That there is an answer takes nothing back of what the last sync was told.
			if (PASSING.includes(syncWatch.current().network)) syncWatch.note({ network });
			if (taken === 0) return;
			tellDevice();
			sparing.soon();
		}
	});

	async function open(): Promise<void> {
		const restored = await sparing.open((await vault.readDevice()) === undefined);
		if (restored > 0) tellDevice();
		if (isWriter() && vault.session() === undefined) parcels.start();
	}

	return {
		open: () => inBackground(open()),
		start: () => parcels.start(),
		stop: () => parcels.stop(),
		close: () => {
			sparing.stop();
			parcels.stop();
		},
		wake: () => parcels.wake(),
		changed: () => sparing.soon()
	};
}
