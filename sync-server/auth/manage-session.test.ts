import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { PersonId } from '#lib/domain/ids.ts';
import {
	createManageSessions,
	MANAGE_IDLE_MS,
	MANAGE_SESSION_MS_MAX,
	type ManageSession
} from './manage-session.ts';

const ADMIN: ManageSession = {
	person: 'AAAAAAAAAAAAAAAAAAAAAA' as PersonId,
	login: 'thuy',
	passwordHash: 'hash'
};

function opened() {
	const clock = { ms: 1_000, nowMs: () => clock.ms };
	const sessions = createManageSessions({ clock, randomBytes });
	return { clock, sessions, cookie: sessions.open(ADMIN) };
}

describe('a session for managing', () => {
	it('is found by its cookie and by nothing else, until it is closed', () => {
		const { sessions, cookie } = opened();
		expect(sessions.find(cookie)).toEqual(ADMIN);
		for (const other of [undefined, '', `${cookie}x`, cookie.slice(1)])
			expect(sessions.find(other)).toBeUndefined();
		sessions.close(cookie);
		expect(sessions.find(cookie)).toBeUndefined();
	});

	it('ends after a quarter of an hour in which nobody used it, and use puts that off', () => {
		const { sessions, cookie, clock } = opened();
		clock.ms += MANAGE_IDLE_MS - 1;
		expect(sessions.find(cookie)).toEqual(ADMIN);
		clock.ms += MANAGE_IDLE_MS - 1;
		expect(sessions.find(cookie)).toEqual(ADMIN);
		clock.ms += MANAGE_IDLE_MS;
		expect(sessions.find(cookie)).toBeUndefined();
	});

	it('ends after eight hours however much it is used', () => {
		const { sessions, cookie, clock } = opened();
		const endMs = clock.ms + MANAGE_SESSION_MS_MAX;
		while (clock.ms + MANAGE_IDLE_MS / 2 < endMs) {
			clock.ms += MANAGE_IDLE_MS / 2;
			expect(sessions.find(cookie)).toEqual(ADMIN);
		}
		clock.ms = endMs;
		expect(sessions.find(cookie)).toBeUndefined();
	});

	it('goes when the same person opens many others', () => {
		const { sessions, cookie } = opened();
		for (let time = 0; time < 5; time++) sessions.open(ADMIN);
		expect(sessions.find(cookie)).toBeUndefined();
	});
});
