/** Names of the files in the data directory that are kept apart from the database and its backups. */
export const ISSUING_KEY_FILE = 'issuing-key.pem';
export const CERTIFICATE_LOG_FILE = 'certificates.log';
/** Makes the keys with which tablets seal what they keep. */
export const TABLET_SECRET_FILE = 'tablet-secret';
/** Make the later keys to which tablets seal what they have not sent; the first comes out of the tablet secret. */
export const SEALING_SECRETS_FILE = 'sealing-secrets';
/** Makes out of a citizen's number what stands for them in the audit. */
export const CITIZEN_SECRET_FILE = 'citizen-secret';
export const CITIZEN_SESSIONS_FILE = 'citizen-sessions.log';
/** Signs checkpoints of the access log; its public halves of all times; every checkpoint ever signed. */
export const LOG_KEY_FILE = 'access-log-key.pem';
export const LOG_KEYS_FILE = 'access-log-keys';
export const CHECKPOINTS_FILE = 'access-log-checkpoints';
