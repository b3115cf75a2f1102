/** Addresses of a citizen's pages. They hold ids only: a name would stay in the browser's history. */
import type { BookId, EntryId } from '#lib/domain/ids.ts';

export const CITIZEN_PATH = '/citizen';
export const SETTINGS_PATH = '/citizen/settings';
export const ACCESSES_PATH = '/citizen/accesses';
export const CONSENTS_PATH = '/citizen/consents';
export const SECTION_PARAMETER = 'section';

export const SECTIONS = ['doses', 'growth', 'visits', 'medicines', 'allergies'] as const;
export type Section = (typeof SECTIONS)[number];

export function memberPath(book: BookId, section?: Section): string {
	const query = section === undefined ? '' : `?${SECTION_PARAMETER}=${section}`;
	return `${CITIZEN_PATH}/book/${book}${query}`;
}

/** Who opened the book. */
export function accessesPath(book: BookId): string {
	return `${CITIZEN_PATH}/book/${book}/accesses`;
}

/** What the book may be used for. */
export function consentsPath(book: BookId): string {
	return `${CITIZEN_PATH}/book/${book}/consents`;
}

/** To say that something in the book is wrong; with an entry, about that one. */
export function wrongPath(book: BookId, entry?: EntryId): string {
	const about = entry === undefined ? '' : `/${entry}`;
	return `${CITIZEN_PATH}/book/${book}/wrong${about}`;
}

/** A code with which a facility sees the book. */
export function showPath(book: BookId): string {
	return `${CITIZEN_PATH}/book/${book}/show`;
}

export function referralPath(book: BookId, letter: EntryId): string {
	return `${CITIZEN_PATH}/book/${book}/referral/${letter}`;
}

export function visitPath(book: BookId, visit: EntryId): string {
	return `${CITIZEN_PATH}/book/${book}/visit/${visit}`;
}
