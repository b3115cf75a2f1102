import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PartialDate } from '#lib/domain/time/clinical-time.ts';
import { openCitizenSessions } from './citizen-sessions.ts';
import { openSecret } from '../auth/secret.ts';

const CITIZEN = {
	personalNumber: '014188990003',
	name: 'Lường Thị Vui',
	birthDate: '1988-06-24' as PartialDate
};
const DAY_MS = 24 * 60 * 60_000;
let folder: string;
let nowMs: number;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'so-suc-khoe-sessions-'));
	nowMs = 1_795_000_000_000;
});
afterEach(() => rmSync(folder, { recursive: true }));

function openSessions() {
	return openCitizenSessions({
		file: join(folder, 'sessions.log'),
		secret: openSecret(join(folder, 'secret'), randomBytes),
		clock: { nowMs: () => nowMs },
		randomBytes
	});
}

describe('sessions of citizens', () => {
	it('outlive a restart, and a line that was cut', async () => {
		const cookie = await openSessions().open(CITIZEN);
		appendFileSync(join(folder, 'sessions.log'), '{"key":"abc');
		const found = openSessions().find(cookie);
		expect(found?.citizen).toEqual(CITIZEN);
	});

	it('end for good when somebody signs out, on the disk too', async () => {
		const sessions = openSessions();
		const cookie = await sessions.open(CITIZEN);
		const other = await sessions.open(CITIZEN);
		await sessions.close(cookie);
		expect(sessions.find(cookie)).toBeUndefined();
		expect(openSessions().find(cookie)).toBeUndefined();
		expect(openSessions().find(other)?.citizen).toEqual(CITIZEN);
	});

	it('end after 30 days', async () => {
		const sessions = openSessions();
		const cookie = await sessions.open(CITIZEN);
		nowMs += 30 * DAY_MS - 1;
		expect(sessions.find(cookie)).toBeDefined();
		nowMs += 1;
		expect(sessions.find(cookie)).toBeUndefined();
		expect(openSessions().find(cookie)).toBeUndefined();
		expect(readFileSync(join(folder, 'sessions.log'), 'utf8')).toBe('');
	});

	it('are ten for a person: the oldest ends', async () => {
		const sessions = openSessions();
		const first = await sessions.open(CITIZEN);
		const second = await sessions.open(CITIZEN);
		for (let count = 2; count < 11; count++) await sessions.open(CITIZEN);
		expect(sessions.find(first)).toBeUndefined();
		expect(sessions.find(second)).toBeDefined();
	});

	it('are for nobody who only has the file', async () => {
		const sessions = openSessions();
		const cookie = await sessions.open(CITIZEN);
		const text = readFileSync(join(folder, 'sessions.log'), 'utf8');
		expect(text).not.toContain(cookie);
		expect(statSync(join(folder, 'sessions.log')).mode & 0o777).toBe(0o600);
		const kept = /"key":"([^"]+)"/.exec(text)?.[1];
		expect(kept).toHaveLength(43);
		expect(sessions.find(kept)).toBeUndefined();
	});

	it('name a person the same after a restart, differently on another server', async () => {
		const cookie = await openSessions().open(CITIZEN);
		const person = openSessions().find(cookie)?.person;
		expect(person).toHaveLength(22);
		rmSync(join(folder, 'secret'));
		expect(openSessions().find(cookie)?.person).not.toBe(person);
	});
});
