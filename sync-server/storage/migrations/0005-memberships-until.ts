/**
 * Memberships that end by themselves: `until_ms` is when; the row that ends one is written by a job. And the people
 * of a device: what it is sent depends on who has signed in on it.
 */
export const migration0005 = `
ALTER TABLE memberships ADD COLUMN until_ms INTEGER;
CREATE INDEX memberships_until ON memberships (until_ms) WHERE end_ms IS NULL AND until_ms IS NOT NULL;
CREATE INDEX person_keys_of_device ON person_keys (device);
`;
