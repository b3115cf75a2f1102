import { randomBytes } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { bytesToId, type DeviceId, type PersonId } from '#lib/domain/ids.ts';
import { createLiveSessions, type LiveSession } from './live-session.ts';

const HALF_A_DAY_MS = 12 * 60 * 60_000;

function sessions() {
	const clock = { now: 1_000 };
	const created = createLiveSessions({ clock: { nowMs: () => clock.now }, randomBytes });
	return { clock, ...created };
}

function sessionOn(device = bytesToId<DeviceId>(randomBytes(16))): LiveSession {
	return {
		device,
		facility: '01001',
		person: bytesToId<PersonId>(randomBytes(16)),
		name: 'Lò Thị Thắm',
		role: 'nurse',
		facilityName: 'Trạm Y tế'
	};
}

describe('a live session', () => {
	it('is found by its key until somebody closes it, and tells once that it ended', () => {
		const { open, find, close, onEnd } = sessions();
		const session = sessionOn();
		const key = open(session);
		const ended = vi.fn();
		onEnd(session, ended);
		expect(find(key)).toBe(session);
		close(key);
		close(key);
		expect(find(key)).toBeUndefined();
		expect(ended).toHaveBeenCalledOnce();
	});

	it('ends after half a day', () => {
		const { open, find, clock, onEnd } = sessions();
		const session = sessionOn();
		const key = open(session);
		const ended = vi.fn();
		onEnd(session, ended);
		clock.now += HALF_A_DAY_MS - 1;
		expect(find(key)).toBe(session);
		clock.now += 1;
		expect(find(key)).toBeUndefined();
		expect(ended).toHaveBeenCalledOnce();
	});

	it('tells nobody who has stopped listening', () => {
		const { open, close, onEnd } = sessions();
		const session = sessionOn();
		const key = open(session);
		const ended = vi.fn();
		onEnd(session, ended)();
		close(key);
		expect(ended).not.toHaveBeenCalled();
	});

	it('gives way to newer ones of the same device, never to those of another', () => {
		const { open, find } = sessions();
		const other = open(sessionOn());
		const device = bytesToId<DeviceId>(randomBytes(16));
		const keys = Array.from({ length: 12 }, () => open(sessionOn(device)));
		const alive = keys.filter((key) => find(key) !== undefined);
		expect(alive).toEqual(keys.slice(-8));
		expect(find(other)).toBeDefined();
	});

	it('is not found without a key or by another', () => {
		const { open, find } = sessions();
		const key = open(sessionOn());
		expect(find(undefined)).toBeUndefined();
		expect(find('')).toBeUndefined();
		expect(find(`${key}A`)).toBeUndefined();
	});
});
