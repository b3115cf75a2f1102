import { describe, expect, it } from 'vitest';
import { StorageFailed } from '#lib/storage/port.ts';
import type { WatchedBook } from '#lib/use-cases/watch-book.ts';
import { bookOf, createBrowser, PIN, signedIn } from './device.fixture.ts';

describe('a book that the device holds and cannot read', () => {
	it('is said to be unreadable, not to be missing, and opens when it can be read again', async () => {
		const { browser, api } = await signedIn();
		const book = bookOf(
			await api.registerPerson({ facts: { name: 'Lò Thị Mận' }, issueTemporaryCode: true })
		);
		await api.lock();

		const { api: later, storage } = browser.openWindow();
		await later.useHere();
		await later.signIn({ login: 'mai.tt', pin: PIN });
		const readBookSince = storage.readBookSince.bind(storage);
		storage.readBookSince = () => Promise.reject(new StorageFailed('unknown'));
		expect(await firstTold(later, book)).toBe('unreadable');
		storage.readBookSince = readBookSince;
		expect(await firstTold(later, book)).toMatchObject({ view: { header: {} } });
	});
});

async function firstTold(
	api: ReturnType<ReturnType<typeof createBrowser>['openWindow']>['api'],
	book: ReturnType<typeof bookOf>
): Promise<WatchedBook> {
	const told = Promise.withResolvers<WatchedBook>();
	const stop = await api.watchBook(book, told.resolve);
	const first = await told.promise;
	stop();
	return first;
}
