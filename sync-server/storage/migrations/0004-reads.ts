/**
 * How far the feeds were read, and the books by citizens: the furthest place each, and when it was first known.
 * Of citizens there is one row for a book, whoever read it.
 */
export const migration0004 = `
CREATE TABLE feed_reads (
	feed INTEGER PRIMARY KEY,
	seq INTEGER NOT NULL,
	at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE citizen_reads (
	book INTEGER PRIMARY KEY,
	commit_number INTEGER NOT NULL,
	at_ms INTEGER NOT NULL
) STRICT;
`;
