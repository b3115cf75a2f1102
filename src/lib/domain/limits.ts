/** Limits that both sides hold, with their unit in the name. */
export const ENTRIES_PER_BOOK_MAX = 10_000;
/** In one Yjs update, as in one push: a larger book is brought as several. */
export const ENTRIES_PER_UPDATE_MAX = 500;
export const SEARCH_HITS_MAX = 50;
