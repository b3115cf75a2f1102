/**
 * What the use cases of one device need, passed in. All of it lives in the book worker; nothing here
 * reads the time, the network or randomness by itself.
 */
import type { DatedNames } from '#lib/domain/catalogues/dated-names.ts';
import type { BookId } from '#lib/domain/ids.ts';
import type { PeopleIndex } from '#lib/domain/people/search.ts';
import type { PersonSummary } from '#lib/domain/people/person-summary.ts';
import type { IsProductKnown } from '#lib/domain/projections/vaccination-card.ts';
import type { BookStorage } from '#lib/storage/port.ts';
import type { Vault } from '#lib/vault/vault.ts';
import type { BookChanges } from './book-changes.ts';
import type { BookReads } from './book-reads.ts';
import type { BookReader } from './book-reader.ts';
import type { Recorder } from './recorder.ts';
import type { ServerPort } from './server-port.ts';
import type { GiveTemporaryCode } from './temporary-code.ts';

export interface UseCaseDeps {
	/** The only way to the bytes of books on this device; what seals them stands behind this port. */
	storage: BookStorage;
	books: BookReader;
	/** Who looked at what. */
	reads: BookReads;
	vault: Vault;
	server: ServerPort;
	people: PeopleIndex;
	changes: BookChanges;
	/** What communes or facilities were called, by code and date, as far as the device knows. */
	datedNames(kind: 'communes' | 'facilities', codes: ReadonlySet<string>): Promise<DatedNames>;
	/** A commune's own code, and those of the communes that became part of it. */
	communeCodes(code: string): Promise<ReadonlySet<string>>;
	/** Is this code in the catalogue of vaccine products valid on that day? */
	isProductKnown: IsProductKnown;
	/** Books opened here, newest first: search shows them before others. */
	recentlyOpened(): readonly BookId[];
	clock: { nowMs(): number };
	recorder: Recorder;
	giveTemporaryCode: GiveTemporaryCode;
	randomBytes(count: number): Uint8Array;
	/** Whether the last contact with the server succeeded. */
	isServerReachable(): boolean;
	/** An entry is on the disk: lists, watchers and the sync engine must know. */
	entrySaved(book: BookId, summary: PersonSummary): void;
	/** Asks the server for this one book now; ends when it is here or the server could not be reached. */
	fetchBook(book: BookId): Promise<void>;
	/** Runs the write of an entry so that "saving" and "not saved" can be shown. */
	trackSave<T extends { type: string }>(write: () => Promise<T>): Promise<T>;
}
