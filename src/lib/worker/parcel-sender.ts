/**
 * Sends what waits while nobody is signed in: the entries as they lie sealed for the server, which this device
 * cannot read itself. Their rows in the outbox stay; whoever signs in next hears from the server that it has them.
 */
import { jittered, type Random } from '#lib/sync/backoff.ts';
import type { Timer } from '#lib/sync/timer.ts';
import type { BookStorage } from '#lib/storage/port.ts';
import type { ServerPort } from '#lib/use-cases/server-port.ts';
import { PARCELS_MAX } from '#lib/protocol/api.ts';
import { inBackground } from './background.ts';

export interface ParcelSenderDeps {
	storage: Pick<BookStorage, 'listParcels' | 'removeParcels'>;
	server: Pick<ServerPort, 'sendParcels' | 'listEditions'>;
	/** Absent: this device is not known to the server. */
	readToken(): Promise<string | undefined>;
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
	/** The server cannot read them: sealed to a key it lost. They stay for whoever signs in. */
	const unreadable = new Set<number>();
	let isOn = false;
	let isSending = false;
	let cancel = (): void => undefined;

	async function sendOnce(): Promise<'again' | 'later' | 'nothing'> {
		const { storage, server } = deps;
		const listed = await storage.listParcels(PARCELS_MAX + unreadable.size);
		const parcels = listed.filter(({ n }) => !unreadable.has(n)).slice(0, PARCELS_MAX);
		const token = await deps.readToken();
		if (!isOn) return 'nothing';
		if (parcels.length === 0 || token === undefined) return ask();
		const answer = await server.sendParcels(
			parcels.map(({ sealed }) => sealed),
			token
		);
		if (answer.type === 'unreachable') {
			deps.onTried('unreachable', 0);
			return 'later';
		}
		if (answer.type === 'refused') return 'later';
		const numbersOf = (outcome: string): number[] =>
			parcels.flatMap(({ n }, at) => (answer.value[at] === outcome ? [n] : []));
		for (const n of numbersOf('unreadable')) unreadable.add(n);
		const taken = numbersOf('taken');
		await storage.removeParcels(taken);
		deps.onTried('reachable', taken.length);
		return taken.length > 0 ? 'again' : 'later';
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
