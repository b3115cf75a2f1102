/**
 * Tablets come to a facility by a code, and people sign in with a password. What stood for a PIN is the password from
 * now on: whoever had one goes on with the same word until it is changed. Accounts and tablets can end.
 */
export const migration0007 = `
ALTER TABLE accounts RENAME COLUMN pin_hash TO password_hash;
ALTER TABLE accounts ADD COLUMN until_ms INTEGER;
CREATE TABLE enrolment_codes (
	code_hash BLOB PRIMARY KEY,
	facility TEXT NOT NULL,
	created_ms INTEGER NOT NULL,
	expires_ms INTEGER NOT NULL,
	created_by BLOB,
	used_by BLOB,
	used_ms INTEGER
) STRICT, WITHOUT ROWID;
ALTER TABLE devices ADD COLUMN label TEXT;
ALTER TABLE devices ADD COLUMN ended_ms INTEGER;
ALTER TABLE devices ADD COLUMN wipe_asked_ms INTEGER;
ALTER TABLE devices ADD COLUMN wipe_done_ms INTEGER;
ALTER TABLE devices ADD COLUMN report TEXT;
ALTER TABLE devices ADD COLUMN report_ms INTEGER;
CREATE INDEX devices_of_facility ON devices (facility, number);
CREATE INDEX person_keys_of_person ON person_keys (person);
`;
