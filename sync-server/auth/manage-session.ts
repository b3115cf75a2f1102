/**
 * Who is signed in to the pages for managing. Kept in memory only: a restart signs everybody out, which costs one
 * password and leaves nothing on the disk to steal. By hash of the cookie, so that a dump of the memory's keys signs
 * nobody in. A session ends after a quarter of an hour without a request, after a working day, and with the password
 * that opened it.
 */
import { createHash } from 'node:crypto';
import type { PersonId } from '#lib/domain/ids.ts';
import { bytesToBase64url } from '#lib/protocol/certificate.ts';

/** `__Host-`: only over TLS (or on the machine itself), for this host and the whole of it. */
export const MANAGE_COOKIE = '__Host-so-suc-khoe-manage';
export const MANAGE_IDLE_MS = 15 * 60_000;
export const MANAGE_SESSION_MS_MAX = 8 * 60 * 60_000;

const KEY_BYTES = 32;
const SESSIONS_MAX = 2_000;
const SESSIONS_PER_PERSON_MAX = 5;

export interface ManageSession {
	person: PersonId;
	login: string;
	/** Of the password that was typed. */
	passwordHash: string;
}

export interface ManageSessions {
	/** Answers the value of the cookie. */
	open(session: ManageSession): string;
	/** Being asked for counts as use. */
	find(cookie: string | undefined): ManageSession | undefined;
	close(cookie: string | undefined): void;
}

interface Held {
	session: ManageSession;
	openedMs: number;
	usedMs: number;
}

export function createManageSessions(deps: {
	clock: { nowMs(): number };
	randomBytes(count: number): Uint8Array;
}): ManageSessions {
	/** By hash of the cookie, oldest first. */
	const held = new Map<string, Held>();
	const isOver = ({ openedMs, usedMs }: Held, nowMs: number): boolean =>
		nowMs - usedMs >= MANAGE_IDLE_MS || nowMs - openedMs >= MANAGE_SESSION_MS_MAX;

	function makeRoom(person: PersonId, nowMs: number): void {
		for (const [key, one] of held) if (isOver(one, nowMs)) held.delete(key);
		const own = [...held].filter(([, { session }]) => session.person === person);
		for (const [key] of own.slice(0, Math.max(0, own.length - SESSIONS_PER_PERSON_MAX + 1)))
			held.delete(key);
		for (const key of held.keys()) {
			if (held.size < SESSIONS_MAX) break;
			held.delete(key);
		}
	}

	return {
		open: (session) => {
			const nowMs = deps.clock.nowMs();
			makeRoom(session.person, nowMs);
			const cookie = bytesToBase64url(deps.randomBytes(KEY_BYTES));
			held.set(hashOf(cookie), { session, openedMs: nowMs, usedMs: nowMs });
			return cookie;
		},
		find: (cookie) => {
			const key = cookie === undefined ? '' : hashOf(cookie);
			const found = held.get(key);
			if (found === undefined) return undefined;
			if (isOver(found, deps.clock.nowMs())) {
				held.delete(key);
				return undefined;
			}
			found.usedMs = deps.clock.nowMs();
			return found.session;
		},
		close: (cookie) => {
			if (cookie !== undefined) held.delete(hashOf(cookie));
		}
	};
}

function hashOf(cookie: string): string {
	return createHash('sha256').update(cookie).digest('base64url');
}
