/**
 * The access log as a Merkle tree, beside the rows it is made of: hashes of complete subtrees, salts by whom a row is
 * about, and for each book the rows that are about it and do not name it. All of it is written afterwards, so
 * admission writes nothing more. An epoch says with how many rows of the audit it began.
 */
export const migration0006 = `
ALTER TABLE audit ADD COLUMN role TEXT;
ALTER TABLE epochs ADD COLUMN audit_rows INTEGER NOT NULL DEFAULT 0;

CREATE TABLE audit_tree (
	level INTEGER NOT NULL,
	place INTEGER NOT NULL,
	hash BLOB NOT NULL,
	PRIMARY KEY (level, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_salts (
	subject TEXT PRIMARY KEY,
	salt BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_books (
	book INTEGER NOT NULL,
	audit INTEGER NOT NULL,
	PRIMARY KEY (book, audit)
) STRICT, WITHOUT ROWID;
`;
