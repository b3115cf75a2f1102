import { describe, expect, it, vi } from 'vitest';
import { createPinEntry } from './pin-entry.svelte.ts';
import type { SignInResult } from './staff.ts';

function entryWith(result: SignInResult, clock = { ms: 0 }) {
	const check = vi.fn((_pin: string) => Promise.resolve(result));
	return { check, clock, entry: createPinEntry(check, () => clock.ms) };
}

describe('entering a PIN', () => {
	it('checks by itself at the sixth digit', async () => {
		const { entry, check } = entryWith({ type: 'signed-in' });
		for (const digit of '12345') entry.add(digit);
		expect(check).not.toHaveBeenCalled();
		entry.add('6');
		expect(check).toHaveBeenCalledExactlyOnceWith('123456');
		await vi.waitFor(() => expect(entry.digits).toBe(''));
	});

	it('takes a pasted code and ignores what is no digit', () => {
		const { entry, check } = entryWith({ type: 'signed-in' });
		entry.add('12 34-56 78');
		expect(check).toHaveBeenCalledExactlyOnceWith('123456');
	});

	it('ignores digits while one code is being checked', () => {
		const { entry, check } = entryWith({ type: 'signed-in' });
		entry.add('123456');
		entry.add('999999');
		expect(check).toHaveBeenCalledTimes(1);
	});

	it('takes back the last digit', () => {
		const { entry } = entryWith({ type: 'signed-in' });
		entry.add('123');
		entry.remove();
		expect(entry.digits).toBe('12');
	});

	it('empties the digits and says how many tries are left after a wrong code', async () => {
		const { entry } = entryWith({ type: 'wrong-pin', attemptsLeft: 2 });
		entry.add('000000');
		await vi.waitFor(() => expect(entry.trouble).toEqual({ type: 'wrong-pin', attemptsLeft: 2 }));
		expect(entry.digits).toBe('');
	});

	it('takes no digit until the wait is over', async () => {
		const { entry, clock } = entryWith({ type: 'wait', seconds: 30 });
		entry.add('000000');
		await vi.waitFor(() => expect(entry.trouble).toEqual({ type: 'wait' }));
		clock.ms = 29_500;
		expect(entry.secondsToWait(clock.ms)).toBe(1);
		entry.add('1');
		expect(entry.digits).toBe('');
		clock.ms = 30_000;
		expect(entry.secondsToWait(clock.ms)).toBe(0);
		entry.add('1');
		expect(entry.digits).toBe('1');
	});

	it('says so when the check itself broke', async () => {
		const entry = createPinEntry(
			() => Promise.reject(new Error('worker ended')),
			() => 0
		);
		entry.add('123456');
		await vi.waitFor(() => expect(entry.trouble).toEqual({ type: 'failed' }));
		expect(entry.isChecking).toBe(false);
	});
});
