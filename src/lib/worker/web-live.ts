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
			let isLeft = false;
			let leave = (): void => undefined;
			// Yjs is loaded when the first book is watched, not with the app.
			void import('./watch-book-room.ts').then(({ watchBookRoom }) => {
				if (!isLeft) leave = watchBookRoom(sockets, book, listener);
			});
			return () => {
				isLeft = true;
				leave();
			};
		}
	};
}
