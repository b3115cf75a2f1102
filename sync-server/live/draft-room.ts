/**
 * A visit that several people of one facility write at once. The server keeps its state in memory and hands
 * on what each of them adds; it is never on the server's disk. Once somebody has signed, or one of the limits
 * is reached, nothing is taken any more: the tablets hold their copies and say so.
 */
import { DRAFT_BYTES_MAX } from '#lib/crdt/joint-draft.ts';
import type { BookId } from '#lib/domain/ids.ts';
import { DRAFT_UPDATES_MAX, LIVE_CLOSE, type Presence } from '#lib/protocol/live.ts';
import type { DraftJudge } from './draft-judge.ts';
import { sendOrClose, type LiveSocket } from './socket.ts';
import {
	missingEntriesMessage,
	newEntriesMessage,
	presenceMessage,
	questionMessage,
	readClientMessage,
	type AwarenessState
} from './y-messages.ts';

const MESSAGES_PER_WRITER_MAX = 10_000;
const CLIENTS_MAX = 10_000;
/** More that wait for judgement than any typing makes. */
const WAITING_MAX = 50;
const NOTHING = new Uint8Array(2);

export interface DraftRoomDeps {
	judge: DraftJudge['judge'];
	randomClientId: () => number;
	onFailure: (error: unknown) => void;
}

/** Where a draft belongs: whoever comes from elsewhere finds no draft. */
export interface DraftPlace {
	facility: string;
	book: BookId;
}

interface Inside {
	socket: LiveSocket;
	state: AwarenessState & { presence: Presence };
	messagesLeft: number;
}

export interface DraftRoom {
	readonly place: DraftPlace;
	enter(
		socket: LiveSocket,
		presence: Presence
	): { receive: (message: Uint8Array) => void; leave: () => void };
	isWrittenBy(person: string): boolean;
	isEmpty(): boolean;
	repeatPresence(): void;
	close(code: number): void;
}

export function createDraftRoom(deps: DraftRoomDeps, place: DraftPlace): DraftRoom {
	const writers = new Set<Inside>();
	const document = createDraftDocument(deps.judge);
	let waiting = 0;
	let last: Promise<void> = Promise.resolve();

	const whoIsHere = (): Uint8Array => presenceMessage([...writers].map(({ state }) => state));
	const toAll = (message: Uint8Array, except?: Inside): void => {
		for (const inside of writers) if (inside !== except) sendOrClose(inside.socket, message);
	};

	async function take(inside: Inside, update: Uint8Array): Promise<void> {
		const outcome = await document.take(update, inside.state.presence.person);
		if (outcome.type === 'refused') inside.socket.close(outcome.code);
		else if (outcome.isNew) toAll(newEntriesMessage(update), inside);
	}

	function receive(inside: Inside, bytes: Uint8Array): void {
		const { socket } = inside;
		if (--inside.messagesLeft < 0 || waiting > WAITING_MAX) return socket.close(LIVE_CLOSE.tooMany);
		const message = readClientMessage(bytes, CLIENTS_MAX);
		switch (message.type) {
			case 'holds':
				// All of it, at most a quarter of a megabyte: what the client has already changes nothing there.
				sendOrClose(socket, missingEntriesMessage(document.state()));
				return sendOrClose(socket, questionMessage(document.vector()));
			case 'presence':
				return sendOrClose(socket, whoIsHere());
			case 'write':
				if (message.update.length > DRAFT_BYTES_MAX) return socket.close(LIVE_CLOSE.tooMany);
				waiting += 1;
				last = last
					.then(() => take(inside, message.update))
					.catch(deps.onFailure)
					.finally(() => (waiting -= 1));
				return;
			case 'malformed':
				return socket.close(LIVE_CLOSE.malformed);
			case 'nothing':
				return;
		}
	}

	return {
		place,
		enter: (socket, presence) => {
			const state = { clientId: deps.randomClientId(), clock: 1, presence };
			const inside: Inside = { socket, state, messagesLeft: MESSAGES_PER_WRITER_MAX };
			writers.add(inside);
			toAll(whoIsHere());
			return {
				receive: (message) => receive(inside, message),
				leave: () => {
					if (!writers.delete(inside)) return;
					toAll(presenceMessage([{ ...state, clock: state.clock + 1, presence: undefined }]));
				}
			};
		},
		isWrittenBy: (person) =>
			!document.isSigned() && [...writers].some(({ state }) => state.presence.person === person),
		isEmpty: () => writers.size === 0,
		repeatPresence: () => {
			for (const { state } of writers) state.clock += 1;
			toAll(whoIsHere());
		},
		close: (code) => {
			for (const { socket } of writers) socket.close(code);
		}
	};
}

/** What the server has of a draft, and what may still come to it. */
function createDraftDocument(judge: DraftJudge['judge']) {
	let held: { state: Uint8Array; vector: Uint8Array } | undefined;
	let isSigned = false;
	let updates = 0;
	const refused = (code: number) => ({ type: 'refused' as const, code });
	return {
		state: () => held?.state ?? NOTHING,
		vector: () => held?.vector ?? NOTHING.subarray(1),
		isSigned: () => isSigned,
		/** One at a time. The code is that with which its sender is sent away. */
		take: async (update: Uint8Array, author: string) => {
			if (isSigned) return refused(LIVE_CLOSE.draftSigned);
			if (updates >= DRAFT_UPDATES_MAX) return refused(LIVE_CLOSE.tooMany);
			const verdict = await judge({ state: held?.state, update, author });
			if (verdict.type === 'refused')
				return refused(verdict.code === 'too-large' ? LIVE_CLOSE.tooMany : LIVE_CLOSE.malformed);
			held = verdict;
			isSigned = verdict.isSigned;
			if (verdict.isNew) updates += 1;
			return { type: 'taken' as const, isNew: verdict.isNew };
		}
	};
}
