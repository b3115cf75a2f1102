/** A citizen shows a code at a facility: whoever reads it within a quarter of an hour has the book for a day. */
export const VISIT_CODE_MS = 15 * 60_000;
export const VISIT_MS = 24 * 60 * 60_000;
