import { describe, expect, it } from 'vitest';
import { sendingOf, type SyncStatus } from './sync-status.ts';

const status = (change: Partial<SyncStatus>): SyncStatus => ({
	saving: 'saved',
	waiting: 0,
	refused: 0,
	network: 'reachable',
	books: 3,
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
});
