/** Short forms that were left open: kept, given back to their author, gone with the entry they became. */
import { describe, expect, it } from 'vitest';
import type { FormDrafts, KeptForms } from '#lib/domain/book/form-drafts.ts';
import type { Immunization } from '#lib/domain/book/immunization.ts';
import type { BookId, EntryId, PersonId } from '#lib/domain/ids.ts';
import type { MemoryFaults } from '#lib/storage/memory.ts';
import type { DraftName, KeptForm } from './book-api.ts';
import {
	bookOf,
	CHILD,
	createBrowser,
	NOW,
	PIN,
	signedIn,
	watched,
	type Api
} from './device.fixture.ts';

const PERSON = 'AAAAAAAAAAAAAAAAAAAAAA' as PersonId;
const SHRIMP: FormDrafts['allergy'] = {
	substance: 'Tô',
	category: 'food',
	reaction: '',
	severity: '',
	since: '',
	note: ''
};
const PENICILLIN = {
	finding: 'allergy',
	substance: 'Penicillin',
	category: 'drug',
	severity: 'severe'
} as const;
const BCG: Immunization = { product: { name: 'BCG' }, antigens: ['BCG'], lot: 'L-204' };

async function writing(faults: MemoryFaults = {}) {
	const browser = createBrowser();
	const opened = await signedIn(browser, faults);
	const { api } = opened;
	const book = bookOf(await api.registerPerson({ facts: CHILD, issueTemporaryCode: false }));
	const name: DraftName = { form: 'allergy', book };
	expect(await api.openFormDraft(name)).toEqual({ type: 'none' });
	return { ...opened, browser, book, name };
}

function formsIn(kept: KeptForm): KeptForms {
	if (kept.type !== 'kept') throw new Error(kept.type);
	return kept.forms;
}

describe('a short form being written', () => {
	it('is given back to its author by a new start of the app, letter by letter', async () => {
		const { api, browser, name } = await writing();
		await api.keepFormDraft(name, SHRIMP);
		await api.flushDrafts();
		const again = browser.openWindow();
		await again.api.useHere();
		expect(await again.api.openFormDraft(name)).toEqual({ type: 'none' });
		await again.api.signIn({ login: 'mai.tt', pin: PIN });
		expect(formsIn(await again.api.openFormDraft(name))).toEqual({ allergy: SHRIMP });
		expect(await again.api.listVisitDrafts()).toEqual([]);
	});

	it('is its author’s alone, and their tile counts it', async () => {
		const { api, name } = await writing();
		await api.keepFormDraft(name, SHRIMP);
		await api.lock();
		expect((await api.start()).staff).toMatchObject([{ drafts: 1 }]);
		await api.signIn({ login: 'lan.nt', pin: '650321' });
		expect(await api.openFormDraft(name)).toEqual({ type: 'none' });
	});

	it('is one for each book, each form, each corrected entry, and one of a person without a book', async () => {
		const { api, name, book } = await writing();
		const entry = (await (await watched(api, book)).next())?.view.timeline[0]?.id;
		if (entry === undefined) throw new Error('no entry');
		const about: DraftName = { form: 'correct-allergy', book, entry };
		const correcting = { correction: { reason: 'Gõ', basedOn: [entry] }, form: SHRIMP };
		await api.keepFormDraft(about, correcting);
		await api.keepFormDraft({ form: 'allergy' }, { ...SHRIMP, substance: 'Cua' });
		expect(await api.openFormDraft(name)).toEqual({ type: 'none' });
		expect(formsIn(await api.openFormDraft(about))).toEqual({ 'correct-allergy': correcting });
		expect(formsIn(await api.openFormDraft({ form: 'allergy' }))).toMatchObject({
			allergy: { substance: 'Cua' }
		});
	});

	it('is listed with whom it is about, the newest first, and goes from the list when thrown away', async () => {
		const { api, name, book } = await writing();
		await api.keepFormDraft(name, SHRIMP);
		const entry = 'BBBBBBBBBBBBBBBBBBBBBA' as EntryId;
		const about: DraftName = { form: 'correct-allergy', book, entry };
		await api.keepFormDraft(about, { correction: { reason: 'Gõ', basedOn: [] }, form: SHRIMP });
		const line = { personName: CHILD.name, changedMs: expect.any(Number) as number };
		const listed = await api.listFormDrafts();
		expect(listed).toHaveLength(2);
		expect(listed).toEqual(
			expect.arrayContaining([
				{ name, ...line },
				{ name: about, ...line }
			])
		);
		await api.discardFormDraft(about);
		expect(await api.listFormDrafts()).toMatchObject([{ name }]);
		await api.lock();
		expect(await api.listFormDrafts()).toEqual([]);
	});

	it('is no draft any more when it is as it began, or was thrown away', async () => {
		const { api, name } = await writing();
		await api.keepFormDraft(name, SHRIMP);
		await api.keepFormDraft(name, undefined);
		expect(await api.openFormDraft(name)).toEqual({ type: 'none' });
		await api.keepFormDraft(name, SHRIMP);
		await api.discardFormDraft(name);
		await api.keepFormDraft(name, SHRIMP);
		await api.flushDrafts();
		expect(await api.openFormDraft(name)).toEqual({ type: 'none' });
	});

	it('goes in the transaction of what was recorded, and comes not back after it', async () => {
		const { api, storage, name, book } = await writing();
		await api.keepFormDraft(name, SHRIMP);
		bookOf(await api.recordAllergy({ book, allergy: PENICILLIN }, name));
		await api.keepFormDraft(name, SHRIMP);
		await api.flushDrafts();
		expect(await storage.listDrafts(PERSON)).toEqual([]);
	});

	it.each<[DraftName['form'], (api: Api, book: BookId, name: DraftName) => Promise<object>]>([
		[
			'dose',
			(api, book, name) => api.giveVaccine({ book, immunization: BCG, occurred: NOW }, name)
		],
		[
			'facts',
			(api, book, name) => api.recordFacts({ book, facts: { phone: '0912345678' }, seen: {} }, name)
		],
		[
			'person',
			(api, _book, name) =>
				api.registerPerson({ facts: CHILD, issueTemporaryCode: false }, { form: name.form })
		]
	])('of the form %s goes too', async (form, record) => {
		const { api, storage, book } = await writing();
		const name: DraftName = form === 'person' ? { form } : { form, book };
		// Whatever its letters are: it is the row that goes.
		await storage.writeDraft({
			person: PERSON,
			book: name.book ?? '',
			form,
			bytes: Uint8Array.of(1),
			changedMs: 1
		});
		expect(await api.openFormDraft(name)).toEqual({ type: 'unreadable', changedMs: 1 });
		expect(await record(api, book, name)).toMatchObject({ type: 'saved' });
		expect(await storage.listDrafts(PERSON)).toEqual([]);
	});

	it('of a correction goes with the new version', async () => {
		const { api, storage, book } = await writing();
		const saved = await api.recordAllergy({ book, allergy: PENICILLIN });
		if (saved.type !== 'saved') throw new Error(saved.type);
		const name: DraftName = { form: 'correct-allergy', book, entry: saved.id };
		await api.keepFormDraft(name, {
			correction: { reason: 'Gõ nhầm', basedOn: [saved.id] },
			form: SHRIMP
		});
		const amendment = {
			book,
			basedOn: [saved.id],
			content: { kind: 'allergy' as const, body: { ...PENICILLIN, note: 'mẹ kể' } },
			occurred: NOW,
			reason: 'Gõ nhầm'
		};
		expect(await api.amendEntry(amendment, name)).toMatchObject({ type: 'saved' });
		expect(await storage.listDrafts(PERSON)).toEqual([]);
	});

	it('stays when it could not be recorded, and goes on being kept', async () => {
		const { api, name, book } = await writing();
		await api.keepFormDraft(name, SHRIMP);
		const wrong = { ...PENICILLIN, substance: '' };
		expect(await api.recordAllergy({ book, allergy: wrong }, name)).toMatchObject({
			type: 'invalid'
		});
		await api.keepFormDraft(name, { ...SHRIMP, substance: 'Tôm' });
		await api.flushDrafts();
		expect(formsIn(await api.openFormDraft(name)).allergy?.substance).toBe('Tôm');
	});
});

describe('the doses of one sheet', () => {
	it('are recorded together, or none of them', async () => {
		const { api, book } = await writing();
		const first = { book, immunization: BCG, occurred: NOW };
		const second = { immunization: { ...BCG, lot: 'L-205' }, occurred: NOW };
		const early = { ...second, occurred: '2025-01-01' as typeof NOW };
		expect(await api.giveVaccine({ ...first, others: [early] })).toMatchObject({ type: 'invalid' });
		const saved = await api.giveVaccine({ ...first, others: [second] });
		const timeline = (await (await watched(api, book)).next())?.view.timeline ?? [];
		const doses = timeline.filter(({ kind }) => kind === 'immunization').map(({ id }) => id);
		expect(saved.type === 'saved' && [saved.id, ...saved.others].sort()).toEqual(doses.sort());
		expect(doses).toHaveLength(2);
	});
});
