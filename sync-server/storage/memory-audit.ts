/** The audit and its tree in memory. */
import type { BookId } from '#lib/domain/ids.ts';
import { hashLeaf, nodesCompletedBy, type TreeNode } from '#lib/entry/merkle.ts';
import { leafOf, newSalt, reachOf, saltOfRow, saltSubjectOf } from './audit-leaf.ts';
import type { Access, AuditRow, AuditTree, FoldResult } from './storage.ts';

/** What the rest of the state knows of rows that name no book. */
export interface AuditReachReader {
	booksOfFeed(facility: string, after: number, to: number): Iterable<BookId>;
	booksAt(facility: string, head: number): Iterable<BookId>;
}

export class MemoryAudit {
	readonly rows: AuditRow[] = [];
	readonly #epochs: AuditTree['epochs'] = [];
	readonly #salts = new Map<string, Uint8Array>();
	readonly #nodes = new Map<string, Uint8Array>();
	readonly #numbersByBook = new Map<BookId, number[]>();
	/** By number of the push. */
	readonly #written = new Map<number, BookId[]>();
	#size = 0;

	beginEpoch(epoch: Uint8Array): void {
		this.#epochs.push({ epoch, rows: this.rows.length });
	}

	addPush(row: AuditRow, books: BookId[]): void {
		this.#written.set(this.rows.push(row), books);
	}

	fold(rowsMax: number, seed: Uint8Array, reach: AuditReachReader): void {
		for (const row of this.rows.slice(this.#size, this.#size + rowsMax)) {
			this.#size += 1;
			const leaf = leafOf(row, this.#size, this.#saltOf(row, seed));
			for (const { node, hash } of nodesCompletedBy(this.#size - 1, hashLeaf(leaf), this.node))
				this.#nodes.set(keyOf(node), hash);
			for (const book of new Set(this.#booksOf(row, this.#size, reach)))
				this.#numbersByBook.set(book, [...(this.#numbersByBook.get(book) ?? []), this.#size]);
		}
	}

	foldResult(): FoldResult {
		const size = this.#size;
		return { type: 'folded', size, isComplete: size === this.rows.length };
	}

	tree(): AuditTree {
		return { size: this.#size, epochs: [...this.#epochs] };
	}

	readonly node = (node: TreeNode): Uint8Array => {
		const hash = this.#nodes.get(keyOf(node));
		if (hash === undefined) throw new RangeError(`the tree has no node ${keyOf(node)}`);
		return hash;
	};

	accesses(book: BookId, before: number, limit: number): Access[] {
		const numbers = (this.#numbersByBook.get(book) ?? []).filter((number) => number < before);
		return numbers
			.slice(-limit)
			.reverse()
			.flatMap((number) => {
				const row = this.rows[number - 1];
				const salt = row && this.#salts.get(saltSubjectOf(row));
				if (row === undefined || salt === undefined) return [];
				return [{ number, row, salt: saltOfRow(salt, number) }];
			});
	}

	*#booksOf(row: AuditRow, number: number, reader: AuditReachReader): Iterable<BookId> {
		if (row.book !== undefined) yield row.book;
		yield* this.#written.get(number) ?? [];
		const reach = reachOf(row);
		if (reach?.type !== 'feed' || row.facility === undefined) return;
		if (reach.isSnapshot) yield* reader.booksAt(row.facility, reach.to);
		else yield* reader.booksOfFeed(row.facility, reach.after, reach.to);
	}

	#saltOf(row: AuditRow, seed: Uint8Array): Uint8Array {
		const subject = saltSubjectOf(row);
		const salt = this.#salts.get(subject) ?? newSalt(seed, subject);
		this.#salts.set(subject, salt);
		return salt;
	}
}

function keyOf({ level, place }: TreeNode): string {
	return `${level}/${place}`;
}
