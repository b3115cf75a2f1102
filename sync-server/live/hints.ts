/**
 * Hints: whoever listens for a feed is told up to which row it goes, soon after rows were added. Several
 * commits within a moment are one hint. A hint says nothing about what is new, and one that is lost costs
 * its listener no more than the next poll.
 */
import type { Hint } from '#lib/protocol/live.ts';
import type { ServerStorage } from '../storage/storage.ts';
import type { LiveSocket } from './socket.ts';
import type { Timer } from './timer.ts';

const COLLECT_MS = 40;

export interface Hints {
	listen(feed: string, socket: LiveSocket): () => void;
	/** Rows may have been added to feeds. */
	feedsChanged(): void;
	stop(): void;
}

export interface HintsDeps {
	storage: Pick<ServerStorage, 'readFeedState'>;
	timer: Timer;
	onFailure: (error: unknown) => void;
}

interface Listened {
	sockets: Set<LiveSocket>;
	toldHead: number;
}

export function createHints(deps: HintsDeps): Hints {
	const feeds = new Map<string, Listened>();
	let cancel: (() => void) | undefined;

	async function tell(feed: string, listened: Listened): Promise<void> {
		const { head } = await deps.storage.readFeedState(feed);
		if (head <= listened.toldHead) return;
		listened.toldHead = head;
		const hint: Hint = { feed, head };
		for (const socket of listened.sockets) socket.send(JSON.stringify(hint));
	}

	function tellAll(): void {
		cancel = undefined;
		for (const [feed, listened] of feeds) tell(feed, listened).catch(deps.onFailure);
	}

	return {
		listen: (feed, socket) => {
			const listened = feeds.get(feed) ?? { sockets: new Set(), toldHead: 0 };
			feeds.set(feed, listened);
			listened.sockets.add(socket);
			return () => {
				listened.sockets.delete(socket);
				if (listened.sockets.size === 0) feeds.delete(feed);
			};
		},
		feedsChanged: () => {
			if (feeds.size > 0) cancel ??= deps.timer.after(COLLECT_MS, tellAll);
		},
		stop: () => cancel?.()
	};
}
