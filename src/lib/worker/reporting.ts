/**
 * Tells the facility how this device stands: how much waits, whether the browser keeps what is stored, who used it
 * last. Sent with the device's own token, so also while nobody is signed in; never what is about a person. The answer
 * is also how a device that nobody unlocks hears that it is to wipe itself.
 */
import type { DeviceReport } from '#lib/protocol/devices.ts';
import type { BookStorage } from '#lib/storage/port.ts';
import type { Timer } from '#lib/sync/timer.ts';
import type { ServerPort } from '#lib/use-cases/server-port.ts';
import type { SyncWatch } from '#lib/use-cases/watch-sync.ts';
import type { Vault } from '#lib/vault/vault.ts';
import { inBackground } from './background.ts';

export interface ReportingDeps {
	storage: Pick<BookStorage, 'countParcels'>;
	server: Pick<ServerPort, 'reportState'>;
	vault: Pick<Vault, 'readDevice' | 'listStaff' | 'latestLeaseMs' | 'session'>;
	syncWatch: Pick<SyncWatch, 'current'>;
	estimateStorage(): Promise<{ usedBytes: number; quotaBytes: number } | undefined>;
	clock: { nowMs(): number };
	timer: Timer;
	/** As the app names its own version. */
	appVersion?: string;
	/** The device is to wipe itself. */
	onWiped(): void;
}

export interface Reporting {
	start(): void;
	/** The server was reached, and something may be different from what it was told. */
	reached(): void;
	/** The server refuses this device: why is to be heard now. */
	refused(): void;
	/** The network may be back. */
	wake(): void;
	stop(): void;
}

const EVERY_MS = 60 * 60_000;
/** A lost device is a locked one, and hears nothing else. */
const LOCKED_EVERY_MS = 10 * 60_000;

export function createReporting(deps: ReportingDeps): Reporting {
	let isOn = false;
	let isSending = false;
	let sentMs = -Infinity;
	let sent = '';
	let cancel = (): void => undefined;

	/** `mustChange`: nothing is sent when it would say what is known. */
	async function send(mustChange: boolean): Promise<void> {
		if (isSending || !isOn) return;
		isSending = true;
		try {
			const device = await deps.vault.readDevice();
			if (device === undefined) return;
			const report = await reportOf(deps);
			const said = essenceOf(report);
			const isDue = deps.clock.nowMs() - sentMs >= EVERY_MS;
			if (!isOn || (mustChange && said === sent && !isDue)) return;
			const answer = await deps.server.reportState(report, device.token);
			if (answer.type === 'answered') [sent, sentMs] = [said, deps.clock.nowMs()];
			if (answer.type === 'refused' && answer.code === 'wiped' && isOn) deps.onWiped();
		} finally {
			isSending = false;
		}
	}

	function look(): void {
		cancel();
		const isLocked = deps.vault.session() === undefined;
		cancel = deps.timer.after(isLocked ? LOCKED_EVERY_MS : EVERY_MS, look);
		inBackground(send(!isLocked));
	}

	return {
		start: () => {
			isOn = true;
			look();
		},
		reached: () => inBackground(send(true)),
		refused: () => inBackground(send(false)),
		wake: () => {
			if (deps.vault.session() === undefined) inBackground(send(false));
		},
		stop: () => {
			isOn = false;
			cancel();
		}
	};
}

async function reportOf(deps: ReportingDeps): Promise<DeviceReport> {
	const { vault, clock, appVersion } = deps;
	const [parcels, storage, staff, leaseUntilMs] = await Promise.all([
		deps.storage.countParcels(),
		deps.estimateStorage(),
		vault.listStaff(),
		vault.latestLeaseMs()
	]);
	const { persisted, lastContactMs } = deps.syncWatch.current();
	const [last] = staff.toSorted((left, right) => right.lastUsedMs - left.lastUsedMs);
	return {
		...(appVersion !== undefined && { appVersion }),
		waiting: [...parcels.values()].reduce((sum, count) => sum + count, 0),
		...(persisted !== 'unknown' && { isPersisted: persisted === 'granted' }),
		...(storage && { usageBytes: storage.usedBytes, quotaBytes: storage.quotaBytes }),
		...(lastContactMs !== undefined && { lastSyncMs: Math.round(lastContactMs) }),
		...(last && { lastPerson: last.person, lastUsedMs: last.lastUsedMs }),
		...(leaseUntilMs !== undefined && { leaseUntilMs }),
		reportedMs: clock.nowMs()
	};
}

/** What is worth a message of its own. */
function essenceOf({ appVersion, waiting, isPersisted, lastPerson }: DeviceReport): string {
	return JSON.stringify([appVersion, waiting, isPersisted, lastPerson]);
}
