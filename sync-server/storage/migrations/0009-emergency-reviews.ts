/**
 * What colleagues said of the books that somebody opened in an emergency: one word of each, beside its row, which stays
 * as it is. And the way to the books that a facility has for a while only.
 */
export const migration0009 = `
CREATE TABLE emergency_reviews (
	emergency INTEGER PRIMARY KEY,
	at_ms INTEGER NOT NULL,
	person BLOB NOT NULL,
	verdict TEXT NOT NULL,
	note TEXT NOT NULL
) STRICT;
CREATE INDEX emergencies_of_book ON emergencies (book, at_ms);
CREATE INDEX memberships_ending ON memberships (feed, until_ms)
WHERE end_ms IS NULL AND until_ms IS NOT NULL;
`;
