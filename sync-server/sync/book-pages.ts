/**
 * Books asked for by themselves: opening on demand and repair. Only members are sent; a book that is
 * none is not mentioned, so the answer does not tell whether it exists.
 */
import { bytesToId, type BookId } from '#lib/domain/ids.ts';
import { addToDigest, bytesToDigest, EMPTY_DIGEST } from '#lib/entry/digest.ts';
import type { SyncRequest } from '#lib/protocol/messages.ts';
import type { ServerStorage } from '../storage/storage.ts';
import { addBook } from './feed-pages.ts';
import { createPageDraft, type PageFrame, type PageRules } from './page.ts';

type AskedBook = NonNullable<SyncRequest['books']>[number];

export interface WantedBook {
	book: BookId;
	/** First entry to send: what the device holds, when it holds exactly the book's beginning. */
	from: number;
	to: number;
}

/** Which of the asked books the facility may have and does not have whole, and from where. */
export async function selectBooks(
	storage: ServerStorage,
	facility: string,
	asked: AskedBook[]
): Promise<{ wanted: WantedBook[]; refused: BookId[] }> {
	const wanted: WantedBook[] = [];
	const refused: BookId[] = [];
	for (const one of asked) {
		const book = bytesToId<BookId>(one.book);
		const state = await storage.readBookState(book);
		if (state === undefined || !(await storage.isMember(facility, book))) {
			refused.push(book);
			continue;
		}
		const digest = bytesToDigest(one.digest);
		if (state.n === one.n && state.digest === digest) continue;
		const from = await commonBeginning(storage, book, one.n, digest);
		wanted.push({ book, from, to: state.n });
	}
	return { wanted, refused };
}

/** `n` if the book's first n entries have this digest, else 0: then the whole book goes. */
async function commonBeginning(
	storage: ServerStorage,
	book: BookId,
	n: number,
	digest: bigint
): Promise<number> {
	if (n === 0) return 0;
	const first = (await storage.readBook(book)).slice(0, n);
	const sum = first.reduce((so, { id }) => addToDigest(so, id), EMPTY_DIGEST);
	return first.length === n && sum === digest ? n : 0;
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
