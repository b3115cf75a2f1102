/** What citizens decided about the purposes of a book. A row is never changed: the database itself refuses it. */
export const migration0012 = `
CREATE TABLE consents (
	number INTEGER PRIMARY KEY,
	at_ms INTEGER NOT NULL,
	book BLOB NOT NULL,
	person BLOB NOT NULL,
	stands TEXT NOT NULL,
	purpose TEXT NOT NULL,
	act TEXT NOT NULL,
	text_from TEXT NOT NULL,
	language TEXT NOT NULL,
	text TEXT NOT NULL,
	has_other INTEGER NOT NULL,
	until TEXT,
	means TEXT NOT NULL
) STRICT;
CREATE INDEX consents_of_book ON consents (book, number);
CREATE TRIGGER consents_stand BEFORE UPDATE ON consents
BEGIN SELECT raise(ABORT, 'a consent is never changed'); END;
`;
