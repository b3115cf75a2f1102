/**
 * What people decided about entries in quarantine. The rows of quarantine stay as they are: a decision stands
 * beside its row, and the audit holds every one of them.
 */
export const migration0003 = `
CREATE TABLE quarantine_reviews (
	quarantine INTEGER PRIMARY KEY,
	at_ms INTEGER NOT NULL,
	person BLOB NOT NULL,
	outcome TEXT NOT NULL,
	note TEXT NOT NULL
) STRICT;
CREATE INDEX quarantine_of_facility ON quarantine (facility, number) WHERE facility IS NOT NULL;
`;
