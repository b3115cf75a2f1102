/** What somebody is told of what others did with something of theirs. */
import { describe, expect, it } from 'vitest';
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import { bookOf, CHILD, createBrowser, NOW, watched } from './device.fixture.ts';
import { bring, openTablet, type Tablet } from './tablet.fixture.ts';

const LOOK_MS = 5_000;
const VISIT = { reason: 'Sốt hai ngày' };

/** Mai has recorded a visit and looked at the book; Hai has the book on another tablet. */
async function withVisit() {
	const browser = createBrowser();
	const mai = await openTablet(browser);
	const hai = await openTablet(createBrowser(), 'hai.nd');
	const book = bookOf(await mai.api.registerPerson({ facts: CHILD, issueTemporaryCode: false }));
	const saved = await mai.api.recordVisit({ book, visit: VISIT, occurred: NOW });
	if (saved.type !== 'saved') throw new Error(saved.type);
	const look = async () => {
		const watching = await watched(mai.api, book);
		await watching.next();
		browser.clock.ms += LOOK_MS;
		watching.stop();
		await new Promise((resolve) => setTimeout(resolve, 10));
	};
	await look();
	await bring(book, mai, hai);
	return { browser, mai, hai, book, id: saved.id, look };
}

async function linesOf({ api }: Tablet): Promise<[string, EntryId, string][]> {
	const { lines = [] } = (await api.listAnswers()) ?? {};
	return lines.map(({ type, id, personName }) => [type, id, personName]);
}

async function withdraw({ api }: Tablet, book: BookId, id: EntryId): Promise<EntryId> {
	const outcome = await api.voidEntry({ book, ids: [id], reason: 'Nhầm người' });
	if (outcome.type !== 'saved') throw new Error(JSON.stringify(outcome));
	return outcome.id;
}

describe('answers', () => {
	it('tell that somebody withdrew an entry, until it is marked as seen', async () => {
		const { mai, hai, book, id } = await withVisit();
		expect(await linesOf(mai)).toEqual([]);
		const said = await withdraw(hai, book, id);
		await bring(book, hai, mai);
		expect(await linesOf(mai)).toEqual([['withdrawn', said, CHILD.name]]);
		expect(await linesOf(hai)).toEqual([]);
		await mai.api.markAnswersSeen([said]);
		expect(await linesOf(mai)).toEqual([]);
	});

	it('are over once the book was looked at, and nobody’s while the tablet is locked', async () => {
		const { mai, hai, book, id, look } = await withVisit();
		await withdraw(hai, book, id);
		await bring(book, hai, mai);
		expect(await linesOf(mai)).toHaveLength(1);
		await look();
		expect(await linesOf(mai)).toEqual([]);
		await mai.api.lock();
		expect(await mai.api.listAnswers()).toBeUndefined();
	});

	it('tell its author that an entry once returned was taken after all, not that it was put aside', async () => {
		const { mai, book, id } = await withVisit();
		const other = await mai.api.recordVisit({ book, visit: VISIT, occurred: NOW });
		await mai.refuse(2, 'signature');
		await mai.refuse(3, 'signature');
		const [row] = await mai.storage.listOutbox(1, 'refused');
		expect(await linesOf(mai)).toEqual([]);
		if (other.type !== 'saved' || row === undefined) expect.unreachable();
		await mai.api.setAside(3);
		await mai.take(book, [{ id, bytes: row.bytes }]);
		expect(await linesOf(mai)).toEqual([['taken', id, CHILD.name]]);
		await mai.api.markAnswersSeen([id]);
		expect(await linesOf(mai)).toEqual([]);
		expect((await mai.storage.readKey('returned'))?.value).toMatchObject([{ id: other.id }]);
	});
});
