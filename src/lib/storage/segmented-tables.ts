/**
 * The rows of books, found wherever they lie: alone, or together in segments (see segments.ts). This stands above
 * sealing and below all storage logic, so that the logic knows of books only. A book lies in one place: its row
 * wins, and the head of a segment says which books stand in it. What is written again moves out by its head alone,
 * which is small; what has to be gone from the disk is taken out of the segment too.
 */
import type { BookId } from '#lib/domain/ids.ts';
import { metaRowOf } from './meta.ts';
import {
	bodyOf,
	headWithout,
	inSegments,
	newRow,
	newSegment,
	recordsIn,
	rowIn
} from './segments.ts';
import type {
	BookRow,
	BookTable,
	Database,
	DiskDatabase,
	DiskTables,
	NewBook,
	SegmentHeadRow,
	TableName
} from './tables.ts';

/** All heads. Known in memory while the device's `rev` is what it was, as in `held-books.ts`. */
interface Heads {
	bySegment: Map<number, SegmentHeadRow>;
	/** Also of books that moved out and left something behind. */
	segmentOf: Map<BookId, number>;
	next: number;
}

interface KnownHeads {
	rev: number;
	heads: Heads;
}

/** What the transactions of one storage tell each other. */
interface Memory {
	known: KnownHeads | undefined;
}

const ALSO_NEEDED = ['segments', 'segmentHeads', 'meta'] as const;

export function segmentTables(disk: DiskDatabase): Database {
	const memory: Memory = { known: undefined };
	return {
		transact: async (mode, names, body) => {
			let after: KnownHeads | undefined;
			const result = await disk.transact(mode, withSegments(names), async (tables) => {
				const books = new SegmentedBooks(tables, mode, memory);
				const { segments: _segments, segmentHeads: _segmentHeads, ...others } = tables;
				const answer = await body({ ...others, books });
				after = await books.changedHeads();
				return answer;
			});
			// Only now is it on the disk.
			if (after !== undefined) memory.known = after;
			return result;
		},
		close: () => disk.close()
	};
}

function withSegments(names: readonly TableName[]): readonly TableName[] {
	return names.includes('books') ? [...new Set([...names, ...ALSO_NEEDED])] : names;
}

/** `books` of one transaction. */
class SegmentedBooks implements BookTable {
	readonly #tables: DiskTables;
	readonly #mode: 'r' | 'rw';
	readonly #memory: Memory;
	#read: Heads | undefined;
	#isChanged = false;

	constructor(tables: DiskTables, mode: 'r' | 'rw', memory: Memory) {
		this.#tables = tables;
		this.#mode = mode;
		this.#memory = memory;
	}

	async getMany(books: BookId[]): Promise<(BookRow | undefined)[]> {
		const rows = await this.#tables.books.getMany(books);
		if (rows.every((row) => row !== undefined)) return rows;
		const heads = await this.#heads();
		const headOf = (book: BookId): SegmentHeadRow | undefined => standingIn(heads, book);
		const asked = books.map((book, at) => (rows[at] === undefined ? headOf(book) : undefined));
		const records = await this.#recordsOf(asked.flatMap((head) => head?.segment ?? []));
		return books.map((book, at) => {
			const head = asked[at];
			return head === undefined ? rows[at] : rowIn(head, book, () => records(head.segment));
		});
	}

	async keys(): Promise<BookId[]> {
		const [alone, { bySegment }] = await Promise.all([this.#tables.books.keys(), this.#heads()]);
		const books = alone as BookId[];
		for (const head of bySegment.values()) books.push(...head.books);
		return books;
	}

	put(row: BookRow): Promise<void> {
		return this.putMany([row]);
	}

	async putMany(rows: BookRow[]): Promise<void> {
		await this.#tables.books.putMany(rows);
		const heads = await this.#heads();
		const touched = Map.groupBy(rows, ({ book }) => standingIn(heads, book));
		for (const [head, moved] of touched)
			if (head !== undefined)
				await this.#write(
					headWithout(head, new Set(moved.map(({ book }) => book)), { isOld: true })
				);
	}

	async putNew(books: NewBook[], rev: number): Promise<void> {
		const heads = await this.#heads();
		// What a lost row left behind in a segment stays the only thing there of its book.
		const isKnown = ({ book }: NewBook): boolean => heads.segmentOf.has(book);
		const { alone, together } = inSegments(books.filter((one) => !isKnown(one)));
		await this.putMany([...alone, ...books.filter(isKnown)].map((one) => newRow(one, rev)));
		const added = together.map((some, at) => newSegment(heads.next + at, some, rev));
		if (added.length === 0) return;
		this.#change();
		for (const { head } of added) setHead(heads, head);
		await this.#tables.segments.putMany(added.map(({ body }) => body));
		await this.#tables.segmentHeads.putMany(added.map(({ head }) => head));
	}

	/** Nothing is left of these books, also not where they lay before they moved out. */
	async deleteMany(books: BookId[]): Promise<void> {
		await this.#tables.books.deleteMany(books);
		const heads = await this.#heads();
		const gone = Map.groupBy(books, (book) => heads.segmentOf.get(book));
		const touched = [...gone.keys()].filter((segment) => segment !== undefined);
		const records = await this.#recordsOf(touched);
		for (const segment of touched) {
			const head = heads.bySegment.get(segment);
			if (head === undefined) continue;
			const after = headWithout(head, new Set(gone.get(segment)), { isOld: false });
			if (after.books.length > 0) await this.#tables.segments.put(bodyOf(after, records(segment)));
			await this.#write(after);
		}
	}

	/** At the end of the transaction, for the next ones, once this one is on the disk. */
	async changedHeads(): Promise<KnownHeads | undefined> {
		if (this.#read === undefined || !this.#isChanged) return undefined;
		const { rev } = await metaRowOf(this.#tables);
		return { rev, heads: this.#read };
	}

	async #heads(): Promise<Heads> {
		return (this.#read ??= await this.#readNow());
	}

	async #readNow(): Promise<Heads> {
		const { rev } = await metaRowOf(this.#tables);
		const { known } = this.#memory;
		if (known?.rev === rev) return known.heads;
		const heads = headsOf(await this.#tables.segmentHeads.range({}));
		// What a writing transaction reads may be its own and still fail.
		if (this.#mode === 'r') this.#memory.known = { rev, heads };
		return heads;
	}

	async #recordsOf(
		segments: number[]
	): Promise<(segment: number) => ReadonlyMap<BookId, Uint8Array>> {
		const asked = [...new Set(segments)];
		const bodies = asked.length === 0 ? [] : await this.#tables.segments.getMany(asked);
		const bodyOf = new Map(asked.map((segment, at) => [segment, bodies[at]]));
		const opened = new Map<number, ReadonlyMap<BookId, Uint8Array>>();
		return (segment) => {
			const records = opened.get(segment) ?? recordsIn(bodyOf.get(segment));
			opened.set(segment, records);
			return records;
		};
	}

	/** A segment in which no book stands any more goes. */
	async #write(head: SegmentHeadRow): Promise<void> {
		const heads = await this.#heads();
		this.#change();
		forgetHead(heads, head.segment);
		if (head.books.length > 0) {
			setHead(heads, head);
			await this.#tables.segmentHeads.put(head);
			return;
		}
		await this.#tables.segmentHeads.deleteMany([head.segment]);
		await this.#tables.segments.deleteMany([head.segment]);
	}

	/** The heads in memory are those of this transaction from here on, and it may still fail. */
	#change(): void {
		this.#isChanged = true;
		this.#memory.known = undefined;
	}
}

function headsOf(rows: SegmentHeadRow[]): Heads {
	const heads: Heads = { bySegment: new Map(), segmentOf: new Map(), next: 0 };
	for (const head of rows) setHead(heads, head);
	return heads;
}

function setHead(heads: Heads, head: SegmentHeadRow): void {
	const { segment, books, moved } = head;
	heads.bySegment.set(segment, head);
	for (const book of books) heads.segmentOf.set(book, segment);
	for (const book of moved) heads.segmentOf.set(book, segment);
	heads.next = Math.max(heads.next, segment + 1);
}

function forgetHead(heads: Heads, segment: number): void {
	const head = heads.bySegment.get(segment);
	heads.bySegment.delete(segment);
	for (const book of [...(head?.books ?? []), ...(head?.moved ?? [])]) heads.segmentOf.delete(book);
}

/** The head of the segment in which the book stands now. */
function standingIn(heads: Heads, book: BookId): SegmentHeadRow | undefined {
	const head = heads.bySegment.get(heads.segmentOf.get(book) ?? -1);
	return head?.books.includes(book) === true ? head : undefined;
}
