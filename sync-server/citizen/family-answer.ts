/** What a phone learns before it asks for books: who it is signed in for, and how far each book stands. */
import { createHash } from 'node:crypto';
import type { BookId } from '#lib/domain/ids.ts';
import { digestOf, digestToBytes } from '#lib/entry/digest.ts';
import { bytesToBase64url } from '#lib/protocol/certificate.ts';
import type { Family } from '#lib/protocol/citizen.ts';
import type { ServerStorage } from '../storage/storage.ts';
import type { CitizenSession } from './citizen-sessions.ts';
import { openFamily, type FamilyDeps, type OpenFamilyBook } from './family-books.ts';

export interface FamilyAnswer {
	body: string;
	/** Changes exactly when the body does. */
	etag: string;
	/** Whose content it tells something of. */
	books: BookId[];
	/** The last entry of each book of which they may read everything: what a phone has that holds this answer. */
	whole: { book: BookId; commit: number }[];
}

export interface FamilyAnswerDeps extends FamilyDeps {
	storage: FamilyDeps['storage'] & Pick<ServerStorage, 'listFacilities' | 'listAccounts'>;
}

export async function answerFamily(
	deps: FamilyAnswerDeps,
	{ person, citizen }: CitizenSession,
	nowMs: number
): Promise<FamilyAnswer> {
	const books = await openFamily(deps, citizen, nowMs);
	const family: Family = {
		person: { id: person, name: citizen.name, birthDate: citizen.birthDate },
		books: books.map(({ book, relation, of, entries }) => ({
			book,
			relation,
			...(of !== undefined && { of }),
			n: entries.length,
			digest: bytesToBase64url(digestToBytes(digestOf(entries.map(({ id }) => id))))
		})),
		names: await namesOf(deps.storage, books)
	};
	const body = JSON.stringify(family);
	const hash = createHash('sha256').update(body).digest('base64url').slice(0, 22);
	return {
		body,
		etag: `"${hash}"`,
		books: books.map(({ book }) => book),
		whole: books.flatMap(lastOfWhole)
	};
}

/** Nothing of a book that is shown in part: what was left out would count as seen. */
function lastOfWhole({ book, relation, entries }: OpenFamilyBook): FamilyAnswer['whole'] {
	const last = entries.at(-1);
	return last === undefined || relation === 'child-from-16' ? [] : [{ book, commit: last.commit }];
}

/** Only of those who wrote in these books: the list of staff is nobody's business. */
async function namesOf(
	storage: FamilyAnswerDeps['storage'],
	books: OpenFamilyBook[]
): Promise<Record<string, string>> {
	const writers = new Set(books.flatMap((book) => [...book.writers]));
	const facilities = (await storage.listFacilities()).map(({ code, name }) => ({
		key: code,
		name
	}));
	const staff = (await storage.listAccounts()).map(({ person, name }) => ({ key: person, name }));
	const met = [...facilities, ...staff].filter(({ key }) => writers.has(key));
	return Object.fromEntries(met.map(({ key, name }) => [key, name]));
}
