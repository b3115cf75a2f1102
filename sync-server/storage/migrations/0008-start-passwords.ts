/** A password that somebody else made for an account: its owner has to choose another. */
export const migration0008 = `
ALTER TABLE accounts ADD COLUMN start_password INTEGER NOT NULL DEFAULT 0;
`;
