/** Parcels opened with the sealing key and admitted like any other entry, by the same code. */
import type { ParcelOutcome } from '#lib/protocol/api.ts';
import type { Ack, PushedEntry } from '#lib/protocol/messages.ts';
import type { SealingKey } from '../auth/sealing-key.ts';

/** In the order of the parcels, of which nothing stands for one that is no bytes. */
export async function admitParcels(
	sealingKey: Pick<SealingKey, 'open'>,
	parcels: (Uint8Array | undefined)[],
	admit: (push: PushedEntry[]) => Promise<Ack[]>
): Promise<ParcelOutcome[]> {
	const opened = parcels.map((bytes) => bytes && sealingKey.open(bytes));
	const push = opened.filter((content): content is PushedEntry => content !== undefined);
	const acks = push.length === 0 ? [] : await admit(push);
	let next = 0;
	return opened.map((content) => (content === undefined ? 'unreadable' : outcomeOf(acks[next++])));
}

/** A refused entry is in quarantine: the server has it. */
function outcomeOf(ack: Ack | undefined): ParcelOutcome {
	return ack === undefined || ack.ack === 'later' ? 'later' : 'taken';
}
