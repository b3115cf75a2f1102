/**
 * Books asked for by themselves: opening on demand and repair. Only members are sent; a book that is
 * none is not mentioned, so the answer does not tell whether it exists.
 */
import { bytesToId, type BookId } from '#lib/domain/ids.ts';
import { bytesToDigest } from '#lib/entry/digest.ts';
import type { SyncRequest } from '#lib/protocol/messages.ts';
import type { ServerStorage } from '../storage/storage.ts';
import { addBook } from './feed-pages.ts';
import { createPageDraft, type PageFrame, type PageRules } from './page.ts';

type AskedBook = NonNullable<SyncRequest['books']>[number];

/** Entries whose ids are summed up for one request; a device that claims more gets those books whole. */
export const COMPARED_ENTRIES_MAX = 20_000;

export interface WantedBook {
	book: BookId;
	/** First entry to send: what the device holds, when it holds exactly the book's beginning. */
	from: number;
	to: number;
}

/** Which of the asked books the device may have (`may`) and does not have whole, and from where. A book that is
 * asked for twice is answered once. */
export async function selectBooks(
	storage: Pick<ServerStorage, 'readBookState' | 'digestOfFirst'>,
	may: (book: BookId) => Promise<boolean>,
	asked: AskedBook[]
): Promise<{ wanted: WantedBook[]; refused: BookId[] }> {
	const wanted: WantedBook[] = [];
	const refused: BookId[] = [];
	let comparable = COMPARED_ENTRIES_MAX;
	for (const [book, one] of firstOfEach(asked)) {
		// Both are asked of every book: what is forbidden takes as long as what is not there.
		const [state, isAllowed] = await Promise.all([storage.readBookState(book), may(book)]);
		if (state === undefined || !isAllowed) {
			refused.push(book);
			continue;
		}
		const digest = bytesToDigest(one.digest);
		if (state.n === one.n && state.digest === digest) continue;
		const isComparable = one.n <= Math.min(state.n, comparable);
		if (isComparable) comparable -= one.n;
		const isBeginning = isComparable && (await storage.digestOfFirst(book, one.n)) === digest;
		wanted.push({ book, from: isBeginning ? one.n : 0, to: state.n });
	}
	return { wanted, refused };
}

function firstOfEach(asked: AskedBook[]): Map<BookId, AskedBook> {
	const byBook = new Map<BookId, AskedBook>();
	for (const one of asked) {
		const book = bytesToId<BookId>(one.book);
		if (!byBook.has(book)) byBook.set(book, one);
	}
	return byBook;
}

/** Pages without a token. Stops after `pagesMax`; the last item says whether something was left out. */
export async function* readBookPages(
	storage: ServerStorage,
	wanted: WantedBook[],
	rules: PageRules,
	pagesMax: number
): AsyncGenerator<PageFrame, { isComplete: boolean }> {
	let draft = createPageDraft(rules);
	let pageCount = 0;
	for (const { book, from, to } of wanted) {
		let sent = from;
		while (sent < to) {
			if (pageCount >= pagesMax) return { isComplete: false };
			sent = await addBook(storage, draft, book, sent, to);
			if (!draft.isFull()) continue;
			yield draft.toFrame({});
			pageCount += 1;
			draft = createPageDraft(rules);
		}
	}
	if (!draft.hasRows()) return { isComplete: true };
	if (pageCount >= pagesMax) return { isComplete: false };
	yield draft.toFrame({});
	return { isComplete: true };
}
