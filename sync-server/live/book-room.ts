/**
 * An open book: everybody who watches it gets its entries, each new one as it is acknowledged, and who else
 * has it open. The server is the only one who writes, into the document as well as into the presence list:
 * the first foreign write closes the connection, because dropping it in silence would leave the writer with
 * something that exists nowhere else.
 */
import { ENTRIES_PER_BOOK_MAX } from '#lib/domain/limits.ts';
import type { BookId } from '#lib/domain/ids.ts';
import { clientIdOf, updateOfBook } from '#lib/crdt/book-update.ts';
import { LIVE_CLOSE, type Presence } from '#lib/protocol/live.ts';
import type { LogEntry, ServerStorage } from '../storage/storage.ts';
import { sendOrClose, type LiveSocket } from './socket.ts';
import {
	missingEntriesMessage,
	newEntriesMessage,
	presenceMessage,
	readClientMessage,
	type AwarenessState
} from './y-messages.ts';

/** A stock client gives up on a connection that is silent for 30 s. */
export const PRESENCE_EVERY_MS = 15_000;
/** A client that comes back sends its own state and one question; a person types nothing here. */
const MESSAGES_PER_WATCHER_MAX = 1_000;
const READ_BYTES = 512 * 1024;

export interface BookRoomDeps {
	storage: Pick<ServerStorage, 'readBook'>;
	randomClientId: () => number;
	/** The visit that this person is writing in this book, told to their own facility only. */
	draftOf: (book: BookId, inside: BookReader) => string | undefined;
	onFailure: (error: unknown) => void;
}

/** Who has the book open, and for which facility. */
export interface BookReader {
	presence: Presence;
	/** Its code. */
	facility: string;
}

export interface Watcher {
	receive(message: Uint8Array): void;
	leave(): void;
}

export interface BookRoom {
	enter(socket: LiveSocket, reader: BookReader): Watcher;
	/** Entries that have just been acknowledged. */
	push(entries: readonly Uint8Array[]): void;
	/** Says again who is here: keeps connections and presence lists alive. */
	repeatPresence(): void;
	isEmpty(): boolean;
	close(code: number): void;
}

interface Inside {
	socket: LiveSocket;
	reader: BookReader;
	state: AwarenessState & { presence: Presence };
	messagesLeft: number;
	isHere: boolean;
}

export function createBookRoom(deps: BookRoomDeps, book: BookId): BookRoom {
	const watchers = new Set<Inside>();

	function toAll(message: Uint8Array): void {
		for (const { socket } of watchers) sendOrClose(socket, message);
	}

	function tellAll(): void {
		for (const { socket, reader } of watchers)
			sendOrClose(socket, whoIsHere(deps, book, watchers, reader.facility));
	}

	function receive(inside: Inside, bytes: Uint8Array): void {
		const { socket } = inside;
		if (--inside.messagesLeft < 0) return socket.close(LIVE_CLOSE.tooMany);
		const message = readClientMessage(bytes, ENTRIES_PER_BOOK_MAX);
		switch (message.type) {
			case 'holds':
				sendMissing(deps, book, inside, message.clientIds).catch((error: unknown) => {
					deps.onFailure(error);
					socket.close(LIVE_CLOSE.restarting);
				});
				return;
			case 'presence':
				return sendOrClose(socket, whoIsHere(deps, book, watchers, inside.reader.facility));
			case 'write':
				return socket.close(LIVE_CLOSE.foreignWrite);
			case 'malformed':
				return socket.close(LIVE_CLOSE.malformed);
			case 'nothing':
				return;
		}
	}

	return {
		enter: (socket, reader) => {
			const state = { clientId: deps.randomClientId(), clock: 1, presence: reader.presence };
			const inside: Inside = {
				socket,
				reader,
				state,
				messagesLeft: MESSAGES_PER_WATCHER_MAX,
				isHere: true
			};
			watchers.add(inside);
			tellAll();
			return {
				receive: (message) => receive(inside, message),
				leave: () => {
					inside.isHere = false;
					if (!watchers.delete(inside)) return;
					toAll(presenceMessage([{ ...state, clock: state.clock + 1, presence: undefined }]));
				}
			};
		},
		push: (entries) => toAll(newEntriesMessage(updateOfBook(entries))),
		repeatPresence: () => {
			for (const { state } of watchers) state.clock += 1;
			tellAll();
		},
		isEmpty: () => watchers.size === 0,
		close: (code) => {
			for (const { socket } of watchers) socket.close(code);
		}
	};
}

/**
 * What the client lacks, in parts. It is in the room already: what is acknowledged meanwhile reaches it as
 * well, and an entry that comes twice changes nothing.
 */
async function sendMissing(
	{ storage }: BookRoomDeps,
	book: BookId,
	inside: Inside,
	held: ReadonlySet<number>
): Promise<void> {
	let update = updateOfBook([]);
	for (let entriesSent = 0; inside.isHere;) {
		const entries = await storage.readBook(book, { entriesSent, bytesMax: READ_BYTES });
		if (entries.length === 0) break;
		if (entriesSent > 0) sendOrClose(inside.socket, newEntriesMessage(update));
		update = updateOfBook(missing(entries, held));
		entriesSent += entries.length;
	}
	if (inside.isHere) sendOrClose(inside.socket, missingEntriesMessage(update));
}

function missing(entries: readonly LogEntry[], held: ReadonlySet<number>): Uint8Array[] {
	return entries.filter(({ id }) => !held.has(clientIdOf(id))).map(({ bytes }) => bytes);
}

/** As one facility may know it. */
function whoIsHere(
	deps: Pick<BookRoomDeps, 'draftOf'>,
	book: BookId,
	watchers: Iterable<Inside>,
	facility: string
): Uint8Array {
	const states = [...watchers].map(({ state, reader }) => {
		const draft = reader.facility === facility ? deps.draftOf(book, reader) : undefined;
		return { ...state, presence: { ...state.presence, ...(draft && { draft }) } };
	});
	return presenceMessage(states);
}
