/**
 * Sessions for WebSockets: a browser cannot send a token of its own with one, but it sends its cookies.
 * A session is opened with the device's token for the practitioner who is signed in, lives in memory only,
 * and ends when the tablet is locked, after half a day, or when the server ends.
 */
import type { DeviceId, PersonId } from '#lib/domain/ids.ts';
import { bytesToBase64url } from '#lib/protocol/certificate.ts';

/** `__Host-`: only over TLS (or on the machine itself), for this host and the whole of it. */
export const LIVE_COOKIE = '__Host-so-suc-khoe-live';

export interface LiveSession {
	device: DeviceId;
	facility: string;
	person: PersonId;
	/** As the server knows them: what others see of who has a book open. */
	name: string;
	role: string;
	facilityName: string;
}

export interface LiveSessions {
	/** Answers the value of the cookie. */
	open: (session: LiveSession) => string;
	find: (cookie: string | undefined) => LiveSession | undefined;
	/** `onEnd` is called once when this session ends, however it does. Answers how to stop listening. */
	onEnd: (session: LiveSession, listener: () => void) => () => void;
	close: (cookie: string | undefined) => void;
}

const SESSION_MS_MAX = 12 * 60 * 60_000;
const SESSIONS_MAX = 20_000;
/** Windows of one device that are open at the same time, with room for some that died. */
const SESSIONS_PER_DEVICE_MAX = 8;
const KEY_BYTES = 32;

interface Held {
	session: LiveSession;
	untilMs: number;
	listeners: Set<() => void>;
}

export function createLiveSessions(deps: {
	clock: { nowMs(): number };
	randomBytes(count: number): Uint8Array;
}): LiveSessions {
	/** Oldest first. */
	const held = new Map<string, Held>();
	const listenersOf = new WeakMap<LiveSession, Set<() => void>>();

	function end(key: string): void {
		const ending = held.get(key);
		held.delete(key);
		for (const listener of ending?.listeners ?? []) listener();
	}

	function makeRoom(session: LiveSession): void {
		const nowMs = deps.clock.nowMs();
		for (const [key, { untilMs }] of held) if (untilMs <= nowMs) end(key);
		const own = [...held].filter(([, other]) => other.session.device === session.device);
		for (const [key] of own.slice(0, Math.max(0, own.length - SESSIONS_PER_DEVICE_MAX + 1)))
			end(key);
		for (const key of held.keys()) {
			if (held.size < SESSIONS_MAX) break;
			end(key);
		}
	}

	return {
		open: (session) => {
			makeRoom(session);
			const key = bytesToBase64url(deps.randomBytes(KEY_BYTES));
			const listeners = new Set<() => void>();
			listenersOf.set(session, listeners);
			held.set(key, { session, untilMs: deps.clock.nowMs() + SESSION_MS_MAX, listeners });
			return key;
		},
		find: (cookie) => {
			const found = cookie === undefined ? undefined : held.get(cookie);
			if (cookie === undefined || found === undefined) return undefined;
			if (found.untilMs > deps.clock.nowMs()) return found.session;
			end(cookie);
			return undefined;
		},
		onEnd: (session, listener) => {
			const listeners = listenersOf.get(session);
			listeners?.add(listener);
			return () => listeners?.delete(listener);
		},
		close: (cookie) => {
			if (cookie !== undefined) end(cookie);
		}
	};
}
