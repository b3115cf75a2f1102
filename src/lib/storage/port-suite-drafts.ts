/** Port suite, drafts: kept per person, gone with the entry that they became. */
import { expect, it } from 'vitest';
import { bytesToId, type PersonId } from '#lib/domain/ids.ts';
import type { BookStorage, DraftRow } from './port.ts';
import { BOOK, entryOf, idsIn, OTHER, saveNext, saveOf, type Open } from './port-suite-material.ts';

const ONE = bytesToId<PersonId>(new Uint8Array(16).fill(1));
const ANOTHER = bytesToId<PersonId>(new Uint8Array(16).fill(2));

function draftOf(change: Partial<DraftRow> = {}): DraftRow {
	return {
		person: ONE,
		book: BOOK,
		form: 'visit',
		bytes: Uint8Array.of(1, 2),
		changedMs: 5,
		...change
	};
}

export function draftTests(open: Open): void {
	it('is found by person, book and form, the last words of it only', async () => {
		const storage = await open();
		await storage.writeDraft(draftOf());
		const last = draftOf({ bytes: Uint8Array.of(3), changedMs: 6 });
		await storage.writeDraft(last);
		expect(await storage.readDraft(draftOf())).toEqual(last);
		expect(await storage.readDraft(draftOf({ form: 'dose' }))).toBeUndefined();
		expect(await storage.readDraft(draftOf({ book: OTHER }))).toBeUndefined();
	});

	it('belongs to one person: nobody else’s list has it', async () => {
		const storage = await open();
		await storage.writeDraft(draftOf());
		await storage.writeDraft(draftOf({ book: OTHER }));
		expect(await storage.readDraft(draftOf({ person: ANOTHER }))).toBeUndefined();
		expect(await storage.listDrafts(ANOTHER)).toEqual([]);
		expect((await storage.listDrafts(ONE)).map(({ book }) => book).sort()).toEqual(
			[BOOK, OTHER].sort()
		);
	});

	it('goes when it is removed, and nothing else with it', async () => {
		const storage = await open();
		await storage.writeDraft(draftOf());
		await storage.writeDraft(draftOf({ person: ANOTHER }));
		await storage.removeDraft(draftOf());
		expect(await storage.readDraft(draftOf())).toBeUndefined();
		expect(await storage.listDrafts(ANOTHER)).toHaveLength(1);
	});

	it('goes with the save of the entry that it became', async () => {
		const storage = await open();
		await storage.writeDraft(draftOf());
		await storage.writeDraft(draftOf({ person: ANOTHER }));
		const save = { ...saveOf(BOOK, entryOf(1), 0), endsDraft: draftOf() };
		expect(await storage.save(save)).toMatchObject({ type: 'saved' });
		expect(await storage.listDrafts(ONE)).toEqual([]);
		expect(await storage.listDrafts(ANOTHER)).toHaveLength(1);
	});

	it('stays when that save wrote nothing', async () => {
		const storage = await open();
		await saveNext(storage, entryOf(1));
		await storage.writeDraft(draftOf());
		const moved = { ...saveOf(BOOK, entryOf(2), 0), endsDraft: draftOf() };
		expect(await storage.save(moved)).toEqual({ type: 'moved' });
		const first = { ...saveOf(OTHER, entryOf(3), 0), endsDraft: draftOf() };
		const second = saveOf(BOOK, entryOf(2), 0);
		expect(await storage.saveTogether([first, second])).toEqual({ type: 'moved' });
		expect(await storage.listDrafts(ONE)).toHaveLength(1);
		expect(await idsIn(storage, BOOK)).toEqual([entryOf(1).id]);
	});

	it('stays with a book that leaves the device', async () => {
		const storage = await open();
		await saveNext(storage, entryOf(1));
		await storage.writeDraft(draftOf());
		await storage.applyPage({ books: [], leave: [BOOK], recent: [] });
		expect(await storage.listDrafts(ONE)).toHaveLength(1);
	});
}

export function draftReopenTests(
	open: () => Promise<{ first: BookStorage; again: () => Promise<BookStorage> }>
): void {
	it('finds a draft again after closing, and says that it is closed instead of writing', async () => {
		const { first, again } = await open();
		await first.writeDraft(draftOf());
		await first.close();
		await expect(first.writeDraft(draftOf())).rejects.toMatchObject({ code: 'closed' });
		expect(await (await again()).readDraft(draftOf())).toEqual(draftOf());
	});
}
