import type { Source, TimelineItem } from '#lib/domain/projections/book-view.ts';
import type { EntryId } from '#lib/domain/ids.ts';

/** Where an entry is on its way: on the server, or still only on this tablet. */
export type OutboxJourney = 'waiting' | 'refused';
export type Journey = OutboxJourney | 'server';

/** How far others have read a book, as the server said it at `knownMs`. */
export interface Readers {
	knownMs: number;
	newest: string[];
	places: {
		facility: string;
		name: string;
		kind: 'commune-station' | 'regional-hospital';
		unread: number;
		atMs?: number | undefined;
	}[];
	citizen?: { unread: number; on: string } | undefined;
}

/** `unsure`: nobody here knows it, in either direction. */
export type Reached = 'yes' | 'not-yet' | 'unsure';

export interface PlaceStep {
	name: string;
	isHospital: boolean;
	reached: Reached;
	/** At the latest; absent where it was written. */
	atMs?: number | undefined;
}

/** The entry that others must have to see what is on this screen: the statement that it was a mistake, else itself. */
export function entryToFollow(item: TimelineItem): Pick<Source, 'id' | 'author'> {
	return item.voided ?? item;
}

/** What is known of an entry that the server has; one that the answer does not name is known to nobody. */
export function placeSteps(
	{ id, author }: Pick<Source, 'id' | 'author'>,
	readers: Readers
): PlaceStep[] {
	return readers.places.map(({ facility, name, kind, unread, atMs }) => {
		const isHospital = kind === 'regional-hospital';
		if (facility === author.facility) return { name, isHospital, reached: 'yes' };
		const reached = reachedBy(id, readers, unread);
		return { name, isHospital, reached, ...(reached === 'yes' && { atMs }) };
	});
}

/** Whether the person, or whoever looks after them, has seen it; `on`: at the latest. */
export function citizenStep(
	{ id }: Pick<Source, 'id'>,
	readers: Readers
): { reached: Reached; on?: string } {
	const { citizen } = readers;
	if (citizen === undefined) return { reached: 'not-yet' };
	const reached = reachedBy(id, readers, citizen.unread);
	return reached === 'yes' ? { reached, on: citizen.on } : { reached };
}

function reachedBy(id: EntryId, { newest }: Readers, unread: number): Reached {
	const at = newest.indexOf(id);
	if (at === -1) return 'unsure';
	return at >= unread ? 'yes' : 'not-yet';
}
