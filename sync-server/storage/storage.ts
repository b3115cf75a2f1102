/**
 * What the server keeps. One port, one port suite (`port-suite.ts`); `sqlite.ts` is the embedded
 * default, PostgreSQL comes beside it.
 *
 * Invariants every implementation holds:
 * - `append` answers only after the transaction that holds the entries, their feed rows and their
 *   audit row is on disk (fsync). Several calls may share one commit; each still gets its own answers.
 * - A commit number (`commit`) is given to each entry in the order of the log; it never has a gap that
 *   a reader could pass.
 * - Every feed row is numbered under the feed's own head inside the same transaction, so a reader that
 *   has seen number s of a feed has seen all rows up to s.
 * - Within a book, an id and the first 53 bits of an id stand at most once.
 * - Each entry of a book reaches each member feed exactly once, by a `join` row or by an `entry` row.
 * - Nothing is deleted from the entry log. A row that the disk damaged is put right when its very entry is
 *   appended again, and answered as the duplicate it is.
 *
 * A call that the disk or the database could not carry out rejects with `StorageFailure`: nothing of
 * it is acknowledged. A push that was cut into several commits may have its first entries stored;
 * sent again they are duplicates.
 */
import type { BookId, DeviceId, EntryId, KeyId, PersonId } from '#lib/domain/ids.ts';
import type { TreeNode } from '#lib/entry/merkle.ts';
import type { Facility } from '#lib/protocol/api.ts';
import type { DeviceReport } from '#lib/protocol/devices.ts';
import type { Flag } from '#lib/protocol/messages.ts';
import type {
	Account,
	AccountResult,
	Device,
	DeviceChangeRequest,
	DevicePerson,
	EndOfAccount,
	EnrolmentCode,
	EnrolmentRequest,
	EnrolmentResult,
	PersonKey
} from './registry.ts';
import type {
	EmergencyRequest,
	EmergencyResult,
	EmergencyReviewRequest,
	EmergencyReviewResult,
	ListedEmergency
} from './emergencies.ts';
import type { EndingBook, Membership, MembershipReason } from './memberships.ts';
import type { PasskeyStorage } from './passkeys.ts';
import type { ReadsReport, ReadsTip } from './reads-report.ts';

export type { EndingBook, Membership, MembershipReason } from './memberships.ts';
import type { Access, AuditRow, AuditTree, FoldResult } from './audit-row.ts';

export type { Access, AuditRow, AuditTree, FoldResult };
export type { Account, Device, DevicePerson, PersonKey } from './registry.ts';

export const EPOCH_BYTES = 6;
/** Refused entries of one device (without device: of one facility) that wait for a person. Beyond, `over-quota`. */
export const QUARANTINE_ROWS_PER_DEVICE_MAX = 1_000;
export const QUARANTINE_BYTES_PER_DEVICE_MAX = 8 * 1024 * 1024;

export type StorageFailureCode =
	| 'disk-full'
	/** Another process holds the database; worth trying again. */
	| 'busy'
	| 'io'
	| 'read-only'
	| 'corrupt'
	| 'closed'
	/** A broken invariant of ours: not the caller's input, not the disk. */
	| 'internal';

/** The storage could not do it; nothing was acknowledged. The text never holds data of entries. */
export class StorageFailure extends Error {
	readonly code: StorageFailureCode;
	constructor(code: StorageFailureCode, message: string) {
		super(message);
		this.name = 'StorageFailure';
		this.code = code;
	}
}

export interface AppendEntry {
	book: BookId;
	id: EntryId;
	bytes: Uint8Array;
	signature: Uint8Array;
	/** Facility whose practitioner wrote it: its feed becomes a member of the book. */
	facility?: string;
	/** Further memberships that begin with this entry, in its transaction (and its retry's). */
	begins?: { facility: string; reason: MembershipReason; untilMs?: number }[];
	/** Exact-match keys under which this entry makes its book findable (see `findBooks`). */
	lookups: string[];
	flags: Flag[];
}

export interface AppendBatch {
	entries: AppendEntry[];
	/** Names device and facility of the push; counts are filled in by the storage. `at` also becomes the
	 * time the entries were received and the begin of their memberships. */
	audit: Omit<AuditRow, 'action' | 'detail'>;
	/** Small pushes go before bulk. */
	lane: 'small' | 'bulk';
}

export type AppendResult =
	| { type: 'accepted'; commit: number }
	| { type: 'duplicate'; commit: number }
	| { type: 'refused'; code: 'id-taken' | 'equivocation' | 'book-full' };

export interface QuarantineRow {
	at: number;
	device?: DeviceId;
	facility?: string;
	id: EntryId;
	bytes: Uint8Array;
	signature: Uint8Array;
	code: string;
	path?: string;
}

/**
 * `over-quota`: not kept, so it must not be answered `refused` (the device would believe the server
 * has it) but `later`: it stays in the device's outbox. Kept rows are never dropped for new ones.
 */
export type QuarantineResult = 'kept' | 'kept-before' | 'over-quota';

export const REVIEW_OUTCOMES = ['released', 'returned', 'kept'] as const;

/** What a person decided about a refused entry. */
export interface Review {
	at: number;
	person: PersonId;
	/** `released`: it was admitted after all. `returned`: its writer has to look. `kept`: it waits on. */
	outcome: (typeof REVIEW_OUTCOMES)[number];
	/** In the words of whoever decided; may be empty. */
	note: string;
}

/** Nobody has to look at it any more. */
export function isSettled(outcome: Review['outcome']): boolean {
	return outcome !== 'kept';
}

export interface HeldEntry extends QuarantineRow {
	/** Its place in quarantine. Another one may have it after a restore. */
	number: number;
	review?: Review;
}

export interface HeldFilter {
	facility: string;
	device?: DeviceId;
	/** Those that were returned; absent: those that wait for a person. */
	isReturned?: boolean;
	limit: number;
}

export interface ReviewRequest extends Review {
	/** Of the device that sent the entry, and of whoever decides. */
	facility: string;
	number: number;
	entry: EntryId;
	/** The device at which it is decided. */
	device: DeviceId;
	book?: BookId;
	/** With `released`: the entry as admission lets it in. */
	append?: AppendEntry;
}

export type ReviewResult =
	| { type: 'reviewed'; commit?: number }
	/** No such entry of this facility. */
	| { type: 'not-found' }
	/** Released or returned before. */
	| { type: 'settled' }
	/** The store cannot take it; it waits as before. */
	| { type: 'refused'; code: 'id-taken' | 'equivocation' | 'book-full' };

export interface StoreState {
	/** Changes with every restore. */
	epoch: Uint8Array;
	/** Epochs this store went through, oldest first, with the commit at which each began. */
	epochs: { epoch: Uint8Array; commit: number }[];
	head: number;
	confirmed: number;
}

export interface LogEntry {
	commit: number;
	id: EntryId;
	bytes: Uint8Array;
	signature: Uint8Array;
}

export type FeedRow =
	| { seq: number; type: 'entry'; book: BookId; entry: LogEntry }
	/** The first `n` entries of the book come with this row. */
	| { seq: number; type: 'join'; book: BookId; n: number }
	| { seq: number; type: 'leave'; book: BookId };

export interface FeedState {
	head: number;
	books: number;
	digest: bigint;
}

/** A position inside a snapshot: after this book, or inside it. */
export interface SnapshotPosition {
	book: BookId;
	/** Entries of `book` already sent. */
	entriesSent: number;
}

export interface SnapshotPage {
	/** By book id, newest first. A book larger than the page is continued on the next. */
	books: { book: BookId; entries: LogEntry[] }[];
	/** Where to go on; absent: this was the last page. */
	next?: SnapshotPosition;
	booksLeft: number;
}

/**
 * How far others have read a book. `unread` counts its newest entries, in the order of the log, that are not
 * known to have arrived: 0 where all of them are.
 */
export interface BookJourney {
	/** Newest first, as many as were asked for. */
	newest: EntryId[];
	/** Not where the person was only present: where somebody went is nobody's business. */
	places: { facility: string; unread: number; atMs?: number }[];
	/** Of everybody who reads the whole book as a citizen, whoever is furthest. */
	citizen?: { unread: number; atMs: number };
}

export interface ServerStorage extends PasskeyStorage {
	readState(): Promise<StoreState>;
	append(batch: AppendBatch): Promise<AppendResult[]>;
	/** One result per row. The same entry refused again with the same code is kept once. */
	putQuarantine(rows: QuarantineRow[]): Promise<QuarantineResult[]>;
	/** Newest first. */
	listQuarantine(filter: {
		device?: DeviceId;
		facility?: string;
		limit: number;
	}): Promise<QuarantineRow[]>;
	/** Newest first; of the devices of one facility. */
	listHeld(filter: HeldFilter): Promise<HeldEntry[]>;
	readHeld(facility: string, number: number): Promise<HeldEntry | undefined>;
	/** The decision, its audit row and, with `released`, the entry with its place in the feeds: one commit. All
	 * reasons for which a device's entry was refused are decided together. Settled entries free their quota. */
	review(request: ReviewRequest): Promise<ReviewResult>;
	audit(row: AuditRow): Promise<void>;
	/** Newest first. `book`: rows that name it and, where the store keeps them (not in memory), the pushes
	 * that brought its entries; those name no book, because they may be about many. */
	listAudit(filter: {
		book?: BookId;
		action?: AuditRow['action'];
		limit: number;
	}): Promise<AuditRow[]>;

	/** Takes audit rows into the tree, in their order, at most `rowsMax`. `seed`: 32 random bytes. */
	foldAudit(request: { rowsMax: number; seed: Uint8Array }): Promise<FoldResult>;
	readAuditTree(): Promise<AuditTree>;
	/** Hashes of complete subtrees, in the order asked. Throws where one is not complete. */
	readTreeNodes(nodes: TreeNode[]): Promise<Uint8Array[]>;
	/** Rows in the tree that are about the book: that name it, whose push wrote in it, whose delivery may have
	 * brought it. Newest first, from before row `before` on. */
	listAccesses(book: BookId, page: { before?: number; limit: number }): Promise<Access[]>;

	/** Entries in the order of the log, after the first `entriesSent`, until `bytesMax` is reached; at
	 * least one when there is one. Bytes of one answer may share a buffer: do not transfer them. */
	readBook(book: BookId, from?: { entriesSent: number; bytesMax: number }): Promise<LogEntry[]>;
	readBookState(book: BookId): Promise<{ n: number; digest: bigint } | undefined>;
	/** Digest of a book's first `n` entries, or of all where there are fewer; reads no bytes of entries. */
	digestOfFirst(book: BookId, n: number): Promise<bigint>;
	isMember(facility: string, book: BookId): Promise<boolean>;
	/** Why the facility's feed holds the book; empty where it does not. In the order of their words. */
	listMemberships(facility: string, book: BookId): Promise<Membership[]>;
	/** Books for which the facility has no reason that stays, those that end first first. */
	listEnding(facility: string, nowMs: number, limit: number): Promise<EndingBook[]>;
	/** Writes `join` into the facility's feed when this is the first reason in force; a reason in force
	 * already is left as it is, or lasts longer. Hospitals on duty for the facility join too (`handsOnDuty`). */
	beginMembership(
		facility: string,
		book: BookId,
		reason: MembershipReason,
		at: number,
		untilMs?: number
	): Promise<void>;
	/** Writes `leave` when this was the last reason in force. */
	endMembership(
		facility: string,
		book: BookId,
		reason: MembershipReason,
		at: number
	): Promise<void>;
	/** Ends what was to end by `at`, the earliest first, at most `limit`, each with its audit row in the same
	 * commit. Answers how many. */
	endOverdue(at: number, limit: number): Promise<number>;
	/** The emergency, its membership and its audit row: one commit. The book must be there. */
	openInEmergency(request: EmergencyRequest): Promise<EmergencyResult>;
	/** Of one facility, newest first. */
	listEmergencies(facility: string, limit: number): Promise<ListedEmergency[]>;
	/** Of these books since `sinceMs`, newest first. */
	listEmergenciesOf(books: BookId[], sinceMs: number, limit: number): Promise<ListedEmergency[]>;
	/** What a colleague says of one of the facility, and its audit row: one commit. Said once. */
	reviewEmergency(request: EmergencyReviewRequest): Promise<EmergencyReviewResult>;
	/** An unknown facility has an empty feed. */
	readFeedState(facility: string): Promise<FeedState>;
	/** Head of the feed as it was when the log ended at `commit` (for tokens of an earlier epoch). */
	readFeedHeadAt(facility: string, commit: number): Promise<number>;
	/** Rows after number `after`, in order. Ends once `bytesMax` of entries are reached (at least one row).
	 * A `join` row brings no entries: read them with `readBook`, the first `n`. */
	readFeed(
		facility: string,
		after: number,
		limits: { rowsMax: number; bytesMax: number }
	): Promise<FeedRow[]>;
	/** All books that were members at feed number `head`, with the entries they had then, by book id, newest
	 * first. The log after `head` brings exactly what is missing. */
	readSnapshot(
		facility: string,
		head: number,
		after: SnapshotPosition | undefined,
		bytesMax: number
	): Promise<SnapshotPage>;
	/** Rows that are new after the kept tip, each with its audit row, emergencies among them with what else belongs to
	 * them (but no membership), and the new tip: one commit. The same report again changes nothing. */
	recordReads(report: ReadsReport): Promise<void>;
	/** How far the chain of a device has come; nothing of a device that never reported. */
	findReadsTip(device: DeviceId): Promise<ReadsTip | undefined>;
	/** A device of the facility holds its feed up to row `seq`. A lower one than is known changes nothing. */
	noteFeedRead(facility: string, seq: number, atMs: number): Promise<void>;
	/** A citizen's phone holds each book up to entry `commit`. A lower one than is known changes nothing. */
	noteCitizenRead(books: { book: BookId; commit: number }[], atMs: number): Promise<void>;
	/** What a facility has of a book counts from where it last joined: before, it held nothing of it. */
	readJourney(book: BookId, newestMax: number): Promise<BookJourney>;
	/** Books for which all of `lookups` were stated. At most `limit`. */
	findBooks(lookups: string[], limit: number): Promise<BookId[]>;

	/** `duties`: the stations this hospital is on duty for; replaces the earlier list. Books the stations
	 * hold join or leave the hospital's feed accordingly. */
	putFacility(facility: Facility, duties: string[]): Promise<void>;
	listFacilities(): Promise<Facility[]>;
	/** The hospitals on duty for a station: they become members of every book the station is member of. */
	listDuties(station: string): Promise<string[]>;
	/** A new account, or everything of a known person's. `audit`: in the same commit. */
	putAccount(account: Account, audit?: AuditRow): Promise<AccountResult>;
	/** Answers whether there is such a person. `isStartPassword`: made by somebody else. */
	putPassword(
		person: PersonId,
		passwordHash: string,
		audit: AuditRow,
		isStartPassword?: boolean
	): Promise<boolean>;
	/** Ends a person's account at a facility and all their keys. Answers whether there was one. */
	endAccount(end: EndOfAccount): Promise<boolean>;
	findAccount(login: string): Promise<Account | undefined>;
	/** By login; of one facility, or all. */
	listAccounts(facility?: string): Promise<Account[]>;
	putEnrolmentCode(code: EnrolmentCode, audit: AuditRow): Promise<void>;
	/** Once for each code: it is used, the device is there, and the audit says so, in one commit. */
	enrolDevice(request: EnrolmentRequest): Promise<EnrolmentResult>;
	putDevice(device: Device): Promise<void>;
	/** Answers whether the facility has such a device. */
	changeDevice(request: DeviceChangeRequest): Promise<boolean>;
	/** What a device says of itself; nothing where it is not known. Not in the audit. */
	putDeviceReport(device: DeviceId, report: DeviceReport, atMs: number): Promise<void>;
	findDevice(device: DeviceId): Promise<Device | undefined>;
	/** By number. */
	listDevices(facility: string): Promise<Device[]>;
	/** Keeps a device's journal tip where it is further than the kept one; changes nothing else of it. */
	advanceJournal(device: DeviceId, tip: { n: number; link: Uint8Array }): Promise<void>;
	/** Number for a facility's next device: 1, 2, ... Never given twice, also when it is not used. */
	nextDeviceNumber(facility: string): Promise<number>;
	putPersonKey(key: PersonKey): Promise<void>;
	findPersonKey(key: KeyId): Promise<PersonKey | undefined>;
	/** Everybody with a key on this device. */
	listPeopleOf(device: DeviceId): Promise<DevicePerson[]>;
	/** An edition is never rewritten: with other content under the same kind and date nothing happens and
	 * the answer is `differs`. */
	putCatalogue(edition: {
		kind: string;
		from: string;
		content: string;
		importedMs: number;
	}): Promise<'added' | 'same' | 'differs'>;
	listCatalogues(): Promise<{ kind: string; from: string; sha256: string }[]>;
	readCatalogue(kind: string, from: string): Promise<string | undefined>;

	/** A consistent copy of the whole store in one new file; answers its last commit number. */
	backup(file: string): Promise<{ commit: number }>;
	/** States that a backup up to `commit` was restored and checked elsewhere. Never goes back. Throws
	 * `RangeError` above the head. */
	confirm(commit: number): Promise<void>;
	/** Resolves when a write that was asked for now would be carried out; writes nothing. */
	checkWritable(): Promise<void>;
	close(): Promise<void>;
}
