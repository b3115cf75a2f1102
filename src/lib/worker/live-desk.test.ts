import { describe, expect, it } from 'vitest';
import type { BookId } from '#lib/domain/ids.ts';
import type { Presence } from '#lib/protocol/live.ts';
import type { ConnectionEvents } from '#lib/sync/hint-listener.ts';
import { createLiveDesk, type LivePort } from './live-desk.ts';

const BOOK = 'AZz6IEXwfcuUQe9nhTSkfA' as BookId;
const me: Presence = { person: 'me', name: 'Lò Thị Thắm', role: 'nurse', facility: 'Trạm' };
const other: Presence = { ...me, person: 'other', name: 'Hoàng Thị Vân' };

/** A desk whose rooms are in the test's hand. */
function desk() {
	const world = { hints: 0, opened: [] as string[], closed: 0, left: 0 };
	let signedIn: string | undefined = me.person;
	let events: ConnectionEvents | undefined;
	let tell: ((present: Presence[]) => void) | undefined;
	const live: LivePort = {
		openSession: async (token, actor) => {
			world.opened.push(`${token} ${actor}`);
			return 'opened';
		},
		closeSession: () => (world.closed += 1),
		enterDraft: () => () => undefined,
		listenForHints: (listener) => {
			events = listener;
			return () => (events = undefined);
		},
		enterBook: (_book, listener) => {
			tell = listener;
			return () => {
				world.left += 1;
				tell = undefined;
			};
		}
	};
	const created = createLiveDesk({
		live,
		vault: {
			session: () =>
				signedIn === undefined ? undefined : ({ staff: { person: signedIn } } as never),
			readDevice: async () => ({ token: 'token' }) as never
		},
		timer: { after: () => () => undefined },
		random: () => 0.5,
		onHint: () => (world.hints += 1),
		onSession: () => undefined
	});
	return {
		...created,
		world,
		signOut: () => (signedIn = undefined),
		hear: () => events?.heard(),
		isInRoom: () => tell !== undefined,
		tell: (present: Presence[]) => tell?.(present),
		settle: () => new Promise((resolve) => setTimeout(resolve))
	};
}

describe('live rooms of a tablet', () => {
	it('opens a session for the person signed in, and syncs at each hint', async () => {
		const { start, hear, settle, world } = desk();
		start();
		await settle();
		hear();
		expect(world.opened).toEqual(['token me']);
		expect(world.hints).toBe(1);
	});

	it('shows everybody else who has the book open, also when the book was opened first', async () => {
		const { start, watchPresence, tell, isInRoom, settle } = desk();
		const shown: Presence[][] = [];
		const stop = watchPresence(BOOK, (others) => shown.push(others));
		expect(isInRoom()).toBe(false);
		start();
		await settle();
		tell([me, other]);
		tell([me]);
		expect(shown).toEqual([[other], []]);
		stop();
		expect(isInRoom()).toBe(false);
	});

	it('leaves every room and ends the session when nobody is signed in any more', async () => {
		const { start, stop, watchPresence, isInRoom, hear, settle, signOut, world } = desk();
		start();
		await settle();
		watchPresence(BOOK, () => undefined);
		expect(isInRoom()).toBe(true);
		signOut();
		stop();
		await settle();
		hear();
		expect(isInRoom()).toBe(false);
		expect(world).toMatchObject({ closed: 1, hints: 0 });
	});

	it('does nothing where there are no rooms', () => {
		const alone = createLiveDesk({
			live: undefined,
			vault: { session: () => undefined, readDevice: async () => undefined },
			timer: { after: () => () => undefined },
			random: () => 0,
			onHint: () => undefined,
			onSession: () => undefined
		});
		alone.start();
		alone.watchPresence(BOOK, () => undefined)();
		alone.stop();
	});
});
