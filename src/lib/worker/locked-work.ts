/**
 * What a device does with its own token alone, so also while nobody is signed in: it sends what lies sealed for the
 * server, keeps a second copy of it beside the database, says how it stands, and wipes itself when it is told to.
 */
import type { UseCaseDeps } from '#lib/use-cases/deps.ts';
import type { SyncState, SyncWatch } from '#lib/use-cases/watch-sync.ts';
import { inBackground } from './background.ts';
import type { BookDeskDeps } from './book-desk.ts';
import { createParcelSender, type ParcelSenderDeps } from './parcel-sender.ts';
import { createReporting } from './reporting.ts';
import { createSparing, type Sparing } from './sparing.ts';
import { createWiping, type Wiping } from './wiping.ts';

export interface LockedWork {
	/** This window writes from now on; ends when it is clear whether the device wipes itself. */
	resume(): Promise<void>;
	/** The same. Nobody who wants to sign in waits for it. */
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
	/** A sync has reached the server. */
	reached(): void;
	/** The server takes nothing from this device: why is to be heard now. */
	refused(): void;
	wiping: Pick<Wiping, 'begin' | 'state'>;
}

export interface LockedWiring {
	isWriter: () => boolean;
	tellDevice: () => void;
	/** Nobody is signed in any more; ends when what was being saved is on the disk. */
	lock: () => Promise<void>;
}

/** States of the network that say no more than whether the server answers. */
const PASSING: readonly SyncState['network'][] = ['unknown', 'reachable', 'unreachable'];

export function createLockedWork(
	deps: BookDeskDeps,
	{ vault }: UseCaseDeps,
	syncWatch: SyncWatch,
	{ isWriter, tellDevice, lock }: LockedWiring
): LockedWork {
	const random = deps.live?.random ?? (() => 0);
	const sparing = createSparing({
		...deps,
		readToken: async () => (await vault.readDevice())?.token
	});
	const readToken = () => sparing.readToken();
	const eraseDevice = () => eraseAll(deps, sparing);
	const wiping = createWiping({
		...deps,
		readToken,
		random,
		eraseDevice,
		lock,
		onChanged: tellDevice
	});
	const onWiped = () => inBackground(wiping.begin());
	const reporting = createReporting({ ...deps, vault, syncWatch, onWiped });
	const reached = (): void => {
		sparing.soon();
		reporting.reached();
	};
	const onTried = whenTried(syncWatch, tellDevice, reached);
	const parcels = createParcelSender({ ...deps, readToken, random, onTried });
	const stopAll = (): void => {
		sparing.stop();
		parcels.stop();
		reporting.stop();
	};
	/** A device that wipes itself hands in what waits by itself, and has nothing else to say. */
	const start = (): void => {
		if (wiping.state() !== undefined) return stopAll();
		parcels.start();
		reporting.start();
	};

	async function open(): Promise<void> {
		if (wiping.state() !== undefined) return;
		const restored = await sparing.open((await vault.readDevice()) === undefined);
		if (restored > 0) tellDevice();
		if (isWriter() && vault.session() === undefined) start();
	}

	return {
		resume: () => wiping.resume(),
		open: () => inBackground(open()),
		start,
		stop: () => parcels.stop(),
		close: () => {
			stopAll();
			wiping.stop();
		},
		wake: () => {
			wiping.wake();
			parcels.wake();
			reporting.wake();
		},
		changed: () => sparing.soon(),
		reached,
		refused: () => reporting.refused(),
		wiping
	};
}

/** The second copy first: beside an empty database it would be put back. */
async function eraseAll(deps: BookDeskDeps, sparing: Pick<Sparing, 'stop'>): Promise<void> {
	sparing.stop();
	await deps.spareFile?.replace(new Uint8Array());
	await deps.eraseDevice();
}

function whenTried(syncWatch: SyncWatch, ...onTaken: (() => void)[]): ParcelSenderDeps['onTried'] {
	return (network, taken) => {
		// That there is an answer takes nothing back of what the last sync was told.
		if (PASSING.includes(syncWatch.current().network)) syncWatch.note({ network });
		if (taken > 0) for (const tell of onTaken) tell();
	};
}
