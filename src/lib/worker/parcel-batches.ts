/** The entries that lie sealed for the server, sent some at a time: no key of this device is needed for it. */
import { PARCELS_MAX } from '#lib/protocol/api.ts';
import type { BookStorage } from '#lib/storage/port.ts';
import type { ServerPort } from '#lib/use-cases/server-port.ts';

export interface ParcelBatchDeps {
	storage: Pick<BookStorage, 'listParcels' | 'removeParcels'>;
	server: Pick<ServerPort, 'sendParcels'>;
	/** Absent: this device is not known to the server. */
	readToken(): Promise<string | undefined>;
}

export type BatchOutcome =
	/** Nothing is left but what the server cannot read. */
	| { type: 'nothing-left' }
	| { type: 'unreachable' }
	| { type: 'refused' }
	| { type: 'sent'; taken: number; later: number };

export interface ParcelBatches {
	/** `isWanted`: asked once more before anything leaves. */
	sendNext(isWanted?: () => boolean): Promise<BatchOutcome>;
	/** How many the server cannot read: sealed to a key it lost. */
	unreadable(): number;
}

export function createParcelBatches(deps: ParcelBatchDeps): ParcelBatches {
	const { storage, server } = deps;
	const unreadable = new Set<number>();
	return {
		unreadable: () => unreadable.size,
		sendNext: async (isWanted = () => true) => {
			const listed = await storage.listParcels(PARCELS_MAX + unreadable.size);
			const parcels = listed.filter(({ n }) => !unreadable.has(n)).slice(0, PARCELS_MAX);
			const token = await deps.readToken();
			if (!isWanted() || parcels.length === 0 || token === undefined)
				return { type: 'nothing-left' };
			const sealed = parcels.map((parcel) => parcel.sealed);
			const answer = await server.sendParcels(sealed, token);
			if (answer.type !== 'answered') return { type: answer.type };
			const numbersOf = (outcome: string): number[] =>
				parcels.flatMap(({ n }, at) => (answer.value[at] === outcome ? [n] : []));
			for (const n of numbersOf('unreadable')) unreadable.add(n);
			const taken = numbersOf('taken');
			await storage.removeParcels(taken);
			return { type: 'sent', taken: taken.length, later: numbersOf('later').length };
		}
	};
}
