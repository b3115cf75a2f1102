/** One page being filled: rows by book, the bytes so far, and what the wire says about them. */
import { idToBytes, type BookId, type EntryId } from '#lib/domain/ids.ts';
import { PAGE_BYTES_TARGET } from '#lib/protocol/limits.ts';
import type { Frame, PageRow } from '#lib/protocol/messages.ts';
import { pageIdsDigest } from '#lib/protocol/wire.ts';
import type { LogEntry } from '../storage/storage.ts';
import type { Damage } from './damage.ts';

type BookRow = Extract<PageRow, { book: Uint8Array }>;
export type PageFrame = Extract<Frame, { frame: 'page' }>;

export interface PageDraft {
	/** Adds entries of a book. Left out are those the device has in hand, and damaged ones. */
	add(book: BookId, entries: LogEntry[]): void;
	leave(book: BookId): void;
	bytes(): number;
	isFull(): boolean;
	hasRows(): boolean;
	toFrame(last: { token?: Uint8Array; booksLeft?: number }): PageFrame;
}

export interface PageRules {
	/** Ids that this request pushed: the device has them in hand. */
	held: ReadonlySet<EntryId>;
	/** Books of which this answer has said `leave`: what the device had of them in hand it drops there. */
	left: Set<BookId>;
	/** Entries above this commit travel with their signature. */
	confirmed: number;
	damage: Pick<Damage, 'isSound'>;
}

export function createPageDraft({ held, left, confirmed, damage }: PageRules): PageDraft {
	const rows: PageRow[] = [];
	/** The row that a book's entries still go into; a `leave` closes it. */
	const openRows = new Map<BookId, BookRow>();
	/** In the order of the rows, not of arrival: `ids` is defined over the rows. */
	const idsByRow = new Map<BookRow, Uint8Array[]>();
	let bytes = 0;

	function rowOf(book: BookId): BookRow {
		const open = openRows.get(book);
		if (open !== undefined) return open;
		const row: BookRow = { book: idToBytes(book), entries: [] };
		rows.push(row);
		openRows.set(book, row);
		idsByRow.set(row, []);
		return row;
	}

	return {
		add(book, entries) {
			for (const entry of entries) {
				bytes += entry.bytes.length;
				const isInHand = held.has(entry.id) && !left.has(book);
				if (isInHand || !damage.isSound(book, entry)) continue;
				const row = rowOf(book);
				const at = row.entries.push(entry.bytes) - 1;
				idsByRow.get(row)?.push(idToBytes(entry.id));
				if (entry.commit <= confirmed) continue;
				row.recent ??= [];
				row.recent.push({ at, commit: entry.commit, signature: entry.signature });
			}
		},
		leave(book) {
			left.add(book);
			openRows.delete(book);
			rows.push({ leave: idToBytes(book) });
		},
		bytes: () => bytes,
		isFull: () => bytes >= PAGE_BYTES_TARGET,
		hasRows: () => rows.length > 0,
		toFrame(last) {
			const ids = pageIdsDigest([...idsByRow.values()].flat());
			return { frame: 'page', rows, ids, ...last };
		}
	};
}
