import type { SyncState } from './book-api.ts';

/** What only the page can see or ask for, and the worker needs to know. */
export interface PageHints {
	/** The network may be back, or somebody looks at the app again. */
	wake(): Promise<void>;
	/** The browser's answer to the request to keep what is stored; only a page may ask. */
	notePersistence(persisted: SyncState['persisted']): Promise<void>;
}
