/**
 * The list of people: packed pages of about 400, read whole at unlock, and above them one delta row for
 * each person changed since the last fold. A book stands in at most one page.
 */
import type { BookId } from '#lib/domain/ids.ts';
import { eachBook } from './held.ts';
import { NOTHING_PACKED, pack, unpack, type Packable } from './packing.ts';
import type { PersonRow } from './port.ts';
import type { Database, PeoplePageRow, PersonDelta, Tables } from './tables.ts';

export const PEOPLE_PER_PAGE = 400;
/** From here on new people become a page at once instead of deltas that must be folded. */
const NEW_PEOPLE_FOR_PAGE = 100;

type PersonRecord = Packable<BookId>;

/**
 * Pages at one moment, newest row of each person. Who stood in a page that a broken disk cut comes too, last
 * and with nothing as the summary: it is computed again from the book.
 */
export async function* readPeople(database: Database): AsyncGenerator<PersonRow[]> {
	const { pages, deltas } = await readAll(database);
	const listed = new Set(deltas.map(({ book }) => book));
	let isDamaged = false;
	for (const page of pages) {
		const records = readPage(page);
		isDamaged ||= records === undefined;
		yield (records ?? []).flatMap(({ id, bytes }) => {
			if (listed.has(id)) return [];
			listed.add(id);
			return [{ book: id, summary: bytes }];
		});
	}
	yield deltas.flatMap(({ book, summary }) => (summary === undefined ? [] : [{ book, summary }]));
	if (isDamaged) yield await readUnlisted(database, listed);
}

function readUnlisted(database: Database, listed: ReadonlySet<BookId>): Promise<PersonRow[]> {
	return database.transact('r', ['books'], async (tables) => {
		const unlisted: PersonRow[] = [];
		await eachBook(tables, async (books) => {
			for (const book of books)
				if (!listed.has(book)) unlisted.push({ book, summary: NOTHING_PACKED });
		});
		return unlisted;
	});
}

/** Nothing when the page was cut or altered. */
function readPage({ packed }: PeoplePageRow): PersonRecord[] | undefined {
	try {
		return unpack<BookId>(packed);
	} catch (error) {
		if (error instanceof RangeError) return undefined;
		throw error;
	}
}

function readAll(database: Database): Promise<{ pages: PeoplePageRow[]; deltas: PersonDelta[] }> {
	return database.transact('r', ['people', 'deltas'], async ({ people, deltas }) => ({
		pages: await people.range({}),
		deltas: await deltas.range({})
	}));
}

/** People of books that this device did not have. One who left before may still stand in an old page
 * under a delta, and becomes a delta again. */
export async function putNewPeople(tables: Tables, rows: PersonRow[]): Promise<void> {
	// Few, and asked for at once: not for each person of a first sync.
	const inDeltas = new Set(rows.length === 0 ? [] : await tables.deltas.keys());
	const forPage = rows.filter(({ book }) => !inDeltas.has(book));
	if (forPage.length < NEW_PEOPLE_FOR_PAGE) {
		await tables.deltas.putMany(rows.map(deltaOf));
		return;
	}
	await tables.deltas.putMany(rows.filter(({ book }) => inDeltas.has(book)).map(deltaOf));
	const next = await nextPageNumber(tables);
	const records = forPage.map(({ book, summary }) => ({ id: book, bytes: summary }));
	await tables.people.putMany(
		inChunks(records, PEOPLE_PER_PAGE).map((chunk, at) => newPage(next + at, chunk))
	);
}

function deltaOf({ book, summary }: PersonRow): PersonDelta {
	return { book, summary };
}

async function nextPageNumber({ people }: Pick<Tables, 'people'>): Promise<number> {
	const [last] = await people.range({ isNewestFirst: true, limit: 1 });
	return last === undefined ? 0 : last.page + 1;
}

function newPage(page: number, records: PersonRecord[]): PeoplePageRow {
	return { page, rev: 0, packed: pack(records) };
}

/** Merges the deltas into the pages. Answers false when a page moved meanwhile and nothing was written. */
export async function foldPeople(database: Database): Promise<boolean> {
	const { pages, deltas } = await readAll(database);
	if (deltas.length === 0) return true;
	const folded = foldIntoPages(pages, deltas);
	const before = new Map(pages.map((page) => [page.page, page]));
	return database.transact('rw', ['people', 'deltas'], async (tables) => {
		const touched = [...folded.put.map(({ page }) => page), ...folded.remove];
		const now = await tables.people.getMany(touched);
		if (now.some((row, at) => row?.rev !== before.get(touched[at] ?? -1)?.rev)) return false;
		await tables.people.putMany(folded.put);
		await tables.people.deleteMany(folded.remove);
		const current = await tables.deltas.getMany(deltas.map(({ book }) => book));
		const done = deltas.filter((delta, at) => isSameDelta(delta, current[at]));
		await tables.deltas.deleteMany(done.map(({ book }) => book));
		return true;
	});
}

/** A delta written since it was read stays: it is newer than the page. */
function isSameDelta(a: PersonDelta, b: PersonDelta | undefined): boolean {
	if (b === undefined) return false;
	if (a.summary === undefined || b.summary === undefined) return a.summary === b.summary;
	const other = b.summary;
	return a.summary.length === other.length && a.summary.every((byte, at) => byte === other[at]);
}

/** Which pages to write and which to remove so that no delta is needed any more. A page that cannot be read
 * stays as it is, which says on every start that people are missing. */
export function foldIntoPages(
	pages: PeoplePageRow[],
	deltas: PersonDelta[]
): { put: PeoplePageRow[]; remove: number[] } {
	const newest = new Map(deltas.map((delta) => [delta.book, delta.summary]));
	const placed = new Set<BookId>();
	const changed = pages.flatMap((page) => replaceInPage(page, newest, placed));
	const missing = deltas.flatMap(({ book, summary }) =>
		summary === undefined || placed.has(book) ? [] : [{ id: book, bytes: summary }]
	);
	const last = pages.at(-1);
	const put = [...changed, ...appendPeople(changed, last, missing)];
	const byNumber = new Map(put.map((page) => [page.page, page]));
	const rows = [...byNumber.values()];
	return {
		put: rows.filter(({ packed }) => packed.length > 0),
		remove: rows.filter(({ packed }) => packed.length === 0).map(({ page }) => page)
	};
}

function replaceInPage(
	page: PeoplePageRow,
	newest: Map<BookId, Uint8Array | undefined>,
	placed: Set<BookId>
): PeoplePageRow[] {
	const records = readPage(page);
	if (records?.some(({ id }) => newest.has(id)) !== true) return [];
	const replaced = records.flatMap((record) => {
		placed.add(record.id);
		if (!newest.has(record.id)) return [record];
		const bytes = newest.get(record.id);
		return bytes === undefined ? [] : [{ id: record.id, bytes }];
	});
	return [{ page: page.page, rev: page.rev + 1, packed: pack(replaced) }];
}

/** New people fill the last page first. */
function appendPeople(
	changed: PeoplePageRow[],
	last: PeoplePageRow | undefined,
	missing: PersonRecord[]
): PeoplePageRow[] {
	if (missing.length === 0) return [];
	if (last === undefined)
		return inChunks(missing, PEOPLE_PER_PAGE).map((chunk, at) => newPage(at, chunk));
	const rewritten = changed.find(({ page }) => page === last.page);
	const records = readPage(rewritten ?? last);
	if (records === undefined)
		return inChunks(missing, PEOPLE_PER_PAGE).map((chunk, at) =>
			newPage(last.page + 1 + at, chunk)
		);
	const room = Math.max(0, PEOPLE_PER_PAGE - records.length);
	const filled = pack([...records, ...missing.slice(0, room)]);
	const rest = inChunks(missing.slice(room), PEOPLE_PER_PAGE);
	return [
		{ page: last.page, rev: last.rev + 1, packed: filled },
		...rest.map((chunk, at) => newPage(last.page + 1 + at, chunk))
	];
}

function inChunks<T>(items: T[], size: number): T[][] {
	const chunks: T[][] = [];
	for (let at = 0; at < items.length; at += size) chunks.push(items.slice(at, at + size));
	return chunks;
}
