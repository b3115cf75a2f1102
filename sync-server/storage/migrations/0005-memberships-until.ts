/**
 * Memberships that end by themselves: `until_ms` is when; the row that ends one is written by a job. The books that
 * were opened in an emergency, with the word of whoever did. And the people of a device: what it is sent depends on
 * who has signed in on it.
 */
export const migration0005 = `
ALTER TABLE memberships ADD COLUMN until_ms INTEGER;
CREATE INDEX memberships_until ON memberships (until_ms) WHERE end_ms IS NULL AND until_ms IS NOT NULL;
CREATE TABLE emergencies (
	number INTEGER PRIMARY KEY,
	at_ms INTEGER NOT NULL,
	until_ms INTEGER NOT NULL,
	person BLOB NOT NULL,
	device BLOB NOT NULL,
	facility TEXT NOT NULL,
	book BLOB NOT NULL,
	reason TEXT NOT NULL,
	note TEXT NOT NULL
) STRICT;
CREATE INDEX emergencies_of_person ON emergencies (person, at_ms);
CREATE INDEX emergencies_of_facility ON emergencies (facility, number);
CREATE INDEX person_keys_of_device ON person_keys (device);
`;
