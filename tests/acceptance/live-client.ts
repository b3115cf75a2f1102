/** What a browser does to get into a live room: a session, its cookie, a socket that sends both along. */
import { expect } from 'vitest';
import { WebSocket } from 'ws';
import { LIVE_SESSION_PATH } from '#lib/protocol/live.ts';
import type { TestDevice } from './test-device.ts';

export function openLiveSession(
	url: string,
	device: TestDevice,
	actor: string = device.person
): Promise<Response> {
	return fetch(url + LIVE_SESSION_PATH, {
		method: 'POST',
		headers: { 'content-type': 'application/json', authorization: `Bearer ${device.token}` },
		body: JSON.stringify({ actor })
	});
}

export async function liveCookieOf(url: string, device: TestDevice): Promise<string> {
	const response = await openLiveSession(url, device);
	expect(response.status).toBe(204);
	return response.headers.get('set-cookie')?.split(';')[0] ?? '';
}

export interface Headers {
	cookie?: string;
	origin?: string;
}

/** What a browser sends along by itself. */
export function socketLike({ cookie = '', origin = '' }: Headers) {
	return class extends WebSocket {
		constructor(url: string | URL, protocols?: string | string[]) {
			super(url, protocols, { headers: { cookie, origin } });
			// A refused connection is an error here; who wants to know listens as well.
			this.on('error', () => undefined);
		}
	};
}

export async function until(isSo: () => boolean, withinMs = 5_000): Promise<void> {
	const startedMs = performance.now();
	while (!isSo()) {
		if (performance.now() - startedMs > withinMs) throw new Error('it did not come to it');
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}
