import { describe, expect, it, vi } from 'vitest';
import type { Facts } from '#lib/domain/book/facts.ts';
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import type { BookHeader } from '#lib/domain/projections/book-view.ts';
import { seenHeads, type SeenHeads } from '#lib/domain/projections/seen-heads.ts';
import type { BookStorage } from '#lib/storage/port.ts';
import { bookOf, CHILD, createBrowser, signedIn, watched, type Api } from './device.fixture.ts';

const OLD_PHONE = '0911111111';

interface Device {
	api: Api;
	storage: BookStorage;
}

/** Brings to one device what another holds of a book, as a page of the server would. */
async function bring(book: BookId, from: Device, to: Device): Promise<void> {
	const held = await from.storage.readBook(book);
	const count = (await to.storage.readBook(book))?.count ?? 0;
	const page = { book, entries: held?.entries ?? [], summary: new Uint8Array([0]), count };
	await to.storage.applyPage({ books: [page], leave: [], recent: [] });
}

async function headerOf({ api }: Device, book: BookId): Promise<BookHeader> {
	const watch = await watched(api, book);
	const opened = await watch.next();
	watch.stop();
	if (opened === undefined) throw new Error('the book is not here');
	return opened.view.header;
}

async function seenOn(device: Device, book: BookId): Promise<SeenHeads> {
	return seenHeads((await headerOf(device, book)).facts);
}

async function record(device: Device, book: BookId, facts: Facts): Promise<EntryId> {
	const seen = await seenOn(device, book);
	const outcome = await device.api.recordFacts({ book, facts, seen });
	if (outcome.type !== 'saved') throw new Error(JSON.stringify(outcome));
	return outcome.id;
}

/** Two tablets that hold the same child. */
async function twoTablets() {
	const here: Device = await signedIn();
	const there: Device = await signedIn(createBrowser());
	const facts = { ...CHILD, phone: OLD_PHONE };
	const book = bookOf(await here.api.registerPerson({ facts, issueTemporaryCode: false }));
	await bring(book, here, there);
	return { here, there, book };
}

const valuesOf = ({ facts }: BookHeader, name: 'phone' | 'name') =>
	facts[name]?.heads.map(({ value }) => value).toSorted();

describe('facts recorded from what their author saw', () => {
	it('stand beside a value that came while the form was open', async () => {
		const { here, there, book } = await twoTablets();
		const seen = await seenOn(here, book);
		await record(there, book, { phone: '0922222222' });
		await bring(book, there, here);
		bookOf(await here.api.recordFacts({ book, facts: { phone: '0933333333' }, seen }));
		const header = await headerOf(here, book);
		expect(valuesOf(header, 'phone')).toEqual(['0922222222', '0933333333']);
		expect(header.facts.phone?.past.map(({ value }) => value)).toEqual([OLD_PHONE]);
	});

	it('stand beside a value that came in the very moment of saving', async () => {
		const { here, there, book } = await twoTablets();
		await record(there, book, { phone: '0922222222' });
		const save = here.storage.saveTogether.bind(here.storage);
		const saving = vi.spyOn(here.storage, 'saveTogether').mockImplementationOnce(async (given) => {
			await bring(book, there, here);
			return save(given);
		});
		await record(here, book, { phone: '0933333333' });
		expect(saving).toHaveBeenCalledTimes(2);
		expect(valuesOf(await headerOf(here, book), 'phone')).toEqual(['0922222222', '0933333333']);
	});

	it('decide between values that were seen, and leave one that was not', async () => {
		const { here, there, book } = await twoTablets();
		await record(there, book, { name: 'Bàn Văn Minh Quân' });
		await record(here, book, { name: 'Bàn Minh' });
		await bring(book, there, here);
		const seen = await seenOn(here, book);
		await record(there, book, { name: 'Bàn Quân' });
		await bring(book, there, here);
		bookOf(await here.api.recordFacts({ book, facts: { name: 'Bàn Minh' }, seen }));
		expect(valuesOf(await headerOf(here, book), 'name')).toEqual(['Bàn Minh', 'Bàn Quân']);
		await record(here, book, { name: 'Bàn Minh' });
		expect(valuesOf(await headerOf(here, book), 'name')).toEqual(['Bàn Minh']);
	});

	it('are based on no entry that is not here or does not state the fact', async () => {
		const { here, book } = await twoTablets();
		const { name } = await seenOn(here, book);
		const seen = { bloodGroup: name ?? [], phone: ['AAAAAAAAAAAAAAAAAAAAAA' as EntryId] };
		const facts: Facts = { bloodGroup: 'A+', phone: '0933333333' };
		bookOf(await here.api.recordFacts({ book, facts, seen }));
		expect(valuesOf(await headerOf(here, book), 'phone')).toEqual([OLD_PHONE, '0933333333']);
	});

	it('end a conflict of more values than one entry can name', async () => {
		const { here, book } = await twoTablets();
		const phones = Array.from({ length: 70 }, (_, at) => `09${String(10_000_000 + at)}`);
		for (const phone of phones)
			bookOf(await here.api.recordFacts({ book, facts: { phone }, seen: {} }));
		await record(here, book, { phone: '0933333333' });
		const { phone } = (await headerOf(here, book)).facts;
		expect(phone?.heads.map(({ value }) => value)).toEqual(['0933333333']);
		expect(new Set(phone?.past.map(({ value }) => value))).toEqual(
			new Set([...phones, OLD_PHONE, '0933333333'])
		);
	});

	it('are at least one value, not a field left empty', async () => {
		const { here, book } = await twoTablets();
		const facts = { name: undefined } as unknown as Facts;
		expect(await here.api.recordFacts({ book, facts, seen: {} })).toEqual({
			type: 'invalid',
			path: 'facts',
			code: 'no-fact'
		});
	});
});
