/**
 * The first shape of the store. `entries` is an append log in the order of the commit numbers;
 * `entry_clients` is the narrow index: the first 53 bits of an id, which are unique within a book and
 * are the entry's Yjs client id. Books and feeds have small numbers, so that a feed row is integers only.
 */
export const migration0001 = `
CREATE TABLE store (
	one INTEGER PRIMARY KEY CHECK (one = 1),
	confirmed INTEGER NOT NULL
) STRICT;
INSERT INTO store VALUES (1, 0);

CREATE TABLE epochs (
	number INTEGER PRIMARY KEY,
	epoch BLOB NOT NULL UNIQUE,
	commit_number INTEGER NOT NULL,
	began_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE entries (
	commit_number INTEGER PRIMARY KEY,
	book INTEGER NOT NULL,
	id BLOB NOT NULL,
	bytes BLOB NOT NULL,
	signature BLOB NOT NULL,
	facility INTEGER,
	received_ms INTEGER NOT NULL,
	flags TEXT
) STRICT;

CREATE TABLE entry_clients (
	book INTEGER NOT NULL,
	client INTEGER NOT NULL,
	commit_number INTEGER NOT NULL,
	PRIMARY KEY (book, client)
) STRICT, WITHOUT ROWID;

CREATE TABLE books (
	number INTEGER PRIMARY KEY,
	id BLOB NOT NULL UNIQUE,
	n INTEGER NOT NULL,
	digest BLOB NOT NULL
) STRICT;

CREATE TABLE feeds (
	number INTEGER PRIMARY KEY,
	facility TEXT NOT NULL UNIQUE,
	head INTEGER NOT NULL,
	books INTEGER NOT NULL,
	digest BLOB NOT NULL
) STRICT;

-- type: 0 entry, 1 join, 2 leave. entry: for an entry its commit number, otherwise the last commit
-- number of the log when the row was written; so it never falls from one row of a feed to the next.
CREATE TABLE feed (
	feed INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	type INTEGER NOT NULL,
	book INTEGER NOT NULL,
	entry INTEGER NOT NULL,
	PRIMARY KEY (feed, seq)
) STRICT, WITHOUT ROWID;

-- From which row to which row of the feed a book belonged to it.
CREATE TABLE feed_books (
	feed INTEGER NOT NULL,
	book_id BLOB NOT NULL,
	joined_seq INTEGER NOT NULL,
	left_seq INTEGER,
	book INTEGER NOT NULL,
	PRIMARY KEY (feed, book_id, joined_seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE memberships (
	number INTEGER PRIMARY KEY,
	book INTEGER NOT NULL,
	feed INTEGER NOT NULL,
	reason TEXT NOT NULL,
	begin_ms INTEGER NOT NULL,
	end_ms INTEGER
) STRICT;
CREATE UNIQUE INDEX memberships_in_force ON memberships (book, feed, reason) WHERE end_ms IS NULL;

CREATE TABLE duties (
	station TEXT NOT NULL,
	hospital TEXT NOT NULL,
	PRIMARY KEY (station, hospital)
) STRICT, WITHOUT ROWID;

CREATE TABLE lookups (
	key TEXT NOT NULL,
	book INTEGER NOT NULL,
	PRIMARY KEY (key, book)
) STRICT, WITHOUT ROWID;

CREATE TABLE quarantine (
	number INTEGER PRIMARY KEY,
	owner TEXT NOT NULL,
	at_ms INTEGER NOT NULL,
	device BLOB,
	facility TEXT,
	id BLOB NOT NULL,
	bytes BLOB NOT NULL,
	signature BLOB NOT NULL,
	code TEXT NOT NULL,
	path TEXT,
	UNIQUE (owner, id, code)
) STRICT;

CREATE TABLE quarantine_use (
	owner TEXT PRIMARY KEY,
	kept INTEGER NOT NULL,
	kept_bytes INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
	number INTEGER PRIMARY KEY,
	at_ms INTEGER NOT NULL,
	action TEXT NOT NULL,
	device BLOB,
	person BLOB,
	facility TEXT,
	book BLOB,
	detail TEXT NOT NULL
) STRICT;
CREATE INDEX audit_of_book ON audit (book, number) WHERE book IS NOT NULL;

CREATE TABLE facilities (
	code TEXT PRIMARY KEY,
	name TEXT NOT NULL,
	kind TEXT NOT NULL,
	commune TEXT NOT NULL,
	short_code TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE accounts (
	person BLOB PRIMARY KEY,
	login TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	role TEXT NOT NULL,
	facility TEXT NOT NULL,
	pin_hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE devices (
	device BLOB PRIMARY KEY,
	number INTEGER NOT NULL,
	facility TEXT NOT NULL,
	key BLOB NOT NULL,
	created_ms INTEGER NOT NULL,
	journal_n INTEGER,
	journal_link BLOB,
	is_blocked INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE device_numbers (
	facility TEXT PRIMARY KEY,
	last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE person_keys (
	key BLOB PRIMARY KEY,
	public_key BLOB NOT NULL,
	person BLOB NOT NULL,
	device BLOB NOT NULL,
	role TEXT NOT NULL,
	facility TEXT NOT NULL,
	from_ms INTEGER NOT NULL,
	until_ms INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE catalogues (
	kind TEXT NOT NULL,
	from_date TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	content TEXT NOT NULL,
	imported_ms INTEGER NOT NULL,
	PRIMARY KEY (kind, from_date)
) STRICT;
`;
