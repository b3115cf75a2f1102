/** Limits of the wire. Both sides hold them; the server is the one that insists. */
export const PROTOCOL_VERSION = 1;
export const PUSH_ENTRIES_MAX = 500;
/** After unpacking. */
export const REQUEST_BYTES_MAX = 1024 * 1024;
export const TOKEN_BYTES_MAX = 32;
/** A page is closed once its entries reach this; one larger entry still fits. */
export const PAGE_BYTES_TARGET = 256 * 1024;
export const FRAME_BYTES_MAX = 2 * 1024 * 1024;
/** Pages the server sends in one answer before the client must ask again. */
export const PAGES_PER_ANSWER_MAX = 64;
export const FIND_HITS_MAX = 20;
/** Pushes up to this size go before bulk. */
export const SMALL_PUSH_ENTRIES_MAX = 20;
export const BULK_GROUP_ENTRIES = 100;
export const SEALED_PATH = '/api/sync/sealed';
export const SYNC_PATH = '/api/sync';
export const CONTENT_TYPE_REQUEST = 'application/vnd.so-suc-khoe.sync+cbor';
export const CONTENT_TYPE_ANSWER = 'application/vnd.so-suc-khoe.sync-answer';
