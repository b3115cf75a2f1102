/** The book that the pages under `[book]` share: watched once, by the layout. */
import { createContext } from 'svelte';
import type { BookId } from '#lib/domain/ids.ts';
import type { CommuneEntry } from '#lib/domain/catalogues/kinds.ts';
import type { NameOf } from '#lib/ui/book/words.ts';
import type { OpenedBook, Presence } from '#lib/worker/book-api.ts';

export interface OpenBook {
	readonly id: BookId;
	readonly opened: OpenedBook;
	readonly communes: readonly CommuneEntry[];
	readonly nameOf: NameOf;
	readonly communeName: NameOf;
	/** Who else has it open now. */
	readonly others: readonly Presence[];
}

export const [getOpenBook, setOpenBook] = createContext<OpenBook>();
