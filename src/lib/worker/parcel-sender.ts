/**
 * Sends what waits while nobody is signed in: the entries as they lie sealed for the server, which this device
 * cannot read itself. Their rows in the outbox stay; whoever signs in next hears from the server that it has them.
 */
import { jittered, type Random } from '#lib/sync/backoff.ts';
import type { Timer } from '#lib/sync/timer.ts';
import type { ServerPort } from '#lib/use-cases/server-port.ts';
import { inBackground } from './background.ts';
import { createParcelBatches, type ParcelBatchDeps } from './parcel-batches.ts';

export interface ParcelSenderDeps extends ParcelBatchDeps {
	server: Pick<ServerPort, 'sendParcels' | 'listEditions'>;
	timer: Timer;
	random: Random;
	/** What a try has shown of the network, and whether the server has taken anything. */
	onTried(network: 'reachable' | 'unreachable', taken: number): void;
}

export interface ParcelSender {
	start(): void;
	/** The network may be back. */
	wake(): void;
	stop(): void;
}

const RETRY_MS = 60_000;

export function createParcelSender(deps: ParcelSenderDeps): ParcelSender {
	/** What the server cannot read stays for whoever signs in. */
	const batches = createParcelBatches(deps);
	let isOn = false;
	let isSending = false;
	let cancel = (): void => undefined;

	async function sendOnce(): Promise<'again' | 'later' | 'nothing'> {
		const outcome = await batches.sendNext(() => isOn);
		switch (outcome.type) {
			case 'nothing-left':
				return isOn ? ask() : 'nothing';
			case 'unreachable':
				deps.onTried('unreachable', 0);
				return 'later';
			case 'refused':
				return 'later';
			case 'sent':
				deps.onTried('reachable', outcome.taken);
				return outcome.taken > 0 ? 'again' : 'later';
		}
	}

	/** Nothing to send: whether the server can be asked is worth knowing for whoever types a PIN. */
	async function ask(): Promise<'nothing'> {
		const { type } = await deps.server.listEditions();
		if (isOn) deps.onTried(type === 'unreachable' ? 'unreachable' : 'reachable', 0);
		return 'nothing';
	}

	async function send(): Promise<void> {
		if (isSending || !isOn) return;
		isSending = true;
		cancel();
		try {
			let next: Awaited<ReturnType<typeof sendOnce>> = 'again';
			while (next === 'again') next = await sendOnce();
			if (next === 'later' && isOn)
				cancel = deps.timer.after(jittered(RETRY_MS, deps.random), () => inBackground(send()));
		} finally {
			isSending = false;
		}
	}

	return {
		start: () => {
			isOn = true;
			inBackground(send());
		},
		wake: () => inBackground(send()),
		stop: () => {
			isOn = false;
			cancel();
		}
	};
}
