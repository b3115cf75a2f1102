/**
 * What others did with something of whoever is signed in, since they last looked at the book: read from the books
 * they looked at last, nothing is kept beside them but what was marked as seen. And which returned entries of theirs
 * the server has taken after all: of these the device notes the ids while they are returned.
 */
import { z } from 'zod';
import { answersIn, type Answer } from '#lib/domain/projections/answers.ts';
import type { BookEntry } from '#lib/domain/book/book-entry.ts';
import type { BookId, EntryId, PersonId } from '#lib/domain/ids.ts';
import { readStoredEntry } from '#lib/entry/stored-entry.ts';
import { StorageFailed, type BookStorage, type StoredBook } from '#lib/storage/port.ts';
import type { UseCaseDeps } from './deps.ts';
import { readLooks, type SeenOf } from './look-at-book.ts';
import { readNames, type Names } from './read-names.ts';

export type AnswerLine = (Answer | Taken) & { book: BookId; personName: string };

/** The server has an entry of theirs that it had returned. */
interface Taken {
	type: 'taken';
	id: EntryId;
	kind: string;
}

/** With the names met in them. */
export interface Answers extends Names {
	lines: AnswerLine[];
}

const BOOKS_MAX = 100;
const LINES_MAX = 100;
const OUTBOX_ROWS_MAX = 5_000;
const SEEN_ROW_PREFIX = 'answers-seen.';
const SEEN_MAX = 500;
const RETURNED_ROW = 'returned';

const idsSchema = z.array(z.string().max(30)).max(SEEN_MAX);
const returnedSchema = z
	.array(z.strictObject({ id: z.string().max(30), book: z.string().max(30) }))
	.max(SEEN_MAX);
type Returned = z.infer<typeof returnedSchema>;

/** Nothing while nobody is signed in. */
export async function listAnswers(deps: UseCaseDeps): Promise<Answers | undefined> {
	const person = deps.vault.session()?.staff.person;
	if (person === undefined) return undefined;
	const { storage } = deps;
	const looks = (await readLooks(storage, person)).slice(0, BOOKS_MAX);
	const returned = await followReturned(storage);
	const seen = new Set(await readIds(storage, person));
	const wanted = new Set([...looks, ...returned].map(({ book }) => book as BookId));
	const books = await storage.readBooks([...wanted].slice(0, 2 * BOOKS_MAX));
	const all = books.map((book) => ({
		book: book.book,
		entries: entriesOf(book, looks, returned)
	}));
	const lines = all.flatMap(({ book, entries }) =>
		[...takenIn(entries, person, returned), ...newIn(book, entries, person, looks)]
			.filter(({ id }) => !seen.has(id))
			.map((line) => ({ ...line, book, personName: deps.people.get(book)?.names[0] ?? '' }))
	);
	const names = await readNames(
		deps,
		all.flatMap(({ entries }) => entries)
	);
	// Locked while it was computed: what was read must not leave the worker.
	if (deps.vault.session()?.staff.person !== person) return undefined;
	return { lines: lines.slice(0, LINES_MAX), ...names };
}

/** Only a book in which something is new is read. */
function entriesOf(
	{ book, entries }: StoredBook,
	looks: readonly SeenOf[],
	returned: Returned
): BookEntry[] {
	const look = looks.find((one) => one.book === book);
	const isWanted =
		returned.some((one) => one.book === book) ||
		(look !== undefined && entries.some(({ id }) => !look.hasSeen(id)));
	return isWanted ? entries.map((entry) => readStoredEntry(book, entry)) : [];
}

function newIn(
	book: BookId,
	entries: readonly BookEntry[],
	person: PersonId,
	looks: readonly SeenOf[]
): Answer[] {
	const look = looks.find((one) => one.book === book);
	return look === undefined ? [] : answersIn(entries, person, (id) => !look.hasSeen(id));
}

function takenIn(entries: readonly BookEntry[], person: PersonId, returned: Returned): Taken[] {
	const ids = new Set(returned.map(({ id }) => id));
	return entries
		.filter(({ id, envelope }) => ids.has(id) && envelope.author.person === person)
		.map(({ id, envelope }) => ({ type: 'taken', id, kind: envelope.kind }));
}

/** Those that were returned and are not in the outbox any more; notes those that are returned now. */
async function followReturned(storage: BookStorage): Promise<Returned> {
	const before = await readRow(storage, RETURNED_ROW, returnedSchema);
	const outbox = await storage.listOutbox(OUTBOX_ROWS_MAX);
	const refused = outbox.filter(({ state }) => state === 'refused');
	const known = new Set(before.map(({ id }) => id));
	const added = refused.filter(({ id }) => !known.has(id)).map(({ id, book }) => ({ id, book }));
	if (added.length > 0) await write(storage, RETURNED_ROW, [...before, ...added].slice(-SEEN_MAX));
	const waiting = new Set<string>(outbox.map(({ id }) => id));
	return before.filter(({ id }) => !waiting.has(id));
}

export async function markAnswersSeen(deps: UseCaseDeps, ids: EntryId[]): Promise<void> {
	const person = deps.vault.session()?.staff.person;
	if (person === undefined) return;
	const before = await readIds(deps.storage, person);
	const all = [...new Set([...before, ...ids])].slice(-SEEN_MAX);
	await write(deps.storage, SEEN_ROW_PREFIX + person, all);
	const returned = await readRow(deps.storage, RETURNED_ROW, returnedSchema);
	const others = returned.filter(({ id }) => !ids.some((one) => one === id));
	if (others.length < returned.length) await write(deps.storage, RETURNED_ROW, others);
}

async function readIds(storage: BookStorage, person: PersonId): Promise<string[]> {
	return readRow(storage, SEEN_ROW_PREFIX + person, idsSchema);
}

/** A row that a broken disk altered says nothing. */
async function readRow<T>(
	storage: Pick<BookStorage, 'readKey'>,
	id: string,
	schema: z.ZodType<T[]>
): Promise<T[]> {
	return schema.safeParse((await storage.readKey(id))?.value).data ?? [];
}

async function write(
	storage: Pick<BookStorage, 'writeKey'>,
	id: string,
	value: unknown
): Promise<void> {
	try {
		await storage.writeKey({ id, value });
	} catch (error) {
		// A full tablet: it is told once more.
		if (!(error instanceof StorageFailed)) throw error;
	}
}
