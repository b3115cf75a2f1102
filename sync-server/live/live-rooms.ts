/** All rooms of this process: who listens for hints, and the books that somebody has open. */
import type { BookId } from '#lib/domain/ids.ts';
import { LIVE_CLOSE } from '#lib/protocol/live.ts';
import type { LiveSession } from '../auth/live-session.ts';
import {
	createBookRoom,
	PRESENCE_EVERY_MS,
	type BookRoom,
	type BookRoomDeps,
	type Watcher
} from './book-room.ts';
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
	listenForHints(feed: string, socket: LiveSocket): () => void;
	close(): void;
}

export function createLiveRooms(deps: BookRoomDeps & HintsDeps): LiveRooms {
	const rooms = new Map<BookId, BookRoom>();
	const hints = createHints(deps);
	let cancelRepeat: (() => void) | undefined;

	function repeat(): void {
		for (const room of rooms.values()) room.repeatPresence();
		cancelRepeat = rooms.size === 0 ? undefined : deps.timer.after(PRESENCE_EVERY_MS, repeat);
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
			const room = rooms.get(book) ?? createBookRoom(deps, book);
			rooms.set(book, room);
			cancelRepeat ??= deps.timer.after(PRESENCE_EVERY_MS, repeat);
			const { person, name, role, facilityName } = session;
			const watcher = room.enter(socket, { person, name, role, facility: facilityName });
			return {
				receive: (message) => watcher.receive(message),
				leave: () => {
					watcher.leave();
					if (room.isEmpty()) rooms.delete(book);
				}
			};
		},
		listenForHints: (feed, socket) => hints.listen(feed, socket),
		close: () => {
			cancelRepeat?.();
			hints.stop();
			for (const room of rooms.values()) room.close(LIVE_CLOSE.restarting);
		}
	};
}
