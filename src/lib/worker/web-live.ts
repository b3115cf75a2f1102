/** Live rooms over the browser's own WebSockets, and an open book through the stock y-websocket provider. */
import { LIVE_HINTS_PATH, LIVE_SESSION_PATH } from '#lib/protocol/live.ts';
import type { LivePort } from './live-desk.ts';

const TIMEOUT_MS = 10_000;

export function createWebLive(origin: string): LivePort {
	const sockets = origin.replace(/^http/, 'ws');
	return {
		openSession: async (token, actor) => {
			try {
				const response = await fetch(LIVE_SESSION_PATH, {
					method: 'POST',
					headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
					body: JSON.stringify({ actor }),
					signal: AbortSignal.timeout(TIMEOUT_MS)
				});
				if (response.status >= 500) return 'unreachable';
				return response.ok ? 'opened' : 'refused';
			} catch {
				return 'unreachable';
			}
		},
		closeSession: (token) => {
			const headers = { authorization: `Bearer ${token}` };
			// Without a network the session ends by itself.
			fetch(LIVE_SESSION_PATH, { method: 'DELETE', headers, keepalive: true }).catch(
				() => undefined
			);
		},
		listenForHints: (events) => {
			const socket = new WebSocket(sockets + LIVE_HINTS_PATH);
			const listening = new AbortController();
			const { signal } = listening;
			socket.addEventListener('open', () => events.opened(), { signal });
			socket.addEventListener('message', () => events.heard(), { signal });
			socket.addEventListener('close', ({ code }) => events.closed(code), { signal });
			return () => {
				listening.abort();
				socket.close();
			};
		},
		enterBook: (book, listener) => {
			// Yjs is loaded when the first book is watched, not with the app.
			return whenLoaded(async () => {
				const { watchBookRoom } = await import('./watch-book-room.ts');
				return () => watchBookRoom(sockets, book, listener);
			});
		},
		enterDraft: (draft, events) =>
			whenLoaded(async () => {
				const { enterDraftRoom } = await import('./enter-draft-room.ts');
				return () => enterDraftRoom(sockets, draft, events);
			})
	};
}

/** Enters a room once its code is here, unless it was left before. Answers how to leave. */
function whenLoaded(load: () => Promise<() => () => void>): () => void {
	let isLeft = false;
	let leave = (): void => undefined;
	void load().then((enter) => {
		if (!isLeft) leave = enter();
	});
	return () => {
		isLeft = true;
		leave();
	};
}
