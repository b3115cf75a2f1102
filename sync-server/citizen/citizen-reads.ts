/**
 * How far citizens have their books, where the family agrees that facilities know: a phone that asks with the name of
 * an answer holds all that the answer stands for. Which phone, and how often it asks, is not kept.
 */
import { READ_RECEIPT } from '#lib/domain/catalogues/data/consent-purposes.ts';
import type { BookId } from '#lib/domain/ids.ts';
import { StorageFailure, type ServerStorage } from '../storage/storage.ts';
import { agreesTo } from './consents.ts';

const BOOKS_REMEMBERED_MAX = 20_000;

export type NoteCitizenRead = (
	books: { book: BookId; commit: number }[],
	nowMs: number
) => Promise<void>;

/** Written once for each step on; a store that cannot take it keeps nobody from reading. */
export function createCitizenReads(
	storage: Pick<ServerStorage, 'noteCitizenRead' | 'listConsents'>
): NoteCitizenRead {
	const noted = new Map<BookId, number>();
	return async (books, nowMs) => {
		const unknown = books.filter(({ book, commit }) => commit > (noted.get(book) ?? 0));
		if (unknown.length === 0) return;
		let further: typeof unknown;
		try {
			const asked = unknown.map(({ book }) => agreesTo(storage, READ_RECEIPT, book, nowMs));
			const agreed = await Promise.all(asked);
			further = unknown.filter((_one, at) => agreed[at] === true);
			if (further.length > 0) await storage.noteCitizenRead(further, nowMs);
		} catch (error) {
			if (!(error instanceof StorageFailure)) throw error;
			return;
		}
		if (noted.size > BOOKS_REMEMBERED_MAX) noted.clear();
		for (const { book, commit } of further) noted.set(book, commit);
	};
}
