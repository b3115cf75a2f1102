/**
 * How far each facility is known to have read its feed: a device that asks from behind a page has stored that page.
 * Written once for each step on. It is a help for those who wonder, so a store that cannot take it holds nobody up.
 */
import { StorageFailure, type ServerStorage } from '../storage/storage.ts';
import type { Cursor } from './cursor.ts';

/** Notes where a device of the facility stands. */
export type NoteRead = (facility: string, cursor: Cursor, nowMs: number) => Promise<void>;

export function createFeedReads(storage: Pick<ServerStorage, 'noteFeedRead'>): NoteRead {
	const noted = new Map<string, number>();
	return async (facility, { place, isOtherEpoch }, nowMs) => {
		// Inside a snapshot some books have come and others not; of another epoch the numbers mean something else.
		if (place === undefined || place.at === 'snapshot' || isOtherEpoch) return;
		const before = noted.get(facility) ?? 0;
		if (place.seq <= before) return;
		noted.set(facility, place.seq);
		try {
			await storage.noteFeedRead(facility, place.seq, nowMs);
		} catch (error) {
			noted.set(facility, before);
			if (!(error instanceof StorageFailure)) throw error;
		}
	};
}
