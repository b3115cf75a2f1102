/** What waits for a person: conflicts of the books on this tablet, and what the server sent back. */
import { describe, expect, it, vi } from 'vitest';
import type { Allergy } from '#lib/domain/book/allergy.ts';
import type { Facts } from '#lib/domain/book/facts.ts';
import type { Visit } from '#lib/domain/book/visit.ts';
import { bytesToId, type BookId, type EntryId } from '#lib/domain/ids.ts';
import type { FactHead } from '#lib/domain/projections/book-view.ts';
import { projectSummary } from '#lib/domain/projections/project-summary.ts';
import { encodeSummary } from '#lib/entry/person-summary-codec.ts';
import { bytesToBase64url } from '#lib/protocol/certificate.ts';
import { readStoredEntry } from '#lib/entry/stored-entry.ts';
import { INBOX_BOOKS_MAX } from '#lib/use-cases/list-inbox.ts';
import type { SaveOutcome, ToDecide } from './book-api.ts';
import { bookOf, CHILD, createBrowser, NOW, PIN, syncStateOf, TODAY } from './device.fixture.ts';
import { bring, openTablet, settle, type Tablet } from './tablet.fixture.ts';

const VISIT: Visit = { reason: 'Sốt hai ngày' };
const PENICILLIN: Allergy = {
	finding: 'allergy',
	substance: 'Penicillin',
	category: 'drug',
	severity: 'severe'
};
const REASON = 'Gõ nhầm';

async function exchange(book: BookId, a: Tablet, b: Tablet): Promise<void> {
	await bring(book, a, b);
	await bring(book, b, a);
}

async function decisionsOf({ api }: Tablet): Promise<ToDecide[]> {
	const inbox = await api.listInbox();
	return (inbox?.undecided ?? []).flatMap(({ toDecide }) => toDecide);
}

function idOf(outcome: SaveOutcome): EntryId {
	if (outcome.type !== 'saved') throw new Error(JSON.stringify(outcome));
	return outcome.id;
}

/** Two tablets with one child, each of which states something else. */
async function apart(first: Facts, second: Facts) {
	const here = await openTablet();
	const there = await openTablet(createBrowser(), 'hai.nd');
	const book = bookOf(await here.api.registerPerson({ facts: CHILD, issueTemporaryCode: false }));
	await bring(book, here, there);
	idOf(await here.api.recordFacts({ book, facts: first, seen: {} }));
	idOf(await there.api.recordFacts({ book, facts: second, seen: {} }));
	await exchange(book, here, there);
	return { here, there, book };
}

const idsOf = (heads: FactHead<'phone'>[]) => heads.flatMap((h) => h.sources.map(({ id }) => id));

describe('facts on which two tablets differ', () => {
	it('wait on both with value, author and time, and one decision ends it on both', async () => {
		const { here, there, book } = await apart({ phone: '0911111111' }, { phone: '0922222222' });
		for (const tablet of [here, there]) {
			expect(await syncStateOf(tablet.api)).toMatchObject({ conflicts: 1 });
			const inbox = await tablet.api.listInbox();
			expect(inbox).toMatchObject({
				undecided: [
					{ person: { names: [CHILD.name] }, toDecide: [{ type: 'fact', fact: 'phone' }] }
				],
				moreBooks: 0,
				refused: []
			});
			const [one] = inbox?.undecided[0]?.toDecide ?? [];
			const heads = one?.type === 'fact' ? one.heads : [];
			expect(heads.map(({ value }) => value).toSorted()).toEqual(['0911111111', '0922222222']);
			expect(heads.map(({ sources: [by] }) => by?.author.role).toSorted()).toEqual([
				'doctor',
				'nurse'
			]);
		}

		const [one] = await decisionsOf(here);
		if (one?.type !== 'fact') throw new Error('nothing to decide');
		const seen = { phone: idsOf(one.heads as FactHead<'phone'>[]) };
		expect(seen.phone).toHaveLength(2);
		const chosen = idOf(await here.api.recordFacts({ book, facts: { phone: '0922222222' }, seen }));
		await settle();
		expect(await decisionsOf(here)).toEqual([]);
		expect(await syncStateOf(here.api)).toMatchObject({ conflicts: 0 });
		await bring(book, here, there);
		expect(await decisionsOf(there)).toEqual([]);
		const entries = (await there.storage.readBook(book))?.entries ?? [];
		const decision = entries.find(({ id }) => id === chosen);
		if (decision === undefined) throw new Error('the decision is one entry');
		const { envelope } = readStoredEntry(book, decision);
		expect(envelope.basedOn?.map(({ id }) => id).toSorted()).toEqual(seen.phone.toSorted());
		expect(envelope.effect).toBe('resolves');
	});

	it('are nobody’s to see while the tablet is locked', async () => {
		const { here } = await apart({ phone: '0911111111' }, { phone: '0922222222' });
		await here.api.lock();
		expect(await here.api.listInbox()).toBeUndefined();
	});
});

describe('an allergy that two people amended apart', () => {
	it('is no choice: both versions stay, and the inbox only leads to them', async () => {
		const here = await openTablet();
		const there = await openTablet(createBrowser(), 'hai.nd');
		const book = bookOf(await here.api.registerPerson({ facts: CHILD, issueTemporaryCode: false }));
		const id = idOf(await here.api.recordAllergy({ book, allergy: PENICILLIN }));
		await bring(book, here, there);
		for (const [tablet, severity] of [
			[here, 'mild'],
			[there, 'severe']
		] as const)
			idOf(
				await tablet.api.amendEntry({
					book,
					basedOn: [id],
					content: {
						kind: 'allergy',
						body: { ...PENICILLIN, severity, reaction: `Nổi mẩn ${severity}` }
					},
					occurred: NOW,
					reason: REASON
				})
			);
		await exchange(book, here, there);
		expect(await decisionsOf(here)).toMatchObject([
			{ type: 'amended-twice', item: { kind: 'allergy', rivals: [expect.any(String)] } }
		]);
	});
});

describe('the inbox of a full tablet', () => {
	it('opens quickly among ten thousand people and reads no book without a conflict', async () => {
		const browser = createBrowser();
		const tablet = await openTablet(browser);
		const source = await apart({ phone: '0911111111' }, { phone: '0922222222' });
		const stored = (await source.here.storage.readBook(source.book))?.entries ?? [];
		const all = stored.map((entry) => readStoredEntry(source.book, entry));
		const undecided = projectSummary(source.book, all, TODAY);
		const books = Array.from({ length: 10_000 }, (_, at) => ({
			...undecided,
			book: numbered(at),
			conflicts: at % 100 === 0 ? 1 : 0
		}));
		await tablet.storage.applyPage({
			books: books.map((person) => ({
				book: person.book,
				entries: stored,
				summary: encodeSummary(person),
				count: 0
			})),
			leave: [],
			recent: []
		});
		const next = await openTablet(browser);
		await next.api.useHere();
		await next.api.signIn({ login: 'mai.tt', pin: PIN });
		await next.api.searchPeople('minh');
		const readBooks = vi.spyOn(next.storage, 'readBooks');
		const readBook = vi.spyOn(next.storage, 'readBookSince');
		const inbox = await next.api.listInbox();
		expect(inbox?.undecided).toHaveLength(INBOX_BOOKS_MAX);
		expect(inbox?.moreBooks).toBe(100 - INBOX_BOOKS_MAX);
		expect(readBook).not.toHaveBeenCalled();
		expect(readBooks.mock.calls.map(([asked]) => asked.length)).toEqual([INBOX_BOOKS_MAX]);
	}, 60_000);
});

function numbered(at: number): BookId {
	const bytes = new Uint8Array(16);
	new DataView(bytes.buffer).setUint32(0, at + 1);
	return bytesToId<BookId>(bytes);
}

describe('what the server holds back of the station', () => {
	const line = (number: number, entry: EntryId, book: BookId) => ({
		number,
		entry,
		book,
		atMs: 1,
		code: 'signature',
		isFromHere: true
	});

	async function holding() {
		const browser = createBrowser();
		const tablet = await openTablet(browser);
		const { api, refuse } = tablet;
		const book = bookOf(await api.registerPerson({ facts: CHILD, issueTemporaryCode: false }));
		const id = idOf(await api.recordVisit({ book, visit: VISIT, occurred: NOW }));
		await refuse(2, 'signature');
		return { ...tablet, ...browser.server, book, id };
	}

	it('names the person where the book is here, and nobody where it is not', async () => {
		const { api, state, book, id } = await holding();
		state.refused = {
			held: [line(1, id, book), line(2, id, numbered(7))],
			returned: []
		};
		const outcome = await api.listHeld();
		expect(outcome.type === 'listed' && outcome.held.map((one) => one.personName)).toEqual([
			CHILD.name,
			undefined
		]);
		await api.lock();
		expect(await api.listHeld()).toEqual({ type: 'refused', code: 'not-signed-in' });
	});

	it('says which of it stands among the returned entries too, until that was put aside', async () => {
		const { api, state, book, id } = await holding();
		state.refused = { held: [line(1, id, book)], returned: [] };
		const areReturnedHere = async () => {
			const outcome = await api.listHeld();
			return outcome.type === 'listed' && outcome.held.map((one) => one.isReturnedHere);
		};
		expect(await areReturnedHere()).toEqual([true]);
		await api.setAside(2);
		expect(await areReturnedHere()).toEqual([false]);
	});

	it('says what an entry holds where it may be told, and only the one that was asked for', async () => {
		const { api, state, storage, id } = await holding();
		const held = { number: 1, entry: id };
		expect(await api.readHeld(held)).toBeUndefined();
		const [row] = await storage.listOutbox(1, 'refused');
		state.heldBytes = bytesToBase64url(row?.bytes ?? new Uint8Array());
		expect(await api.readHeld(held)).toMatchObject({
			content: { kind: 'visit', body: VISIT },
			occurred: NOW
		});
		expect(await api.readHeld({ number: 1, entry: numbered(7) })).toBeUndefined();
		state.heldBytes = 'AAAA';
		expect(await api.readHeld(held)).toBeUndefined();
		await api.lock();
		expect(await api.readHeld(held)).toBeUndefined();
	});

	it('was given back with a reason, which its writer reads without a network too', async () => {
		const { api, state, book, id } = await holding();
		const review = { atMs: 5, note: 'Sai người', by: 'Nguyễn Thị Lan' };
		state.refused = { held: [], returned: [{ ...line(1, id, book), review }] };
		await api.listHeld();
		state.isOn = false;
		expect(await api.listHeld()).toEqual({ type: 'network-needed' });
		expect((await api.listInbox())?.refused).toMatchObject([{ id, returned: review }]);
	});

	it('is decided in the name of whoever is signed in, and the reason of a refusal comes back', async () => {
		const { api, state, id } = await holding();
		const release = { number: 3, entry: id, outcome: 'released' } as const;
		expect(await api.reviewHeld(release)).toEqual({ type: 'decided' });
		expect(state.decided).toEqual([{ ...release, actor: 'AAAAAAAAAAAAAAAAAAAAAA' }]);
		state.answerToReview = { type: 'refused', code: 'still-refused', detail: 'signature' };
		expect(await api.reviewHeld(release)).toEqual({
			type: 'refused',
			code: 'still-refused',
			detail: 'signature'
		});
		const unsaid = { ...release, outcome: 'returned', note: '' } as const;
		expect(await api.reviewHeld(unsaid)).toEqual({ type: 'refused', code: 'schema' });
		expect(state.decided).toHaveLength(2);
	});
});

describe('an entry that the server sent back', () => {
	async function withVisit() {
		const tablet = await openTablet();
		const { api } = tablet;
		const book = bookOf(await api.registerPerson({ facts: CHILD, issueTemporaryCode: false }));
		const id = idOf(await api.recordVisit({ book, visit: VISIT, occurred: NOW }));
		return { ...tablet, book, id };
	}

	it('stands there with what it says and who wrote it', async () => {
		const { api, refuse, book, id } = await withVisit();
		await refuse(2, 'schema');
		expect((await api.listInbox())?.refused).toMatchObject([
			{
				n: 2,
				id,
				book,
				refusalCode: 'schema',
				content: { kind: 'visit', body: VISIT },
				author: { role: 'nurse' }
			}
		]);
	});

	it('asks for nothing more once it was corrected, or moved to another book', async () => {
		const { api, refuse, book, id } = await withVisit();
		const facts = { ...CHILD, name: 'Bàn Thị Lan' };
		const to = bookOf(await api.registerPerson({ facts, issueTemporaryCode: false }));
		const moved = idOf(await api.recordVisit({ book, visit: VISIT, occurred: NOW }));
		await refuse(2, 'schema');
		await refuse(4, 'not-allowed');
		idOf(
			await api.amendEntry({
				book,
				basedOn: [id],
				content: { kind: 'visit', body: { reason: 'Sốt ba ngày' } },
				occurred: NOW,
				reason: REASON
			})
		);
		expect((await api.listInbox())?.refused.map(({ n }) => n)).toEqual([4]);
		idOf(await api.moveEntry({ book, id: moved, versions: [moved], to, reason: REASON }));
		expect((await api.listInbox())?.refused).toEqual([]);
		await settle();
		expect(await syncStateOf(api)).toMatchObject({ refused: 0, aside: 2 });
	});

	it('asks for nothing more once facts were corrected whole, and goes on asking when only a part was changed', async () => {
		const { api, refuse } = await openTablet();
		const saved = await api.registerPerson({ facts: CHILD, issueTemporaryCode: false });
		const [book, first] = [bookOf(saved), idOf(saved)];
		await refuse(1, 'unknown-author');
		const seen = { name: [first] };
		idOf(await api.recordFacts({ book, facts: { name: 'Bàn Thị Mây' }, seen }));
		expect((await api.listInbox())?.refused.map(({ n }) => n)).toEqual([1]);
		const whole = { ...CHILD, name: 'Bàn Thị Mận' };
		const all = Object.fromEntries(Object.keys(CHILD).map((name) => [name, [first]]));
		const input = { book, facts: whole, seen: all, reason: REASON, corrects: first };
		idOf(await api.recordFacts(input));
		expect((await api.listInbox())?.refused).toEqual([]);
	});

	it('is recorded again word for word by its author, in the place of the old one', async () => {
		const { api, storage, refuse, book, id } = await withVisit();
		await refuse(2, 'unknown-author');
		const again = await api.recordAgain(2);
		expect(idOf(again)).not.toBe(id);
		expect((await api.listInbox())?.refused).toEqual([]);
		const entries = (await storage.readBook(book))?.entries ?? [];
		expect(entries.map((entry) => entry.id)).toContain(idOf(again));
		expect(entries.map((entry) => entry.id)).not.toContain(id);
		expect(await api.recordAgain(2)).toMatchObject({ type: 'invalid', code: 'no-such-entry' });
	});

	it('is not recorded again in the name of somebody else', async () => {
		const { api, refuse } = await withVisit();
		await refuse(2, 'unknown-author');
		await api.signIn({ login: 'lan.nt', pin: '654321' });
		expect(await api.recordAgain(2)).toMatchObject({ type: 'invalid', code: 'another-author' });
		expect((await api.listInbox())?.refused.map(({ n }) => n)).toEqual([2]);
	});
});
