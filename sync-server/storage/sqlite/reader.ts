/** Everything that only reads, as plain functions on one connection. Each call sees one moment. */
import type { DatabaseSync } from 'node:sqlite';
import type { ServerStorage, StoreState } from '../storage.ts';
import type { Arena } from '../arena.ts';
import { createAuditTreeReader } from './audit-tree.ts';
import { createBookReader } from './book-read.ts';
import { bytesAt, integerAt, prepareQuery } from './columns.ts';
import { createFindReadsTip } from './book-reads.ts';
import { createEmergencyReader, createEmergencyReaderOf } from './emergencies.ts';
import { createFeedReader } from './feed-read.ts';
import { createEndingReader, createMembershipReader } from './membership.ts';
import { createPasskeyReader } from './passkeys.ts';
import { createJourneyReader } from './reads.ts';
import { createRecordsReader } from './records-read.ts';
import { createRegistryReader } from './registry-read.ts';
import { createHeldReader } from './reviews.ts';
import { createSnapshotReader } from './snapshot-read.ts';

export const READ_METHODS = [
	'readState',
	'listQuarantine',
	'listHeld',
	'readHeld',
	'listAudit',
	'readAuditTree',
	'readTreeNodes',
	'listAccesses',
	'readBook',
	'readBookState',
	'digestOfFirst',
	'isMember',
	'listMemberships',
	'listEnding',
	'listEmergencies',
	'listEmergenciesOf',
	'readFeedState',
	'readFeedHeadAt',
	'readFeed',
	'readSnapshot',
	'readJourney',
	'findReadsTip',
	'findBooks',
	'listFacilities',
	'listDuties',
	'findAccount',
	'listAccounts',
	'findDevice',
	'listDevices',
	'findPersonKey',
	'listPeopleOf',
	'findPasskey',
	'listPasskeys',
	'listCatalogues',
	'readCatalogue'
] as const satisfies (keyof ServerStorage)[];
export type ReadMethod = (typeof READ_METHODS)[number];

export type Reader = {
	[M in ReadMethod]: (
		...parameters: Parameters<ServerStorage[M]>
	) => Awaited<ReturnType<ServerStorage[M]>>;
};

export function createReader(database: DatabaseSync, arena: Arena): Reader {
	const books = createBookReader(database, arena);
	const feeds = createFeedReader(database, books, arena);
	return {
		...createRegistryReader(database),
		...createRecordsReader(database),
		...createAuditTreeReader(database),
		...createHeldReader(database),
		...createPasskeyReader(database),
		readState: createReadState(database),
		readBook: books.readBook,
		readBookState: books.readBookState,
		digestOfFirst: books.digestOfFirst,
		isMember: books.isMember,
		listEmergencies: createEmergencyReader(database),
		listEmergenciesOf: createEmergencyReaderOf(database),
		listMemberships: createMembershipReader(database),
		listEnding: createEndingReader(database),
		findBooks: books.findBooks,
		readFeedState: feeds.readFeedState,
		readFeedHeadAt: feeds.readFeedHeadAt,
		readFeed: feeds.readFeed,
		readSnapshot: createSnapshotReader(database, feeds, books),
		readJourney: createJourneyReader(database, books),
		findReadsTip: createFindReadsTip(database)
	};
}

function createReadState(database: DatabaseSync): () => StoreState {
	const selectEpochs = prepareQuery(
		database,
		'SELECT epoch, commit_number FROM epochs ORDER BY number'
	);
	const selectNumbers = prepareQuery(
		database,
		'SELECT (SELECT coalesce(max(commit_number), 0) FROM entries), confirmed FROM store'
	);
	return () => {
		const epochs = selectEpochs
			.all()
			.map((row) => ({ epoch: bytesAt(row, 0), commit: integerAt(row, 1) }));
		const epoch = epochs.at(-1)?.epoch;
		const numbers = selectNumbers.get();
		if (epoch === undefined || numbers === undefined) throw new Error('the store has no epoch');
		return { epoch, epochs, head: integerAt(numbers, 0), confirmed: integerAt(numbers, 1) };
	};
}
