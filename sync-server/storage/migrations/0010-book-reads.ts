/** How far the chain of what was opened on a device has come here: the number of its last link, and the link. */
export const migration0010 = `
CREATE TABLE device_reads (
	device BLOB PRIMARY KEY,
	n INTEGER NOT NULL,
	link BLOB NOT NULL
) STRICT, WITHOUT ROWID;
`;
