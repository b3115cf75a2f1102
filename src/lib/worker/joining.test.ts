/** Two books of one person, joined and parted on a tablet without a network. */
import { describe, expect, it } from 'vitest';
import type { Allergy } from '#lib/domain/book/allergy.ts';
import { isEntryOf } from '#lib/domain/book/book-entry.ts';
import type { Immunization } from '#lib/domain/book/immunization.ts';
import type { BookId } from '#lib/domain/ids.ts';
import { buildEntry, readEntry } from '#lib/entry/entry.ts';
import type { BookStorage } from '#lib/storage/port.ts';
import {
	bookOf,
	CHILD,
	createBrowser,
	NOW,
	scriptedServer,
	signedIn,
	watched,
	type Api
} from './device.fixture.ts';

const PENICILLIN: Allergy = {
	finding: 'allergy',
	substance: 'Penicillin',
	category: 'drug',
	severity: 'severe'
};
const BCG: Immunization = { product: { name: 'BCG' }, antigens: ['BCG'], lot: 'L-204' };
const REASON = 'Mẹ xác nhận';
const NOWHERE = 'AAAAAAAAAAAAAAAAAAAAAA' as BookId;

async function opened(api: Api, book: BookId) {
	const watching = await watched(api, book);
	const seen = await watching.next();
	watching.stop();
	if (seen === undefined) throw new Error('no such book');
	return seen;
}

async function registerChild(api: Api): Promise<BookId> {
	return bookOf(await api.registerPerson({ facts: CHILD, issueTemporaryCode: false }));
}

async function withTwoBooks(browser = createBrowser()) {
	const device = await signedIn(browser);
	const { api } = device;
	const [book, other] = [await registerChild(api), await registerChild(api)];
	await api.recordAllergy({ book: other, allergy: PENICILLIN });
	await api.giveVaccine({ book: other, immunization: BCG, occurred: NOW });
	return { ...device, book, other, joining: { book, other, reason: REASON } };
}

interface Statement {
	other?: BookId;
	voids?: true;
	reason: string | undefined;
}

async function statementsIn(storage: BookStorage, book: BookId): Promise<Statement[]> {
	const stored = await storage.readBook(book);
	return (stored?.entries ?? []).flatMap(({ bytes }): Statement[] => {
		const read = readEntry(bytes);
		if (!read.ok) return [];
		const { entry } = read;
		if (isEntryOf(entry, 'samePerson'))
			return [{ other: entry.content.body.other, reason: entry.envelope.reason }];
		return entry.content.kind === 'void' ? [{ voids: true, reason: entry.envelope.reason }] : [];
	});
}

/** As if another tablet had said it, and this one had not heard the other half. */
async function storeOneSided(storage: BookStorage, book: BookId, other: BookId): Promise<void> {
	const stored = await storage.readBook(book);
	const [first] = stored?.entries ?? [];
	const read = first === undefined ? undefined : readEntry(first.bytes);
	if (read?.ok !== true) throw new Error('an empty book');
	const { id, bytes } = buildEntry({
		book,
		kind: 'samePerson',
		body: { other },
		class: 'event',
		label: 'general',
		occurred: NOW,
		recorded: { ms: 1, counter: 0 },
		author: read.entry.envelope.author
	});
	const [signature, summary] = [new Uint8Array(64), new Uint8Array()];
	const count = stored?.count ?? 0;
	await storage.save({ book, id, bytes, signature, savedMs: 1, summary, count });
}

describe('joining two books', () => {
	it('is said in both with the reason, and nothing else is written', async () => {
		const { api, storage, book, other, joining } = await withTwoBooks();
		const before = await storage.readBooks([book, other]);
		expect(await api.joinBooks(joining)).toMatchObject({ type: 'saved', book });
		expect(await statementsIn(storage, book)).toEqual([{ other, reason: REASON }]);
		expect(await statementsIn(storage, other)).toEqual([{ other: book, reason: REASON }]);
		const after = await storage.readBooks([book, other]);
		expect(after.map(({ count }) => count)).toEqual(before.map(({ count }) => count + 1));
	});

	it('shows allergies and doses of each in the other, and says where they stand', async () => {
		const { api, book, other, joining } = await withTwoBooks();
		await api.joinBooks(joining);
		const { view, own, joined, notSent } = await opened(api, book);
		expect(view.header.allergies).toMatchObject([{ otherBook: other }]);
		expect(view.vaccinations.doses).toMatchObject([{ lot: 'L-204', otherBook: other }]);
		expect(joined).toEqual([{ book: other, isHere: true, isDirect: true }]);
		expect(own.header.allergyState).toBe('never-asked');
		expect(Object.keys(notSent)).toContain(view.header.allergies[0]?.id);
		const there = await opened(api, other);
		expect(there.view.header.allergies[0]).not.toHaveProperty('otherBook');
	});

	it('tells whoever has one open what is recorded in the other', async () => {
		const { api, book, other, joining } = await withTwoBooks();
		await api.joinBooks(joining);
		const watching = await watched(api, book);
		await watching.next();
		await api.recordAllergy({ book: other, allergy: { ...PENICILLIN, substance: 'Trứng' } });
		await expect.poll(() => watching.all.at(-1)?.view.header.allergies.length).toBe(2);
		await api.partBooks(joining);
		await expect.poll(() => watching.all.at(-1)?.view.header.allergyState).toBe('never-asked');
		watching.stop();
	});

	it('reaches across three books, and only what is next to it can be parted', async () => {
		const { api, book, other, joining } = await withTwoBooks();
		const third = await registerChild(api);
		await api.joinBooks(joining);
		await api.joinBooks({ book: third, other: book, reason: REASON });
		const { view, joined } = await opened(api, third);
		expect(view.header.allergies).toHaveLength(1);
		expect(joined).toEqual([
			{ book, isHere: true, isDirect: true },
			{ book: other, isHere: true, isDirect: false }
		]);
	});

	it('says that a joined book is not on this tablet', async () => {
		const { api, storage, book } = await withTwoBooks();
		await storeOneSided(storage, book, NOWHERE);
		const { joined, view } = await opened(api, book);
		expect(joined).toEqual([{ book: NOWHERE, isHere: false, isDirect: true }]);
		expect(view.header.allergyState).toBe('never-asked');
		const parting = { book, other: NOWHERE, reason: REASON };
		expect(await api.partBooks(parting)).toEqual({ type: 'no-such-book' });
	});

	it('writes only the half that is missing', async () => {
		const { api, storage, book, other, joining } = await withTwoBooks();
		await storeOneSided(storage, book, other);
		expect(await api.joinBooks(joining)).toMatchObject({ type: 'saved', book: other });
		expect(await statementsIn(storage, book)).toHaveLength(1);
	});

	it('is refused where it makes no sense, and nothing is written', async () => {
		const { api, storage, book, joining } = await withTwoBooks();
		expect(await api.joinBooks({ ...joining, other: book })).toMatchObject({ code: 'same-book' });
		expect(await api.joinBooks({ ...joining, reason: 'x' })).toMatchObject({ code: 'too-short' });
		expect(await api.joinBooks({ ...joining, other: NOWHERE })).toEqual({ type: 'no-such-book' });
		expect(await api.partBooks(joining)).toMatchObject({ code: 'not-joined' });
		expect(await statementsIn(storage, book)).toEqual([]);
		await api.joinBooks(joining);
		expect(await api.joinBooks(joining)).toMatchObject({ code: 'already-joined' });
	});

	it('is for those who care for the person only', async () => {
		const server = scriptedServer();
		const { accounts } = server;
		if (accounts['mai.tt'] !== undefined) accounts['mai.tt'].role = 'import';
		const { api, storage, book, joining } = await withTwoBooks(createBrowser(server));
		expect(await api.joinBooks(joining)).toMatchObject({ code: 'not-allowed' });
		expect(await statementsIn(storage, book)).toEqual([]);
	});
});

describe('parting them again', () => {
	it('withdraws it in both with the reason, and each book is what it was', async () => {
		const { api, storage, book, other, joining } = await withTwoBooks();
		const before = await opened(api, other);
		await api.joinBooks(joining);
		await api.giveVaccine({ book, immunization: { ...BCG, lot: 'L-9' }, occurred: NOW });
		const why = 'Hai anh em sinh đôi';
		expect(await api.partBooks({ ...joining, reason: why })).toMatchObject({ type: 'saved', book });
		for (const one of [book, other])
			expect(await statementsIn(storage, one)).toContainEqual({ voids: true, reason: why });
		const here = await opened(api, book);
		expect(here.joined).toEqual([]);
		expect(here.view.header.allergyState).toBe('never-asked');
		expect(here.view.vaccinations.doses).toMatchObject([{ lot: 'L-9' }]);
		const there = await opened(api, other);
		expect(there.view.header).toEqual(before.view.header);
		expect(there.view.vaccinations).toEqual(before.view.vaccinations);
	});

	it('ends what two tablets said apart, and can be taken up again', async () => {
		const { api, storage, book, other, joining } = await withTwoBooks();
		await api.joinBooks(joining);
		await storeOneSided(storage, book, other);
		await api.partBooks(joining);
		expect((await opened(api, book)).joined).toEqual([]);
		expect(await api.joinBooks(joining)).toMatchObject({ type: 'saved' });
		expect((await opened(api, book)).view.header.allergies).toHaveLength(1);
	});
});

it('is in both books or in neither when the tablet dies at the commit', async () => {
	const browser = createBrowser();
	let dies = false;
	const { api, storage } = await signedIn(browser, {
		pause: async (point) => {
			if (dies && point === 'commit') storage.crash();
		}
	});
	const [book, other] = [await registerChild(api), await registerChild(api)];
	dies = true;
	const outcome = await api.joinBooks({ book, other, reason: REASON });
	expect(outcome.type).toBe('not-stored');
	expect((await browser.readDisk().readBooks([book, other])).map(({ count }) => count)).toEqual([
		1, 1
	]);
});

describe('two people who look alike', () => {
	it('are said to be two in one of the books, and neither names the other again', async () => {
		const { api, book, other } = await withTwoBooks();
		expect(await api.listDifferent(book, [other])).toEqual([]);
		const said = await api.sayDifferent({ book, other });
		expect(said).toMatchObject({ type: 'saved', book });
		expect(await api.listDifferent(book, [other, NOWHERE])).toEqual([other]);
		expect(await api.listDifferent(other, [book])).toEqual([book]);
		expect(await api.sayDifferent({ book, other })).toMatchObject({ code: 'already-different' });
	});

	it('are named again when that was undone, or withdrawn later', async () => {
		const { api, book, other } = await withTwoBooks();
		const say = async () => {
			const said = await api.sayDifferent({ book, other });
			if (said.type !== 'saved') throw new Error(said.type);
			return said.id;
		};
		await api.undo({ book, id: await say() });
		expect(await api.listDifferent(other, [book])).toEqual([]);
		await api.voidEntry({ book, ids: [await say()], reason: REASON });
		expect(await api.listDifferent(book, [other])).toEqual([]);
	});

	it('are said so with the book of the one who is registered', async () => {
		const { api, book, other } = await withTwoBooks();
		const person = { facts: CHILD, issueTemporaryCode: false, different: [book] };
		const third = bookOf(await api.registerPerson(person));
		expect(await api.listDifferent(third, [book, other])).toEqual([book]);
		expect(await api.listDifferent(book, [third])).toEqual([third]);
	});

	it('cannot be said of one book, nor of two that are joined', async () => {
		const { api, book, other, joining } = await withTwoBooks();
		expect(await api.sayDifferent({ book, other: book })).toMatchObject({ code: 'same-book' });
		await api.joinBooks(joining);
		expect(await api.sayDifferent({ book, other })).toMatchObject({ code: 'joined' });
		await api.lock();
		expect(await api.listDifferent(book, [other])).toEqual([]);
	});
});
