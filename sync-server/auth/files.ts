/** Names of the files in the data directory that are kept apart from the database and its backups. */
export const ISSUING_KEY_FILE = 'issuing-key.pem';
export const CERTIFICATE_LOG_FILE = 'certificates.log';
/** Makes the keys with which tablets seal what they keep. */
export const TABLET_SECRET_FILE = 'tablet-secret';
/** Makes out of a citizen's number what stands for them in the audit. */
export const CITIZEN_SECRET_FILE = 'citizen-secret';
export const CITIZEN_SESSIONS_FILE = 'citizen-sessions.log';
