import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { bytesToId, idToBytes, type EntryId } from '#lib/domain/ids.ts';
import { ENTRIES_PER_UPDATE_MAX } from '#lib/domain/limits.ts';
import { entryIdOf } from '#lib/entry/entry.ts';
import { acceptUpdate, UPDATE_BYTES_MAX } from './accept-update.ts';
import { documentOfBook } from './book-document.ts';
import {
	clientIdOf,
	encodeUpdate,
	identifyEntry,
	ROOT_MAP,
	updateOfBook,
	updateOfEntry,
	type EntryIdentity
} from './book-update.ts';
import { hostileUpdates } from './hostile.fixture.ts';

const COST_MS_MAX = 50;
const text = new TextEncoder();
const entry = (label: string) => text.encode(`entry ${label}`);
const book = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(entry);
const entries = fc.uniqueArray(fc.uint8Array({ minLength: 1, maxLength: 300 }), {
	minLength: 1,
	maxLength: 12,
	selector: (bytes) => entryIdOf(bytes)
});

/** What Yjs itself writes when each entry is set by a client of its own. */
function writtenByYjs(bytes: Uint8Array): Uint8Array {
	const document = new Y.Doc();
	document.clientID = clientIdOf(entryIdOf(bytes));
	document.getMap(ROOT_MAP).set(entryIdOf(bytes), bytes);
	return Y.encodeStateAsUpdate(document);
}

function stateOf(...updates: Uint8Array[]): Uint8Array {
	const document = new Y.Doc({ gc: false });
	for (const update of updates) Y.applyUpdate(document, update);
	return Y.encodeStateAsUpdate(document);
}

describe('the client id of an entry', () => {
	it('is the first 53 bits of its id', () => {
		const bytes = new Uint8Array(16);
		bytes.set([0, 0, 0, 0, 0, 0, 0b0000_1000]);
		expect(clientIdOf(bytesToId<EntryId>(bytes))).toBe(1);
		bytes.fill(255);
		expect(clientIdOf(bytesToId<EntryId>(bytes))).toBe(Number.MAX_SAFE_INTEGER);
	});

	it('reads no bit beyond the 53rd and every bit up to it', () => {
		const id = entryIdOf(entry('a'));
		for (let bit = 0; bit < 128; bit++) {
			const bytes = idToBytes(id);
			bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (128 >> (bit & 7));
			expect(clientIdOf(bytesToId<EntryId>(bytes)) === clientIdOf(id)).toBe(bit >= 53);
		}
	});
});

describe('the update of a book', () => {
	it('of one entry is byte for byte what Yjs writes', () => {
		fc.assert(
			fc.property(fc.uint8Array({ minLength: 1, maxLength: 20_000 }), (bytes) => {
				expect(updateOfEntry(bytes)).toEqual(writtenByYjs(bytes));
			}),
			{ numRuns: 50 }
		);
	});

	it('of many is byte for byte what Yjs writes after applying and after merging them', () => {
		fc.assert(
			fc.property(entries, (list) => {
				const updates = list.map(writtenByYjs);
				expect(updateOfBook(list)).toEqual(stateOf(...updates));
				expect(updateOfBook(list)).toEqual(Y.mergeUpdates(updates));
			}),
			{ numRuns: 100 }
		);
	});

	it('is the same in any order and any repetition, for us and for Yjs', () => {
		const arrived = entries.chain((list) =>
			fc.record({
				list: fc.constant(list),
				again: fc
					.tuple(fc.shuffledSubarray(list, { minLength: list.length }), fc.shuffledSubarray(list))
					.map(([all, some]) => [...all, ...some])
			})
		);
		fc.assert(
			fc.property(arrived, ({ list, again }) => {
				expect(updateOfBook(again)).toEqual(updateOfBook(list));
				expect(stateOf(...again.map(updateOfEntry))).toEqual(updateOfBook(list));
			}),
			{ numRuns: 100 }
		);
	});

	it('of no entry is the empty update of Yjs', () => {
		expect(updateOfBook([])).toEqual(Y.encodeStateAsUpdate(new Y.Doc()));
		expect(acceptUpdate(updateOfBook([]))).toEqual({ ok: true, entries: [] });
	});

	it('waits for nothing: any one entry is visible without the others', () => {
		for (const bytes of book) {
			const document = new Y.Doc();
			Y.applyUpdate(document, updateOfEntry(bytes));
			expect(document.getMap(ROOT_MAP).get(entryIdOf(bytes))).toEqual(bytes);
			expect(document.store.pendingStructs).toBeNull();
		}
	});

	it('refuses to write two entries under one client id', () => {
		const collide = (bytes: Uint8Array): EntryIdentity => ({
			key: entryIdOf(bytes),
			clientId: 42
		});
		expect(() => updateOfBook(book.slice(0, 2), collide)).toThrow('one client id');
	});
});

describe('the document of a book', () => {
	it('shows every entry by its id and nothing else', () => {
		const document = documentOfBook(book);
		const shown = Object.fromEntries(document.getMap(ROOT_MAP).entries());
		expect(shown).toEqual(Object.fromEntries(book.map((bytes) => [entryIdOf(bytes), bytes])));
		expect([...document.share.keys()]).toEqual([ROOT_MAP]);
	});

	it('is the same document whatever was added first', () => {
		const grown = documentOfBook(book.slice(3));
		for (const bytes of book.slice(0, 3)) Y.applyUpdate(grown, updateOfEntry(bytes));
		expect(Y.encodeStateAsUpdate(grown)).toEqual(Y.encodeStateAsUpdate(documentOfBook(book)));
	});

	it('is what a stock client has after a sync from its state vector', () => {
		const stock = documentOfBook(book.slice(2));
		const whole = documentOfBook(book);
		Y.applyUpdate(stock, Y.encodeStateAsUpdate(whole, Y.encodeStateVector(stock)));
		expect(Y.encodeStateAsUpdate(stock)).toEqual(updateOfBook(book));
	});
});

describe('an update from outside', () => {
	it('is accepted when it is exactly what we write, and gives the entries back', () => {
		fc.assert(
			fc.property(entries, (list) => {
				const accepted = acceptUpdate(updateOfBook(list));
				if (!accepted.ok) throw new Error(accepted.code);
				expect(updateOfBook(accepted.entries)).toEqual(updateOfBook(list));
			}),
			{ numRuns: 100 }
		);
	});

	it('is accepted from a stock client that holds the book', () => {
		const fromStock = Y.encodeStateAsUpdate(documentOfBook(book));
		expect(acceptUpdate(fromStock)).toMatchObject({ ok: true });
	});

	it('does not share memory with the entries it gave', () => {
		const update = Buffer.from(updateOfEntry(entry('a')));
		const accepted = acceptUpdate(update);
		update.fill(0);
		expect(accepted).toStrictEqual({ ok: true, entries: [new Uint8Array(entry('a'))] });
	});

	it('is refused when cut anywhere', () => {
		const update = updateOfBook(book);
		for (let length = 0; length < update.length; length++)
			expect(acceptUpdate(update.slice(0, length)).ok, `cut at ${length}`).toBe(false);
	});

	it('is refused with any one bit flipped', () => {
		const update = updateOfBook(book.slice(0, 3));
		for (let bit = 0; bit < update.length * 8; bit++) {
			const flipped = update.slice();
			flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
			expect(acceptUpdate(flipped).ok, `bit ${bit}`).toBe(false);
		}
	});

	it('is refused when its clients stand in another order', () => {
		const items = book.slice(0, 2).map((bytes) => ({ ...identifyEntry(bytes), bytes }));
		items.sort((a, b) => a.clientId - b.clientId);
		expect(acceptUpdate(encodeUpdate(items))).toEqual({ ok: false, code: 'order' });
	});

	it('is refused when the key or the client id does not follow from the value', () => {
		const [one, other] = [entry('a'), entry('b')];
		const right = { ...identifyEntry(one), bytes: one };
		const wrongKey = { ...right, key: identifyEntry(other).key };
		const wrongClient = { ...right, clientId: right.clientId + 1 };
		expect(acceptUpdate(encodeUpdate([right])).ok).toBe(true);
		for (const wrong of [wrongKey, wrongClient])
			expect(acceptUpdate(encodeUpdate([wrong]))).toEqual({ ok: false, code: 'identity' });
	});

	it('with a number longer than needed is refused', () => {
		const update = updateOfEntry(entry('a'));
		const long = new Uint8Array([0x81, 0x00, ...update.slice(1)]);
		expect(Y.decodeUpdate(long).structs).toHaveLength(1);
		expect(acceptUpdate(long)).toEqual({ ok: false, code: 'number-form' });
	});

	it('over the size or the number of entries is refused before it is read', () => {
		expect(acceptUpdate(new Uint8Array(UPDATE_BYTES_MAX + 1))).toEqual({
			ok: false,
			code: 'too-large'
		});
		const many = (count: number) =>
			updateOfBook(Array.from({ length: count }, (_, n) => entry(String(n))));
		expect(acceptUpdate(many(ENTRIES_PER_UPDATE_MAX)).ok).toBe(true);
		expect(acceptUpdate(many(ENTRIES_PER_UPDATE_MAX + 1))).toEqual({
			ok: false,
			code: 'too-many-entries'
		});
	});

	it('says what is wrong with it', () => {
		const update = updateOfEntry(entry('a'));
		const ending = (...bytes: number[]) =>
			acceptUpdate(new Uint8Array([...update.slice(0, -1), ...bytes]));
		expect(ending(0)).toMatchObject({ ok: true });
		expect(ending(0, 0)).toEqual({ ok: false, code: 'trailing-bytes' });
		expect(ending(1, 5, 1, 0, 1)).toEqual({ ok: false, code: 'deletes' });
		expect(ending()).toEqual({ ok: false, code: 'cut-short' });
	});

	it('with an entry over its size is refused', () => {
		const large = new Uint8Array(32 * 1024 + 1);
		expect(acceptUpdate(updateOfEntry(large.slice(1))).ok).toBe(true);
		expect(acceptUpdate(updateOfEntry(large))).toEqual({ ok: false, code: 'too-large' });
	});
});

describe('two entries with one client id', () => {
	const collide = (bytes: Uint8Array): EntryIdentity => ({ key: entryIdOf(bytes), clientId: 42 });
	const items = book.slice(0, 2).map((bytes) => ({ ...collide(bytes), bytes }));

	it('are refused together, although either alone is accepted', () => {
		for (const item of items) expect(acceptUpdate(encodeUpdate([item]), collide).ok).toBe(true);
		expect(acceptUpdate(encodeUpdate(items), collide)).toEqual({ ok: false, code: 'id-taken' });
	});

	it('would leave stock Yjs with one of them only', () => {
		const document = new Y.Doc();
		for (const item of items) Y.applyUpdate(document, encodeUpdate([item]));
		expect(document.getMap(ROOT_MAP).size).toBe(1);
	});
});

describe('a hostile update', () => {
	const victim = entry('victim');
	const identity = identifyEntry(victim);
	const attacks = hostileUpdates(updateOfEntry(victim), identity.clientId, identity.key);

	it.each(attacks)('is refused: %s', (_name, update) => {
		expect(acceptUpdate(update).ok).toBe(false);
	});

	it.each(attacks)('costs less than 50 ms: %s', (_name, update) => {
		const costs = [0, 1, 2, 3, 4].map(() => {
			const startMs = performance.now();
			acceptUpdate(update);
			return performance.now() - startMs;
		});
		expect(Math.min(...costs)).toBeLessThan(COST_MS_MAX);
	});

	it('of the full size in well-formed entries, the last one wrong, costs less than 50 ms', () => {
		const items = Array.from({ length: ENTRIES_PER_UPDATE_MAX }, (_, n) => {
			const bytes = text.encode(`entry number ${n} `.padEnd(980, '.'));
			return { ...identifyEntry(bytes), bytes };
		}).sort((a, b) => b.clientId - a.clientId);
		const last = items.at(-1);
		if (last === undefined) throw new Error('no last item');
		last.key = identifyEntry(victim).key;
		const update = encodeUpdate(items);
		expect(update.length).toBeGreaterThan(0.95 * UPDATE_BYTES_MAX);
		const costs = [0, 1, 2, 3, 4].map(() => {
			const startMs = performance.now();
			const accepted = acceptUpdate(update);
			const costMs = performance.now() - startMs;
			expect(accepted).toEqual({ ok: false, code: 'identity' });
			return costMs;
		});
		expect(Math.min(...costs)).toBeLessThan(COST_MS_MAX);
	});

	it('of ten thousand tiny well-formed entries costs less than 50 ms', () => {
		const tiny = Array.from({ length: 10_000 }, (_, n) => Uint8Array.of(n >> 8, n & 255));
		const update = updateOfBook(tiny);
		expect(update.length).toBeLessThan(UPDATE_BYTES_MAX);
		const costs = [0, 1, 2, 3, 4].map(() => {
			const startMs = performance.now();
			const accepted = acceptUpdate(update);
			const costMs = performance.now() - startMs;
			expect(accepted).toEqual({ ok: false, code: 'too-many-entries' });
			return costMs;
		});
		expect(Math.min(...costs)).toBeLessThan(COST_MS_MAX);
	});

	it('changes nothing, where stock Yjs is harmed by most of them', () => {
		const before = updateOfBook([victim]);
		let harmed = 0;
		for (const [name, update] of attacks.filter(([, bytes]) => bytes.length < 10_000)) {
			const accepted = acceptUpdate(update);
			const known = accepted.ok ? [victim, ...accepted.entries] : [victim];
			expect(updateOfBook(known), name).toEqual(before);
			if (isHarmedBy(victim, update)) harmed++;
		}
		expect(harmed).toBeGreaterThan(15);
	});
});

/** Does stock Yjs, given this update, show something else than the book, or wait for ever? */
function isHarmedBy(victim: Uint8Array, update: Uint8Array): boolean {
	const document = new Y.Doc();
	try {
		Y.applyUpdate(document, update);
	} catch {
		// Part of it may be in all the same: looked at below.
	}
	Y.applyUpdate(document, updateOfEntry(victim));
	const { pendingStructs, pendingDs } = document.store;
	if (pendingStructs !== null || pendingDs !== null) return true;
	return Buffer.compare(Y.encodeStateAsUpdate(document), updateOfEntry(victim)) !== 0;
}
