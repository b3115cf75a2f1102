/** Passkeys of staff (WebAuthn): what a signature of one is checked with. Nothing here signs anybody in. */
export const migration0011 = `
CREATE TABLE passkeys (
	credential BLOB PRIMARY KEY,
	person BLOB NOT NULL,
	public_key BLOB NOT NULL,
	counter INTEGER NOT NULL,
	transports TEXT NOT NULL,
	label TEXT NOT NULL,
	created_ms INTEGER NOT NULL,
	used_ms INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX passkeys_of_person ON passkeys (person, created_ms);
`;
