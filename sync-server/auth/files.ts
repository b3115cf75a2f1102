/** Names of the files in the data directory that are kept apart from the database and its backups. */
export const ISSUING_KEY_FILE = 'issuing-key.pem';
export const CERTIFICATE_LOG_FILE = 'certificates.log';
