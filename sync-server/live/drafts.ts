/** All visits that are being written together, for as long as this process and 72 hours last. */
import type { BookId } from '#lib/domain/ids.ts';
import { DRAFT_MS_MAX, LIVE_CLOSE } from '#lib/protocol/live.ts';
import {
	createDraftRoom,
	type DraftPlace,
	type DraftRoom,
	type DraftRoomDeps
} from './draft-room.ts';

/** A quarter of a megabyte each at the worst. */
const DRAFTS_MAX = 1_000;
const DRAFTS_PER_FACILITY_MAX = 200;

export interface Drafts {
	/** The room of this id; nothing when it is one of another facility or book, or there is no room left. */
	open(id: string, place: DraftPlace): DraftRoom | undefined;
	/** The visit that this person is writing in the book for this facility. */
	writtenBy(book: BookId, facility: string, person: string): string | undefined;
	repeatPresence(): void;
	isAnyOpen(): boolean;
	close(code: number): void;
}

export function createDrafts(deps: DraftRoomDeps & { clock: { nowMs(): number } }): Drafts {
	const rooms = new Map<string, { room: DraftRoom; untilMs: number }>();

	function forgetOld(): void {
		for (const [id, { room, untilMs }] of rooms) {
			if (untilMs > deps.clock.nowMs()) continue;
			room.close(LIVE_CLOSE.tooMany);
			rooms.delete(id);
		}
	}

	/** The oldest in which nobody writes now gives way: the tablets of its writers hold it. */
	function makeRoom(facility: string): boolean {
		const own = [...rooms].filter(([, { room }]) => room.place.facility === facility);
		if (rooms.size < DRAFTS_MAX && own.length < DRAFTS_PER_FACILITY_MAX) return true;
		const oldest = own.find(([, { room }]) => room.isEmpty())?.[0];
		return oldest !== undefined && rooms.delete(oldest);
	}

	return {
		open: (id, place) => {
			forgetOld();
			const known = rooms.get(id)?.room;
			if (known !== undefined) {
				const { facility, book } = known.place;
				return facility === place.facility && book === place.book ? known : undefined;
			}
			if (!makeRoom(place.facility)) return undefined;
			const room = createDraftRoom(deps, place);
			rooms.set(id, { room, untilMs: deps.clock.nowMs() + DRAFT_MS_MAX });
			return room;
		},
		writtenBy: (book, facility, person) =>
			[...rooms].find(
				([, { room }]) =>
					room.place.book === book && room.place.facility === facility && room.isWrittenBy(person)
			)?.[0],
		repeatPresence: () => {
			forgetOld();
			for (const { room } of rooms.values()) room.repeatPresence();
		},
		isAnyOpen: () => [...rooms.values()].some(({ room }) => !room.isEmpty()),
		close: (code) => {
			for (const { room } of rooms.values()) room.close(code);
		}
	};
}
