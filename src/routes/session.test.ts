import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DeviceState } from '#lib/worker/book-api.ts';
import { session } from './session.svelte.ts';

const worker = vi.hoisted(() => ({ lock: vi.fn(() => Promise.resolve()) }));
vi.mock('#lib/app.ts', () => ({ book: worker }));

const NURSE = { person: 'p', name: 'Hoàng Thị Thắm', role: 'nurse', login: 't', waiting: 0 };
const SIGNED_IN = { isOpenElsewhere: false, staff: [NURSE], signedIn: NURSE } as unknown;
const page = Object.assign(new EventTarget(), { hidden: false });
let stop = () => {};

beforeEach(() => {
	vi.useFakeTimers();
	vi.stubGlobal('document', page);
	page.hidden = false;
	worker.lock.mockClear();
	session.device = SIGNED_IN as DeviceState;
	session.touch();
	stop = session.watchClock();
});

afterEach(() => {
	stop();
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

describe('locking by itself', () => {
	it('happens after two minutes without a touch', () => {
		vi.advanceTimersByTime(115_000);
		expect(worker.lock).not.toHaveBeenCalled();
		vi.advanceTimersByTime(10_000);
		expect(worker.lock).toHaveBeenCalled();
	});

	it('waits as long as somebody touches the screen or types', () => {
		for (const kind of ['pointerdown', 'keydown']) {
			vi.advanceTimersByTime(100_000);
			page.dispatchEvent(new Event(kind));
		}
		vi.advanceTimersByTime(100_000);
		expect(worker.lock).not.toHaveBeenCalled();
	});

	it('happens half a minute after the app went out of sight', () => {
		page.hidden = true;
		page.dispatchEvent(new Event('visibilitychange'));
		vi.advanceTimersByTime(20_000);
		expect(worker.lock).not.toHaveBeenCalled();
		vi.advanceTimersByTime(15_000);
		expect(worker.lock).toHaveBeenCalled();
	});

	it('happens on coming back when the timers slept meanwhile', () => {
		page.hidden = true;
		page.dispatchEvent(new Event('visibilitychange'));
		vi.setSystemTime(Date.now() + 40_000);
		page.hidden = false;
		page.dispatchEvent(new Event('visibilitychange'));
		expect(worker.lock).toHaveBeenCalledOnce();
	});

	it('does nothing while nobody is signed in', () => {
		session.device = { isOpenElsewhere: false, staff: [], waiting: 0 };
		vi.advanceTimersByTime(600_000);
		expect(worker.lock).not.toHaveBeenCalled();
	});
});

describe('the clock of the screens', () => {
	it('has the right minute as soon as somebody touches the screen', () => {
		const beforeMs = session.nowMs;
		vi.setSystemTime(beforeMs + 61_000);
		expect(session.nowMs).toBe(beforeMs);
		page.dispatchEvent(new Event('pointerdown'));
		expect(session.nowMs).toBe(beforeMs + 61_000);
	});
});
