import { describe, expect, it } from 'vitest';
import { createHintListener, type ConnectionEvents, type OpenSession } from './hint-listener.ts';
import { BACKOFF_MS_MAX, BLOCKED_RETRY_MS } from './backoff.ts';

type Session = Awaited<ReturnType<OpenSession>>;

/** A listener whose network and time are in the test's hand. */
function listener() {
	const waits: { ms: number; run: () => void }[] = [];
	const connections: ConnectionEvents[] = [];
	const world = { session: 'opened' as Session, sessions: 0, hints: 0, hungUp: 0, rooms: 0 };
	const created = createHintListener({
		openSession: async () => {
			world.sessions += 1;
			return world.session;
		},
		connect: (events) => {
			connections.push(events);
			return () => (world.hungUp += 1);
		},
		timer: {
			after: (ms, run) => {
				const wait = { ms, run };
				waits.push(wait);
				return () => {
					const at = waits.indexOf(wait);
					if (at >= 0) waits.splice(at, 1);
				};
			}
		},
		random: () => 0.5,
		onHint: () => (world.hints += 1),
		onSession: () => (world.rooms += 1)
	});
	const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
	const elapse = async (): Promise<number> => {
		const wait = waits.shift();
		wait?.run();
		await settle();
		return wait?.ms ?? 0;
	};
	const last = (): ConnectionEvents => {
		const events = connections.at(-1);
		if (events === undefined) throw new Error('nothing is connected');
		return events;
	};
	return { ...created, world, waits, connections, settle, elapse, last };
}

describe('the listener for hints', () => {
	it('syncs when it begins to listen, and at each hint', async () => {
		const { start, settle, last, world } = listener();
		start();
		await settle();
		last().opened();
		last().heard();
		last().heard();
		expect(world).toMatchObject({ sessions: 1, rooms: 1, hints: 3 });
	});

	it('comes back after the line was cut, with the session it has', async () => {
		const { start, settle, last, elapse, world, connections } = listener();
		start();
		await settle();
		last().opened();
		last().closed(1006);
		expect(await elapse()).toBeLessThanOrEqual(BACKOFF_MS_MAX);
		expect(connections).toHaveLength(2);
		last().opened();
		expect(world).toMatchObject({ sessions: 1, hints: 2 });
	});

	it('opens a new session when the old one is over, or when it was never let in', async () => {
		const { start, settle, last, elapse, world } = listener();
		start();
		await settle();
		last().opened();
		last().closed(4401);
		await elapse();
		expect(world.sessions).toBe(2);
		last().closed(1006);
		await elapse();
		expect(world.sessions).toBe(3);
	});

	it('looks rarely where it is never let in, and rarely where it may not come', async () => {
		const { start, settle, last, elapse, world } = listener();
		start();
		await settle();
		for (let at = 0; at < 2; at++) {
			last().closed(1006);
			expect(await elapse()).toBeLessThanOrEqual(BACKOFF_MS_MAX);
		}
		last().closed(1006);
		expect(await elapse()).toBe(BLOCKED_RETRY_MS);
		world.session = 'refused';
		last().closed(1006);
		await elapse();
		expect(await elapse()).toBe(BLOCKED_RETRY_MS);
	});

	it('tries later and later while the server is away', async () => {
		const { start, settle, elapse, world, waits } = listener();
		world.session = 'unreachable';
		start();
		await settle();
		const waited: number[] = [];
		for (let at = 0; at < 8; at++) waited.push(await elapse());
		expect(waited).toEqual(waited.toSorted((a, b) => a - b));
		expect(waited[0]).toBeLessThan(1_500);
		expect(waited.at(-1)).toBeLessThanOrEqual(BACKOFF_MS_MAX);
		expect(waits).toHaveLength(1);
	});

	it('does nothing more once stopped, whatever comes late', async () => {
		const { start, stop, settle, last, world, waits } = listener();
		start();
		await settle();
		last().opened();
		stop();
		expect(world.hungUp).toBe(1);
		expect(waits).toEqual([]);
		start();
		stop();
		await settle();
		expect(world.sessions).toBe(2);
		expect(world.rooms).toBe(1);
	});
});
