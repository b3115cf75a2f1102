/**
 * How far citizens have their books: a phone that asks with the name of an answer holds all that the answer stands
 * for. Which phone, and how often it asks, is not kept.
 */
import type { BookId } from '#lib/domain/ids.ts';
import { StorageFailure, type ServerStorage } from '../storage/storage.ts';

const BOOKS_REMEMBERED_MAX = 20_000;

export type NoteCitizenRead = (
	books: { book: BookId; commit: number }[],
	nowMs: number
) => Promise<void>;

/** Written once for each step on; a store that cannot take it keeps nobody from reading. */
export function createCitizenReads(
	storage: Pick<ServerStorage, 'noteCitizenRead'>
): NoteCitizenRead {
	const noted = new Map<BookId, number>();
	return async (books, nowMs) => {
		const further = books.filter(({ book, commit }) => commit > (noted.get(book) ?? 0));
		if (further.length === 0) return;
		try {
			await storage.noteCitizenRead(further, nowMs);
		} catch (error) {
			if (!(error instanceof StorageFailure)) throw error;
			return;
		}
		if (noted.size > BOOKS_REMEMBERED_MAX) noted.clear();
		for (const { book, commit } of further) noted.set(book, commit);
	};
}
