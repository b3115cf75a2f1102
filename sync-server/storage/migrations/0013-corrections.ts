/** What citizens say is wrong in their books, and what they were answered: rows that the database lets nobody change. */
export const migration0013 = `
CREATE TABLE correction_requests (
	number INTEGER PRIMARY KEY,
	at_ms INTEGER NOT NULL,
	book BLOB NOT NULL,
	entry BLOB NOT NULL,
	facility TEXT NOT NULL,
	person BLOB NOT NULL,
	stands TEXT NOT NULL,
	words TEXT NOT NULL,
	due TEXT NOT NULL,
	commit_number INTEGER NOT NULL
) STRICT;
CREATE INDEX correction_requests_of_book ON correction_requests (book, number);
CREATE INDEX correction_requests_at ON correction_requests (facility, due, number);
CREATE TABLE correction_answers (
	request INTEGER PRIMARY KEY,
	at_ms INTEGER NOT NULL,
	outcome TEXT NOT NULL,
	person BLOB NOT NULL,
	entry BLOB,
	reason TEXT NOT NULL
) STRICT;
CREATE TRIGGER correction_requests_stand BEFORE UPDATE ON correction_requests
BEGIN SELECT raise(ABORT, 'a request is never changed'); END;
CREATE TRIGGER correction_answers_stand BEFORE UPDATE ON correction_answers
BEGIN SELECT raise(ABORT, 'an answer is never changed'); END;
`;
