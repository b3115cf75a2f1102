import { describe, expect, it } from 'vitest';
import {
	LINES_SHOWN_MAX,
	outboxLines,
	sendingOf,
	type OutboxItem,
	type SyncStatus
} from './sync-status.ts';

const status = (change: Partial<SyncStatus>): SyncStatus => ({
	saving: 'saved',
	waiting: 0,
	refused: 0,
	aside: 0,
	network: 'reachable',
	books: 3,
	lastContactMs: 1,
	persisted: 'granted',
	...change
});

describe('what the pill says of sending', () => {
	it('is what only a person can help with before what waits', () => {
		const waiting = { waiting: 4, refused: 2 };
		expect(sendingOf(status({ ...waiting, network: 'refused-sign-in' }))).toBe('sign-in-refused');
		expect(sendingOf(status({ ...waiting, network: 'update-needed' }))).toBe('update-needed');
		expect(sendingOf(status({ ...waiting, network: 'storage-failed' }))).toBe('storage-failed');
		expect(sendingOf(status(waiting))).toBe('returned');
		expect(sendingOf(status({ waiting: 4, network: 'unreachable' }))).toBe('waiting');
	});

	it('is that all was sent only when nothing waits and nothing comes', () => {
		expect(sendingOf(status({ round: { booksTaken: 1, booksLeft: 9 } }))).toBe('fetching');
		expect(sendingOf(status({}))).toBe('all-sent');
	});

	it('is that books are fetched until the first round has ended', () => {
		const { lastContactMs: _, ...never } = status({ books: 0 });
		expect(sendingOf(never)).toBe('fetching');
		expect(sendingOf({ ...never, network: 'unreachable' })).toBe('fetching');
		expect(sendingOf({ ...never, lastContactMs: 1 })).toBe('all-sent');
	});
});

describe('the lines of the panel', () => {
	const item = (n: number, state: OutboxItem['state']): OutboxItem => ({
		n,
		id: String(n),
		book: 'book',
		personName: 'Bàn Văn Minh',
		kind: 'visit',
		savedMs: n,
		state
	});

	it('say how many there are of each state and how many of them are not shown', () => {
		const waiting = Array.from({ length: 500 }, (_, at) => item(at + 1, 'waiting'));
		const items = [item(900, 'refused'), ...waiting, item(7, 'set-aside'), item(8, 'replaced')];
		const lines = outboxLines(items, { waiting: 1_700, refused: 1, aside: 2 });
		expect(lines.refused).toMatchObject({ total: 1, more: 0, shown: [{ n: 900 }] });
		expect(lines.waiting).toMatchObject({ total: 1_700, more: 1_700 - LINES_SHOWN_MAX });
		expect(lines.aside.shown.map(({ n }) => n)).toEqual([7, 8]);
	});
});
