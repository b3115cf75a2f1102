/**
 * From a token to a place in the feed as it stands now. A token of an earlier epoch is mapped onto what
 * both stores have in common; a token of a store this one knows nothing of starts from the beginning.
 * Both are unions for the device: nothing it holds is removed.
 */
import type { ServerStorage, StoreState } from '../storage/storage.ts';
import { decodeToken, type Place, type Token } from './token.ts';

export interface Cursor {
	/** Absent: from the beginning. */
	place?: Place;
	/** The device must offer its outbox and recent entries again. */
	isOtherEpoch: boolean;
}

export async function resolveCursor(
	storage: ServerStorage,
	state: StoreState,
	{ facility, head }: { facility: string; head: number },
	tokenBytes: Uint8Array | undefined
): Promise<Cursor> {
	const token = tokenBytes && decodeToken(tokenBytes);
	if (token === undefined) return { isOtherEpoch: false };
	if (areEqual(token.epoch, state.epoch)) {
		// A number this store never gave out: its file was put back without `restore`.
		if (token.place.seq > head) return { isOtherEpoch: true };
		return { place: token.place, isOtherEpoch: false };
	}
	return earlierEpoch(storage, state, facility, token);
}

async function earlierEpoch(
	storage: ServerStorage,
	state: StoreState,
	facility: string,
	{ epoch, place }: Token
): Promise<Cursor> {
	const index = state.epochs.findIndex((known) => areEqual(known.epoch, epoch));
	const later = state.epochs.slice(index + 1).map((known) => known.commit);
	if (index === -1 || later.length === 0) return { isOtherEpoch: true };
	// Feed rows that stood before the last common commit: rows written at that very commit number may
	// already belong to the later epoch.
	const commonHead = await storage.readFeedHeadAt(facility, Math.min(...later) - 1);
	const seq = Math.min(place.seq, commonHead);
	if (place.at === 'snapshot') return { place: { ...place, seq }, isOtherEpoch: true };
	return { place: { at: 'log', seq }, isOtherEpoch: true };
}

function areEqual(a: Uint8Array, b: Uint8Array): boolean {
	return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
