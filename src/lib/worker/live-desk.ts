/**
 * Live rooms while somebody is signed in: hints that wake the sync loop, and who has the open book open.
 * Nothing depends on it. Without a network, or where no cookie is kept, hints do not come and nobody else is
 * shown; what others write comes with the next poll all the same.
 */
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

/** The rooms of the server. */
export interface LivePort {
	/** A session for the person signed in on this device. */
	openSession: (deviceToken: string, actor: string) => ReturnType<OpenSession>;
	closeSession: (deviceToken: string) => void;
	listenForHints: (events: ConnectionEvents) => () => void;
	/** Who has the book open, at each change; answers how to leave. */
	enterBook: (book: BookId, listener: (present: Presence[]) => void) => () => void;
}

export type WatchPresence = (book: BookId, listener: (others: Presence[]) => void) => () => void;

export interface LiveDesk {
	/** Somebody has signed in. */
	start: () => void;
	/** Nobody is signed in any more. */
	stop: () => void;
	/** Everybody else who has the book open. */
	watchPresence: WatchPresence;
}

export interface LiveDeskDeps {
	live: LivePort | undefined;
	vault: Pick<Vault, 'session' | 'readDevice'>;
	timer: Timer;
	random: Random;
	/** Something may be new. */
	onHint: () => void;
}

const NOBODY: LiveDesk = {
	start: () => undefined,
	stop: () => undefined,
	watchPresence: () => () => undefined
};

interface Watching {
	book: BookId;
	listener: (others: Presence[]) => void;
	leave: () => void;
}

export function createLiveDesk(deps: LiveDeskDeps): LiveDesk {
	const { live, vault } = deps;
	if (live === undefined) return NOBODY;
	const watchings = new Set<Watching>();
	let hasSession = false;

	async function openSession(): ReturnType<OpenSession> {
		const device = await vault.readDevice();
		const person = vault.session()?.staff.person;
		if (device === undefined || person === undefined) return 'refused';
		return live?.openSession(device.token, person) ?? 'refused';
	}

	function enter(watching: Watching): void {
		watching.leave();
		watching.leave =
			live?.enterBook(watching.book, (present) => {
				const own = vault.session()?.staff.person;
				watching.listener(present.filter(({ person }) => person !== own));
			}) ?? watching.leave;
	}

	const hints = createHintListener({
		...deps,
		openSession,
		connect: live.listenForHints,
		onSession: () => {
			hasSession = true;
			for (const watching of watchings) enter(watching);
		}
	});

	return {
		start: () => hints.start(),
		stop: () => {
			hints.stop();
			for (const watching of watchings) watching.leave();
			if (!hasSession) return;
			hasSession = false;
			void vault.readDevice().then((device) => {
				if (device !== undefined) live.closeSession(device.token);
			});
		},
		watchPresence: (book, listener) => {
			const watching: Watching = { book, listener, leave: () => undefined };
			watchings.add(watching);
			if (hasSession) enter(watching);
			return () => {
				watchings.delete(watching);
				watching.leave();
			};
		}
	};
}
