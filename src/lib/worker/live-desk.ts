/**
 * Live rooms while somebody is signed in: hints that wake the sync loop, and who has the open book open.
 * Nothing depends on it. Without a network, or where no cookie is kept, hints do not come and nobody else is
 * shown; what others write comes with the next poll all the same.
 */
import type * as Y from 'yjs';
import type { BookId } from '#lib/domain/ids.ts';
import type { Presence } from '#lib/protocol/live.ts';
import type { Random } from '#lib/sync/backoff.ts';
import {
	createHintListener,
	type ConnectionEvents,
	type OpenSession
} from '#lib/sync/hint-listener.ts';
import type { Timer } from '#lib/sync/timer.ts';
import type { Vault } from '#lib/vault/vault.ts';
import type { DraftEvents } from './enter-draft-room.ts';

/** The rooms of the server. */
export interface LivePort {
	/** A session for the person signed in on this device. */
	openSession: (deviceToken: string, actor: string) => ReturnType<OpenSession>;
	closeSession: (deviceToken: string) => void;
	listenForHints: (events: ConnectionEvents) => () => void;
	/** Who has the book open, at each change; answers how to leave. */
	enterBook: (book: BookId, listener: (present: Presence[]) => void) => () => void;
	/** Writes a visit together with colleagues; answers how to leave. */
	enterDraft: (draft: DraftToShare, events: DraftEvents) => () => void;
}

export interface DraftToShare {
	book: BookId;
	id: string;
	document: Y.Doc;
}

export type WatchPresence = (book: BookId, listener: (others: Presence[]) => void) => () => void;

export interface LiveDesk {
	/** Somebody has signed in. */
	start: () => void;
	/** Nobody is signed in any more. */
	stop: () => void;
	/** Everybody else who has the book open. */
	watchPresence: WatchPresence;
	/** Whenever there is a session, the draft is in its room. Answers how to end that. */
	shareDraft: (draft: DraftToShare, events: DraftEvents) => () => void;
}

export interface LiveDeskDeps {
	live: LivePort | undefined;
	vault: Pick<Vault, 'session' | 'readDevice'>;
	timer: Timer;
	random: Random;
	/** Something may be new. */
	onHint: () => void;
	/** The server can be spoken with again. */
	onSession: () => void;
}

const NOBODY: LiveDesk = {
	start: () => undefined,
	stop: () => undefined,
	watchPresence: () => () => undefined,
	shareDraft: () => () => undefined
};

/** A room that this tablet is in whenever there is a session. */
interface Visiting {
	enter: (live: LivePort) => () => void;
	leave: () => void;
}

export function createLiveDesk(deps: LiveDeskDeps): LiveDesk {
	const { live, vault } = deps;
	if (live === undefined) return NOBODY;
	const visitings = new Set<Visiting>();
	let hasSession = false;

	async function openSession(): ReturnType<OpenSession> {
		const device = await vault.readDevice();
		const person = vault.session()?.staff.person;
		if (device === undefined || person === undefined) return 'refused';
		return live?.openSession(device.token, person) ?? 'refused';
	}

	function enter(visiting: Visiting): void {
		visiting.leave();
		if (live !== undefined) visiting.leave = visiting.enter(live);
	}

	function visit(how: Visiting['enter']): () => void {
		const visiting: Visiting = { enter: how, leave: () => undefined };
		visitings.add(visiting);
		if (hasSession) enter(visiting);
		return () => {
			visitings.delete(visiting);
			visiting.leave();
		};
	}

	function othersThan(listener: (others: Presence[]) => void): (present: Presence[]) => void {
		return (present) => {
			const own = vault.session()?.staff.person;
			listener(present.filter(({ person }) => person !== own));
		};
	}

	const hints = createHintListener({
		...deps,
		openSession,
		connect: live.listenForHints,
		onSession: () => {
			hasSession = true;
			for (const visiting of visitings) enter(visiting);
			deps.onSession();
		}
	});

	return {
		start: () => hints.start(),
		stop: () => {
			hints.stop();
			for (const visiting of visitings) visiting.leave();
			if (!hasSession) return;
			hasSession = false;
			void vault.readDevice().then((device) => {
				if (device !== undefined) live.closeSession(device.token);
			});
		},
		watchPresence: (book, listener) =>
			visit((rooms) => rooms.enterBook(book, othersThan(listener))),
		shareDraft: (draft, events) =>
			visit((rooms) => rooms.enterDraft(draft, { ...events, present: othersThan(events.present) }))
	};
}
