/** Visits left open on a tablet: kept, given back to their author, gone with the entry they became. */
import { describe, expect, it } from 'vitest';
import { emptyVisit, type VisitDraft } from '#lib/domain/book/visit-draft.ts';
import type { BookId, PersonId } from '#lib/domain/ids.ts';
import { decodeVisitDraft } from '#lib/entry/draft-codec.ts';
import type { MemoryFaults } from '#lib/storage/memory.ts';
import {
	bookOf,
	CHILD,
	createBrowser,
	NOW,
	PIN,
	signedIn,
	syncStateOf,
	watched,
	type Api
} from './device.fixture.ts';

const MAI = 'AAAAAAAAAAAAAAAAAAAAAA' as PersonId;
const VISIT = { reason: 'Ho' };
const DRUGS = [{ drug: 'Paracetamol', dosage: 'khi sốt', quantity: 10, unit: 'viên' }];
const typed = (reason: string): VisitDraft => ({ ...emptyVisit(), reason });
let number = 0;
/** The form says so, alone with itself. */
const words = (reason: string) => ({ typed: typed(reason), number: ++number, version: 0 });

async function newBook(api: Api): Promise<BookId> {
	return bookOf(await api.registerPerson({ facts: CHILD, issueTemporaryCode: false }));
}

async function typing(faults: MemoryFaults = {}) {
	const opened = await signedIn(createBrowser(), faults);
	const book = await newBook(opened.api);
	await opened.api.openVisitDraft(book);
	const onDisk = async (): Promise<string | undefined> => {
		const row = await opened.browser.readDisk().readDraft({ person: MAI, book, form: 'visit' });
		return row && decodeVisitDraft(row.bytes)?.typed.reason;
	};
	return { ...opened, book, onDisk };
}

/** Lets work run that nobody waits for. */
const settle = async (): Promise<void> => {
	for (let turn = 0; turn < 50; turn++) await Promise.resolve();
};

describe('a visit being written', () => {
	it('is on the disk half a second after the words, however long somebody types', async () => {
		const { api, book, browser, onDisk } = await typing();
		await api.keepVisitDraft(book, words('H'));
		await api.keepVisitDraft(book, words('Ho'));
		expect(await onDisk()).toBeUndefined();
		browser.timers.runAll();
		await settle();
		expect(await onDisk()).toBe('Ho');
	});

	it('is given back to its author by a new start of the app, and listed with the name', async () => {
		const { api, book, browser } = await typing();
		await api.keepVisitDraft(book, words('Ho'));
		await api.flushDrafts();
		const again = browser.openWindow();
		await again.api.useHere();
		expect(await again.api.listVisitDrafts()).toEqual([]);
		await again.api.signIn({ login: 'mai.tt', pin: PIN });
		expect(await again.api.openVisitDraft(book)).toMatchObject({
			type: 'kept',
			typed: typed('Ho')
		});
		expect(await again.api.listVisitDrafts()).toMatchObject([
			{ book, personName: CHILD.name, isReadable: true }
		]);
	});

	it('is written before a lock is answered, and its author’s tile says so', async () => {
		const { api, book, onDisk } = await typing();
		await api.keepVisitDraft(book, words('Ho'));
		await api.lock();
		expect(await onDisk()).toBe('Ho');
		const { staff } = await api.start();
		expect(staff.map(({ name, drafts }) => [name, drafts])).toEqual([['Trần Thị Mai', 1]]);
	});

	it('is never shown to anybody else on the same tablet, who may have their own', async () => {
		const { api, book } = await typing();
		await api.keepVisitDraft(book, words('của Mai'));
		await api.lock();
		await api.signIn({ login: 'lan.nt', pin: '650321' });
		expect(await api.listVisitDrafts()).toEqual([]);
		expect(await api.openVisitDraft(book)).toEqual({ type: 'none' });
		await api.keepVisitDraft(book, words('của Lan'));
		await api.discardVisitDraft(book);
		await api.lock();
		await api.signIn({ login: 'mai.tt', pin: PIN });
		expect(await api.openVisitDraft(book)).toMatchObject({ typed: typed('của Mai') });
	});

	it('is no draft any more when everything typed was deleted again', async () => {
		const { api, book } = await typing();
		await api.keepVisitDraft(book, words('Ho'));
		await api.flushDrafts();
		await api.keepVisitDraft(book, words(' '));
		expect(await api.listVisitDrafts()).toEqual([]);
	});

	it('is gone with its signature, and what the form still says after it brings it not back', async () => {
		const { api, book, browser } = await typing();
		await api.keepVisitDraft(book, words('Ho'));
		await api.flushDrafts();
		bookOf(await api.recordVisit({ book, visit: VISIT, occurred: NOW }));
		await api.keepVisitDraft(book, words('Ho'));
		browser.timers.runAll();
		await api.flushDrafts();
		expect(await api.listVisitDrafts()).toEqual([]);
		expect(await api.openVisitDraft(book)).toEqual({ type: 'none' });
		await api.keepVisitDraft(book, words('lần sau'));
		expect(await api.listVisitDrafts()).toHaveLength(1);
	});

	it('stays when its signature could not be stored', async () => {
		let isFull = false;
		const { api, book, onDisk } = await typing({
			beforeCommit: ({ tables }) => (isFull && tables.includes('log') ? 'quota' : undefined)
		});
		await api.keepVisitDraft(book, words('Ho'));
		isFull = true;
		expect(await api.recordVisit({ book, visit: VISIT, occurred: NOW })).toMatchObject({
			type: 'not-stored'
		});
		expect(await onDisk()).toBe('Ho');
		await api.keepVisitDraft(book, words('Ho, sốt'));
		await api.flushDrafts();
		expect(await onDisk()).toBe('Ho, sốt');
	});

	it('goes in the very transaction of the entry: a crash leaves the one or the other', async () => {
		const before: string[] = [];
		const { api, book } = await typing({
			beforeCommit: ({ tables }) => {
				if (tables.includes('log')) before.push(tables.includes('drafts') ? 'both' : 'apart');
				return undefined;
			}
		});
		await api.keepVisitDraft(book, words('Ho'));
		bookOf(await api.recordVisit({ book, visit: VISIT, occurred: NOW }));
		expect(before.at(-1)).toBe('both');
	});

	it('that cannot be read is said so, and the form is written in as if there were none', async () => {
		const { api, book, storage } = await typing();
		const key = { person: MAI, book, form: 'visit' };
		await storage.writeDraft({ ...key, bytes: Uint8Array.of(1, 2, 3), changedMs: 9 });
		expect(await api.listVisitDrafts()).toMatchObject([{ book, isReadable: false }]);
		expect(await api.openVisitDraft(book)).toEqual({ type: 'unreadable', changedMs: 9 });
		await api.keepVisitDraft(book, words('Ho'));
		expect(await api.listVisitDrafts()).toMatchObject([{ book, isReadable: true }]);
	});

	it('that the device could not write is kept in memory and said, and on the disk when there is room', async () => {
		let isFull = true;
		const { api, book, onDisk } = await typing({
			beforeCommit: ({ tables }) => (isFull && tables[0] === 'drafts' ? 'quota' : undefined)
		});
		await api.keepVisitDraft(book, words('Ho'));
		await api.flushDrafts();
		expect((await syncStateOf(api)).saving).toBe('failed');
		await api.lock();
		await api.signIn({ login: 'mai.tt', pin: PIN });
		expect(await api.openVisitDraft(book)).toMatchObject({ typed: typed('Ho') });
		isFull = false;
		await api.flushDrafts();
		expect(await onDisk()).toBe('Ho');
		expect((await syncStateOf(api)).saving).toBe('saved');
	});

	it('goes on being kept when its signature ended in a fault of the program', async () => {
		const { api, book, storage, onDisk } = await typing();
		await api.keepVisitDraft(book, words('Ho'));
		storage.save = storage.saveTogether = () => Promise.reject(new Error('a fault'));
		await expect(api.recordVisit({ book, visit: VISIT, occurred: NOW })).rejects.toThrow('a fault');
		await api.keepVisitDraft(book, words('Ho, sốt'));
		await api.flushDrafts();
		expect(await onDisk()).toBe('Ho, sốt');
	});
});

describe('a visit with a prescription', () => {
	it('is two entries stored together, the second naming the first', async () => {
		const { api, book } = await typing();
		const saved = await api.recordVisit({ book, visit: VISIT, drugs: DRUGS, occurred: NOW });
		if (saved.type !== 'saved') throw new Error(saved.type);
		const opened = await (await watched(api, book)).next();
		expect(opened?.view.timeline.map(({ id, kind }) => [kind, id])).toEqual(
			expect.arrayContaining([
				['visit', saved.id],
				['prescription', saved.prescription]
			])
		);
	});

	it('is not stored at all when the prescription is not well made', async () => {
		const { api, book } = await typing();
		const drugs = [{ drug: 'Paracetamol', dosage: '', quantity: 0, unit: 'viên' }];
		expect(await api.recordVisit({ book, visit: VISIT, drugs, occurred: NOW })).toMatchObject({
			type: 'invalid'
		});
		expect((await api.listOutbox()).map(({ kind }) => kind)).toEqual(['facts']);
	});
});
