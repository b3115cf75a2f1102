/**
 * What a device does with its own token alone, so also while nobody is signed in: it sends what lies sealed for the
 * server, says how it stands, and wipes itself when it is told to. Only the window with the writer lock does.
 */
import type { UseCaseDeps } from '#lib/use-cases/deps.ts';
import type { SyncState, SyncWatch } from '#lib/use-cases/watch-sync.ts';
import { inBackground } from './background.ts';
import type { BookDeskDeps } from './book-desk.ts';
import { createParcelSender } from './parcel-sender.ts';
import { createReporting, type Reporting } from './reporting.ts';
import { createWiping, type Wiping } from './wiping.ts';

export interface KeylessWork {
	/** This window has the writer lock; ends when it is clear whether the device wipes itself. */
	begin(): Promise<void>;
	/** Nobody is signed in any more. */
	locked(): void;
	/** Somebody is: sync brings what waits. */
	unlocked(): void;
	/** The network may be back. */
	wake(): void;
	/** Another window has the lock. */
	stop(): void;
	reporting: Pick<Reporting, 'reached' | 'refused'>;
	wiping: Pick<Wiping, 'begin' | 'state'>;
}

/** States of the network that say no more than whether the server answers. */
const PASSING: readonly SyncState['network'][] = ['unknown', 'reachable', 'unreachable'];

export function createKeylessWork(
	deps: BookDeskDeps,
	{ vault }: Pick<UseCaseDeps, 'vault'>,
	syncWatch: SyncWatch,
	{ lock, tellDevice }: { lock: () => Promise<void>; tellDevice: () => void }
): KeylessWork {
	const random = deps.live?.random ?? (() => 0);
	const wiping = createWiping({ ...deps, vault, random, lock, onChanged: tellDevice });
	const reporting = createReporting({
		...deps,
		vault,
		syncWatch,
		onWiped: () => inBackground(wiping.begin())
	});
	const parcels = createParcelSender({
		...deps,
		vault,
		random,
		onTried: (network, taken) => {
			// That there is an answer takes nothing back of what the last sync was told.
			if (PASSING.includes(syncWatch.current().network)) syncWatch.note({ network });
			if (taken === 0) return;
			tellDevice();
			reporting.reached();
		}
	});

	/** A device that wipes itself hands in what waits by itself, and has nothing else to say. */
	function send(): void {
		if (wiping.state() === undefined) {
			parcels.start();
			reporting.start();
		} else {
			parcels.stop();
			reporting.stop();
		}
	}

	return {
		begin: async () => {
			await wiping.resume();
			send();
		},
		locked: send,
		unlocked: () => parcels.stop(),
		wake: () => {
			wiping.wake();
			parcels.wake();
			reporting.wake();
		},
		stop: () => {
			parcels.stop();
			wiping.stop();
			reporting.stop();
		},
		reporting,
		wiping
	};
}
