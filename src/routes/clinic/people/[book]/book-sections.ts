/** The sections of a book and their addresses. Only sections that work are here. */
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import { bookPath } from '../../paths.ts';

export const BOOK_SECTIONS = ['card', 'timeline', 'measurements', 'facts'] as const;
export type BookSection = (typeof BOOK_SECTIONS)[number];

/** Under this age the doses come first, above it what happened. */
const CARD_FIRST_UNDER_DAYS = 6 * 365;

export function sectionOf(asked: string | null, ageDays: number | undefined): BookSection {
	const known = BOOK_SECTIONS.find((section) => section === asked);
	if (known !== undefined) return known;
	return ageDays !== undefined && ageDays < CARD_FIRST_UNDER_DAYS ? 'card' : 'timeline';
}

/** Under six the card stands first among the sections, else the timeline. */
export function sectionsInOrder(ageDays: number | undefined): BookSection[] {
	const first = sectionOf(null, ageDays);
	return [first, ...BOOK_SECTIONS.filter((section) => section !== first)];
}

export function sectionPath(book: BookId, section: BookSection): string {
	return `${bookPath(book)}?section=${section}`;
}

export type BookForm = 'dose' | 'visit' | 'allergy' | 'referral' | 'facts';

export function formPath(book: BookId, form: BookForm): string {
	return `${bookPath(book)}/${form}`;
}

/** The doses as a page for paper. */
export function printPath(book: BookId): string {
	return `${bookPath(book)}/print`;
}

/** Names the visit that a letter belongs to. */
export const VISIT_PARAMETER = 'visit';

export function referralPath(book: BookId, visit: EntryId): string {
	return `${formPath(book, 'referral')}?${VISIT_PARAMETER}=${visit}`;
}

/** One visit or letter as a page for paper. */
export function printEntryPath(book: BookId, entry: EntryId): string {
	return `${printPath(book)}/${entry}`;
}

/** Names the entry that is to be recorded in another book. */
export const MOVE_PARAMETER = 'move';

/** The book, with the search for the right person open over it. */
export function movePath(book: BookId, entry: EntryId): string {
	return `${sectionPath(book, 'timeline')}&${MOVE_PARAMETER}=${entry}`;
}

/** Two books that may be of one person, side by side. */
export function comparePath(book: BookId, other: BookId): string {
	return `${bookPath(book)}/same/${other}`;
}

/** Names the draft of a colleague in the address of the visit form. */
export const JOIN_PARAMETER = 'with';

export function joinPath(book: BookId, draft: string): string {
	return `${formPath(book, 'visit')}?${JOIN_PARAMETER}=${draft}`;
}

/** The form that corrects one entry. */
export function correctionPath(book: BookId, entry: EntryId): string {
	return `${bookPath(book)}/correct/${entry}`;
}
