/** The storage port over sealed rows: the suite of every storage, and what sealing adds. */
import { expect, it, describe } from 'vitest';
import type { PersonId } from '#lib/domain/ids.ts';
import { createMemoryDisk, createMemoryStorage, type MemoryDisk } from '#lib/storage/memory.ts';
import { bookId, entryOf, pageBook, pageOf, saveOf } from '#lib/storage/port-suite-material.ts';
import { runBookStorageSuite } from '#lib/storage/port-suite.ts';
import type { BookStorage } from '#lib/storage/port.ts';
import { createKeyring, DATA_KEY_BYTES, type Keyring } from '#lib/vault/record-cipher.ts';

const randomBytes = (count: number) => crypto.getRandomValues(new Uint8Array(count));
const KEY = new Uint8Array(DATA_KEY_BYTES).fill(7);

function openKeyring(): Keyring {
	const keyring = createKeyring(randomBytes);
	keyring.use(KEY);
	return keyring;
}

const disks = new Map<string, MemoryDisk>();

runBookStorageSuite('sealed', async (name) => {
	const disk = disks.get(name) ?? createMemoryDisk();
	disks.set(name, disk);
	return createMemoryStorage({ disk, cipher: openKeyring() });
});

const NOTHING_HAPPENS = { isLost: () => false, commit: async () => undefined };
const BOOK = bookId(1);
const OTHER = bookId(2);

function sealedStore() {
	const disk = createMemoryDisk();
	const cipher = openKeyring();
	const storage = createMemoryStorage({ disk, cipher });
	return { disk, cipher, storage };
}

/** A row of every table that holds something about a person. */
async function fill(storage: BookStorage, canary: Uint8Array): Promise<void> {
	const entry = (n: number) => ({ ...entryOf(n), bytes: canary });
	await storage.save({ ...saveOf(BOOK, entry(1), 0), signature: canary, summary: canary });
	await storage.save(saveOf(BOOK, entry(2), 1));
	await storage.writeDraft({
		person: 'p' as PersonId,
		book: BOOK,
		form: 'visit',
		bytes: canary,
		changedMs: 1
	});
	await storage.applyPage(pageOf([{ ...pageBook(OTHER, [entry(3)]), summary: canary }]));
	await storage.applyAcks([
		{ n: 1, outcome: 'accepted', commit: 9 },
		{ n: 2, outcome: 'refused', code: 'schema', path: '/x' }
	]);
	const note = new TextDecoder().decode(canary);
	await storage.noteReturned(2, { atMs: 1, note });
}

describe('sealed: what lies on the disk', () => {
	const CANARY = 'Nguyễn Thị Chim Hoàng Yến';

	it('holds nothing of what was written about people, in any table', async () => {
		const { disk, storage } = sealedStore();
		await fill(storage, new TextEncoder().encode(CANARY));
		const plainDisk = createMemoryDisk();
		await fill(createMemoryStorage({ disk: plainDisk }), new TextEncoder().encode(CANARY));
		expect((await everythingOn(plainDisk)).split(CANARY).length).toBeGreaterThan(7);
		expect(await everythingOn(disk)).not.toContain(CANARY);
	});

	it('differs each time the same is written', async () => {
		const sealed = ['a', 'a'].map(() => openKeyring().seal(Uint8Array.of(1, 2, 3), 'here'));
		expect(sealed[0]).not.toEqual(sealed[1]);
	});
});

describe('sealed: without the key', () => {
	it('refuses to read and to write, and changes nothing', async () => {
		const { cipher, storage } = sealedStore();
		await storage.save(saveOf(BOOK, entryOf(1), 0));
		cipher.forget();
		await expect(storage.readBook(BOOK)).rejects.toMatchObject({ code: 'locked' });
		expect(await storage.save(saveOf(BOOK, entryOf(2), 1))).toEqual({
			type: 'not-stored',
			code: 'locked'
		});
		cipher.use(KEY);
		expect((await storage.readBook(BOOK))?.entries.map(({ id }) => id)).toEqual([entryOf(1).id]);
	});

	it('still counts what waits', async () => {
		const { cipher, storage } = sealedStore();
		await storage.save(saveOf(BOOK, entryOf(1), 0));
		cipher.forget();
		const { outbox, books, written } = await storage.readStatus();
		expect({ waiting: outbox.waiting, books, written }).toEqual({
			waiting: 1,
			books: 1,
			written: 1
		});
	});

	it('opens nothing with another key', async () => {
		const cipher = openKeyring();
		const sealed = cipher.seal(Uint8Array.of(1, 2, 3), 'here');
		cipher.use(new Uint8Array(DATA_KEY_BYTES).fill(8));
		expect(cipher.open(sealed, 'here')).toBeUndefined();
	});
});

describe('sealed: rows that were tampered with', () => {
	it('do not open in another place, cut, or altered by one bit', () => {
		const cipher = openKeyring();
		const sealed = cipher.seal(Uint8Array.of(1, 2, 3), 'books of A');
		expect(cipher.open(sealed, 'books of A')).toEqual(Uint8Array.of(1, 2, 3));
		expect(cipher.open(sealed, 'books of B')).toBeUndefined();
		for (let length = 0; length < sealed.length; length++)
			expect(cipher.open(sealed.slice(0, length), 'books of A')).toBeUndefined();
		for (let at = 0; at < sealed.length; at++) {
			const altered = sealed.slice();
			altered[at] = (altered[at] ?? 0) ^ 1;
			expect(cipher.open(altered, 'books of A')).toBeUndefined();
		}
	});

	it('are noticed and asked for again, and the rest is read', async () => {
		const { disk, storage } = sealedStore();
		const books = [BOOK, OTHER].map((book, at) => pageBook(book, [entryOf(at + 1)]));
		await storage.applyPage(pageOf(books));
		await disk.transact(async ({ books }) => {
			const row = await books.get(BOOK);
			const other = await books.get(OTHER);
			if (row && other) await books.put({ ...row, packed: other.packed });
		}, NOTHING_HAPPENS);
		const read = await storage.readBooks([BOOK, OTHER]);
		expect(read.map(({ standing }) => standing)).toEqual(['damaged', undefined]);
		expect(await storage.listDamaged()).toEqual([BOOK]);
	});
});

/** Every row of a disk, bytes read as text. */
async function everythingOn(disk: MemoryDisk): Promise<string> {
	const rows = await disk.transact(
		(tables) => Promise.all(Object.values(tables).map((table) => table.range({}))),
		NOTHING_HAPPENS
	);
	return JSON.stringify(rows, (_, value: unknown) => {
		if (value instanceof Uint8Array) return new TextDecoder().decode(value);
		return typeof value === 'bigint' ? String(value) : value;
	});
}
