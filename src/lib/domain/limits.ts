/** Limits that both sides hold, with their unit in the name. */
export const ENTRIES_PER_BOOK_MAX = 10_000;
export const SEARCH_HITS_MAX = 50;
