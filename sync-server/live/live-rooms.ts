/** All rooms of this process: who listens for hints, the books that somebody has open, visits written together. */
import type { BookId } from '#lib/domain/ids.ts';
import { LIVE_CLOSE, type Presence } from '#lib/protocol/live.ts';
import type { LiveSession } from '../auth/live-session.ts';
import {
	createBookRoom,
	PRESENCE_EVERY_MS,
	type BookRoom,
	type BookRoomDeps,
	type Watcher
} from './book-room.ts';
import type { DraftRoomDeps } from './draft-room.ts';
import { createDrafts } from './drafts.ts';
import { createHints, type HintsDeps } from './hints.ts';
import type { LiveSocket } from './socket.ts';

export interface AcceptedEntry {
	book: BookId;
	bytes: Uint8Array;
}

export interface LiveRooms {
	/** Entries are on the disk and acknowledged. Never fails and never waits: the push has its answer. */
	accepted: (entries: readonly AcceptedEntry[]) => void;
	watchBook(book: BookId, session: LiveSession, socket: LiveSocket): Watcher;
	/** Nothing when there is no such draft for this facility and book. */
	writeDraft(
		id: string,
		book: BookId,
		session: LiveSession,
		socket: LiveSocket
	): Watcher | undefined;
	listenForHints(feed: string, socket: LiveSocket): () => void;
	close(): void;
}

export interface LiveRoomsDeps
	extends HintsDeps, Pick<BookRoomDeps, 'storage'>, Pick<DraftRoomDeps, 'judge'> {
	storage: HintsDeps['storage'] & BookRoomDeps['storage'];
	clock: { nowMs(): number };
	randomBytes: (count: number) => Uint8Array;
}

export function createLiveRooms(given: LiveRoomsDeps): LiveRooms {
	const rooms = new Map<BookId, BookRoom>();
	const deps = { ...given, randomClientId: () => randomClientId(given) };
	const drafts = createDrafts(deps);
	const hints = createHints(deps);
	const draftOf: BookRoomDeps['draftOf'] = (book, { facility, presence }) =>
		drafts.writtenBy(book, facility, presence.person);
	let cancelRepeat: (() => void) | undefined;

	function repeat(): void {
		for (const room of rooms.values()) room.repeatPresence();
		drafts.repeatPresence();
		const isNobodyHere = rooms.size === 0 && !drafts.isAnyOpen();
		cancelRepeat = isNobodyHere ? undefined : deps.timer.after(PRESENCE_EVERY_MS, repeat);
	}

	return {
		accepted: (entries) => {
			for (const [book, room] of rooms) {
				const own = entries.filter((entry) => entry.book === book).map(({ bytes }) => bytes);
				if (own.length > 0) room.push(own);
			}
			hints.feedsChanged();
		},
		watchBook: (book, session, socket) => {
			const room = rooms.get(book) ?? createBookRoom({ ...deps, draftOf }, book);
			rooms.set(book, room);
			cancelRepeat ??= deps.timer.after(PRESENCE_EVERY_MS, repeat);
			const { facility } = session;
			const watcher = room.enter(socket, { presence: presenceOf(session), facility });
			return {
				receive: (message) => watcher.receive(message),
				leave: () => {
					watcher.leave();
					if (room.isEmpty()) rooms.delete(book);
				}
			};
		},
		writeDraft: (id, book, session, socket) => {
			const room = drafts.open(id, { book, facility: session.facility });
			if (room === undefined) return undefined;
			cancelRepeat ??= deps.timer.after(PRESENCE_EVERY_MS, repeat);
			const writer = room.enter(socket, presenceOf(session));
			rooms.get(book)?.repeatPresence();
			return {
				receive: (message) => writer.receive(message),
				leave: () => {
					writer.leave();
					rooms.get(book)?.repeatPresence();
				}
			};
		},
		listenForHints: (feed, socket) => hints.listen(feed, socket),
		close: () => {
			cancelRepeat?.();
			hints.stop();
			for (const room of rooms.values()) room.close(LIVE_CLOSE.restarting);
			drafts.close(LIVE_CLOSE.restarting);
		}
	};
}

function presenceOf({ person, name, role, facilityName }: LiveSession): Presence {
	return { person, name, role, facility: facilityName };
}

/** Awareness client ids are numbers of 32 bits; entries have their own of 53 in another space. */
function randomClientId({ randomBytes }: Pick<LiveRoomsDeps, 'randomBytes'>): number {
	return new DataView(Uint8Array.from(randomBytes(4)).buffer).getUint32(0);
}
