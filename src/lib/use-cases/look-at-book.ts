/**
 * What a practitioner has seen of a book on this tablet, so that what came since is marked. Only the beginnings
 * of entry ids are kept, and only of the books looked at last: a mark is a help, nothing depends on it.
 */
import { z } from 'zod';
import type { BookEntry } from '#lib/domain/book/book-entry.ts';
import type { BookId, EntryId, PersonId } from '#lib/domain/ids.ts';
import { StorageFailed, type BookStorage } from '#lib/storage/port.ts';

const ROW_PREFIX = 'looked.';
/** 36 bits of an id: two of one book do not meet. */
const LETTERS_PER_ENTRY = 6;
const BOOKS_KEPT_MAX = 300;
const ENTRIES_KEPT_MAX = 500;

const lookedSchema = z
	.array(z.strictObject({ book: z.string().max(30), seen: z.string().max(10_000) }))
	.max(BOOKS_KEPT_MAX);
type Looked = z.infer<typeof lookedSchema>;

/** One look at a book, for as long as it is open. */
export interface Look {
	/** Entries of others that came since this person last looked; at the first look none. What was new when the
	 * look began stays new until it ends. */
	newIn(entries: readonly BookEntry[]): Promise<EntryId[]>;
	/** What was shown is seen from now on, unless it was only passed by. */
	end(): Promise<void>;
}

/** A page that is left again at once was not looked at. */
const LOOK_MS_MIN = 1_000;

export interface LookDeps {
	storage: Pick<BookStorage, 'readKey' | 'writeKey'>;
	clock: { nowMs(): number };
}

export function createLook({ storage, clock }: LookDeps, person: PersonId, book: BookId): Look {
	const row = ROW_PREFIX + person;
	const startedMs = clock.nowMs();
	let before: Promise<Set<string> | undefined> | undefined;
	let shown: string[] | undefined;
	return {
		async newIn(entries) {
			const seen = await (before ??= readSeen(storage, row, book));
			shown = entries.map(({ id }) => beginningOf(id));
			if (seen === undefined) return [];
			return entries
				.filter(
					({ id, envelope }) => envelope.author.person !== person && !seen.has(beginningOf(id))
				)
				.map(({ id }) => id);
		},
		async end() {
			if (shown === undefined || clock.nowMs() - startedMs < LOOK_MS_MIN) return;
			await keepSeen(storage, row, { book, seen: shown });
		}
	};
}

/** What somebody has seen of a book. */
export interface SeenOf {
	book: BookId;
	hasSeen(id: EntryId): boolean;
}

/** Of the books they looked at last, the last one first. */
export async function readLooks(
	storage: Pick<BookStorage, 'readKey'>,
	person: PersonId
): Promise<SeenOf[]> {
	const looked = await readLooked(storage, ROW_PREFIX + person);
	return looked.map(({ book, seen }) => {
		const beginnings = beginningsIn(seen);
		return { book: book as BookId, hasSeen: (id) => beginnings.has(beginningOf(id)) };
	});
}

function beginningsIn(seen: string): Set<string> {
	return new Set(seen.match(new RegExp(`.{${LETTERS_PER_ENTRY}}`, 'g')) ?? []);
}

async function readSeen(
	storage: Pick<BookStorage, 'readKey'>,
	row: string,
	book: BookId
): Promise<Set<string> | undefined> {
	const known = (await readLooked(storage, row)).find((one) => one.book === book);
	return known && beginningsIn(known.seen);
}

/** A row that a broken disk altered says nothing: everybody looks for the first time again. */
async function readLooked(storage: Pick<BookStorage, 'readKey'>, row: string): Promise<Looked> {
	const parsed = lookedSchema.safeParse((await storage.readKey(row))?.value);
	return parsed.success ? parsed.data : [];
}

async function keepSeen(
	storage: Pick<BookStorage, 'readKey' | 'writeKey'>,
	row: string,
	{ book, seen }: { book: BookId; seen: string[] }
): Promise<void> {
	try {
		const looked = await readLooked(storage, row);
		const now = { book, seen: seen.slice(-ENTRIES_KEPT_MAX).join('') };
		const others = looked.filter((one) => one.book !== book);
		await storage.writeKey({ id: row, value: [now, ...others].slice(0, BOOKS_KEPT_MAX) });
	} catch (error) {
		// A full tablet, or one that is just being closed: it is new once more.
		if (!(error instanceof StorageFailed)) throw error;
	}
}

function beginningOf(id: EntryId): string {
	return id.slice(0, LETTERS_PER_ENTRY);
}
