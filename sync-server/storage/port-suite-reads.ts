/** How far a book was read by those who hold it. */
import { expect, it } from 'vitest';
import { AT_MS, batchOf, bookId, entryOf } from './port-suite-material.ts';
import type { OpenNew } from './port-suite.ts';
import type { ServerStorage } from './storage.ts';

const STATION = '01001';
const HOSPITAL = '01901';

export function readTests(openNew: OpenNew): void {
	const book = bookId('read');
	const write = (storage: ServerStorage, text: number, of = book) =>
		storage.append(batchOf([entryOf(of, text, { facility: STATION })]));
	const read = (storage: ServerStorage, seq: number, atMs = AT_MS) =>
		storage.noteFeedRead(HOSPITAL, seq, atMs);
	/** What the hospital has not, of how many. */
	async function unreadIn(storage: ServerStorage): Promise<string> {
		const { places, newest } = await storage.readJourney(book, 9);
		const place = places.find(({ facility }) => facility === HOSPITAL);
		return place === undefined ? 'no place' : `${place.unread} of ${newest.length}`;
	}

	it('counts an entry as read by a facility only when its device asks past it', async () => {
		const storage = await openNew();
		await write(storage, 1);
		await storage.beginMembership(HOSPITAL, book, 'duty', AT_MS);
		await write(storage, 2);
		await write(storage, 3, bookId('another'));
		expect(await unreadIn(storage)).toBe('2 of 2');
		await read(storage, 1, AT_MS + 1);
		expect(await unreadIn(storage)).toBe('1 of 2');
		await read(storage, 2, AT_MS + 2);
		await read(storage, 2, AT_MS + 3);
		await read(storage, 1, AT_MS + 4);
		expect((await storage.readJourney(book, 9)).places).toEqual([
			{ facility: STATION, unread: 2 },
			{ facility: HOSPITAL, unread: 0, atMs: AT_MS + 2 }
		]);
		await write(storage, 4);
		expect(await unreadIn(storage)).toBe('1 of 3');
		await storage.close();
	});

	it('does not count what was read before the facility joined, or joined again', async () => {
		const storage = await openNew();
		await write(storage, 1, bookId('another'));
		await storage.beginMembership(HOSPITAL, bookId('another'), 'wrote', AT_MS);
		await read(storage, 1);
		await write(storage, 1);
		await storage.beginMembership(HOSPITAL, book, 'wrote', AT_MS);
		expect(await unreadIn(storage)).toBe('1 of 1');
		await read(storage, 2);
		expect(await unreadIn(storage)).toBe('0 of 1');
		await storage.endMembership(HOSPITAL, book, 'wrote', AT_MS);
		expect(await unreadIn(storage)).toBe('no place');
		await storage.beginMembership(HOSPITAL, book, 'wrote', AT_MS);
		await read(storage, 3);
		expect(await unreadIn(storage)).toBe('1 of 1');
		await read(storage, 4);
		expect(await unreadIn(storage)).toBe('0 of 1');
		await storage.close();
	});

	it('does not tell where the person was only present', async () => {
		const storage = await openNew();
		await write(storage, 1);
		await storage.beginMembership(HOSPITAL, book, 'present-in-person', AT_MS);
		expect(await unreadIn(storage)).toBe('no place');
		await storage.beginMembership(HOSPITAL, book, 'wrote', AT_MS);
		expect(await unreadIn(storage)).toBe('1 of 1');
		await storage.close();
	});

	it('keeps the furthest entry a citizen has, and names the newest entries first', async () => {
		const storage = await openNew();
		for (const text of [1, 2, 3]) await write(storage, text);
		expect(await storage.readJourney(book, 9)).not.toHaveProperty('citizen');
		await storage.noteCitizenRead([{ book, commit: 2 }], AT_MS + 1);
		await storage.noteCitizenRead([{ book, commit: 1 }], AT_MS + 2);
		await storage.noteCitizenRead([{ book: bookId('nobody wrote'), commit: 1 }], AT_MS);
		expect(await storage.readJourney(book, 2)).toMatchObject({
			newest: [entryOf(book, 3).id, entryOf(book, 2).id],
			citizen: { unread: 1, atMs: AT_MS + 1 }
		});
		expect(await storage.readJourney(bookId('nobody wrote'), 2)).toEqual({
			newest: [],
			places: []
		});
		await storage.close();
	});
}
