/** The state that a list of operations describes; `memory.ts` is the port over it. */
import { createHash } from 'node:crypto';
import { ENTRIES_PER_BOOK_MAX } from '#lib/domain/limits.ts';
import {
	idToBytes,
	type BookId,
	type DeviceId,
	type EntryId,
	type KeyId
} from '#lib/domain/ids.ts';
import { addToDigest, EMPTY_DIGEST, subtractDigest } from '#lib/entry/digest.ts';
import type { Facility } from '#lib/protocol/api.ts';
import { MemoryAudit } from './memory-audit.ts';
import { journeyIn } from './memory-journey.ts';
import type { Operation, Registration } from './memory-operations.ts';
import { MemoryQuarantine } from './memory-quarantine.ts';
import { EPOCH_BYTES } from './storage.ts';
import type {
	Account,
	AppendEntry,
	AppendResult,
	BookJourney,
	Device,
	FeedRow,
	FeedState,
	LogEntry,
	MembershipReason,
	PersonKey,
	StoreState
} from './storage.ts';

export interface Book {
	entries: LogEntry[];
	byId: Map<EntryId, LogEntry>;
	clients: Set<bigint>;
	digest: bigint;
	/** The last entry that a citizen's phone is known to hold, and since when. */
	citizen?: { commit: number; atMs: number };
}

type StoredRow =
	| { type: 'entry'; book: BookId; entry: LogEntry; atCommit: number }
	| { type: 'join'; book: BookId; n: number; atCommit: number }
	| { type: 'leave'; book: BookId; atCommit: number };

export interface Feed {
	rows: StoredRow[];
	members: Map<BookId, Set<MembershipReason>>;
	digest: bigint;
	/** The last row that a device of the facility is known to hold, and since when. */
	read?: { seq: number; atMs: number };
}

export class MemoryState {
	readonly quarantine = new MemoryQuarantine();
	readonly audit = new MemoryAudit();
	readonly facilities = new Map<string, { facility: Facility; duties: string[] }>();
	readonly accounts = new Map<string, Account>();
	readonly devices = new Map<DeviceId, Device>();
	readonly deviceNumbers = new Map<string, number>();
	readonly personKeys = new Map<KeyId, PersonKey>();
	readonly catalogues: { kind: string; from: string; content: string; sha256: string }[] = [];
	#head = 0;
	#confirmed = 0;
	readonly #epochs: StoreState['epochs'] = [];
	readonly #books = new Map<BookId, Book>();
	readonly #feeds = new Map<string, Feed>();
	readonly #lookups = new Map<string, Set<BookId>>();

	apply(operation: Operation): void {
		switch (operation.type) {
			case 'epoch':
				this.#epochs.push({ epoch: operation.epoch, commit: this.#head });
				return this.audit.beginEpoch(operation.epoch);
			case 'append':
				for (const entry of operation.entries) this.#append(entry);
				return this.audit.addPush(operation.audit, operation.entries.map(bookOf));
			case 'begin':
				return this.#begin(operation.facility, operation.book, operation.reason);
			case 'end':
				return this.#end(operation.facility, operation.book, operation.reason);
			case 'feed-read':
				return this.#noteRead(this.#feedOf(operation.facility), operation.seq, operation.at);
			case 'citizen-read':
				return this.#noteCitizen(operation.books, operation.at);
			case 'quarantine':
				this.quarantine.rows.push(...operation.rows);
				return;
			case 'review':
				return this.#review(operation);
			case 'audit':
				this.audit.rows.push(operation.row);
				return;
			case 'fold':
				return this.audit.fold(operation.rowsMax, operation.seed, this);
			case 'confirm':
				this.#confirmed = Math.max(this.#confirmed, operation.commit);
				return;
			case 'facility':
			case 'account':
			case 'device':
			case 'journal':
			case 'device-number':
			case 'person-key':
			case 'catalogue':
				return this.#register(operation);
		}
	}

	/** Decides a batch against the state and against itself; changes nothing. */
	judge(batch: AppendEntry[]): { results: AppendResult[]; accepted: AppendEntry[] } {
		const accepted: AppendEntry[] = [];
		const results = batch.map((entry): AppendResult => {
			const result = this.#judgeOne(entry, accepted);
			if (result.type === 'accepted') accepted.push(entry);
			return result;
		});
		return { results, accepted };
	}

	storeState(): StoreState {
		const epoch = this.#epochs.at(-1)?.epoch ?? new Uint8Array(EPOCH_BYTES);
		return { epoch, epochs: [...this.#epochs], head: this.#head, confirmed: this.#confirmed };
	}

	entriesOf(book: BookId): LogEntry[] {
		return this.#books.get(book)?.entries ?? [];
	}

	bookState(book: BookId): { n: number; digest: bigint } | undefined {
		const found = this.#books.get(book);
		if (found === undefined || found.entries.length === 0) return undefined;
		return { n: found.entries.length, digest: found.digest };
	}

	isMember(facility: string, book: BookId): boolean {
		return this.#feeds.get(facility)?.members.has(book) === true;
	}

	feedState(facility: string): FeedState {
		const feed = this.#feedOf(facility);
		return { head: feed.rows.length, books: feed.members.size, digest: feed.digest };
	}

	feedHeadAt(facility: string, commit: number): number {
		return this.#feedOf(facility).rows.filter((row) => row.atCommit <= commit).length;
	}

	feedRows(facility: string, after: number, rowsMax: number): FeedRow[] {
		return this.#feedOf(facility)
			.rows.slice(after, after + rowsMax)
			.map(({ atCommit: _atCommit, ...row }, index) => ({ ...row, seq: after + index + 1 }));
	}

	/** Books that were members when the feed stood at `feedHead`, with the number of entries they had
	 * then, by id, newest first. */
	membersAt(facility: string, feedHead: number): { book: BookId; n: number }[] {
		const counts = new Map<BookId, number>();
		for (const row of this.#feedOf(facility).rows.slice(0, feedHead)) {
			if (row.type === 'join') counts.set(row.book, row.n);
			else if (row.type === 'leave') counts.delete(row.book);
			else counts.set(row.book, (counts.get(row.book) ?? 0) + 1);
		}
		const members = [...counts].map(([book, n]) => ({ book, n }));
		return members.sort((a, b) => compareBooks(b.book, a.book));
	}

	booksAt(facility: string, feedHead: number): BookId[] {
		return this.membersAt(facility, feedHead).map(bookOf);
	}

	booksOfFeed(facility: string, after: number, to: number): BookId[] {
		const rows = this.#feedOf(facility).rows.slice(after, to);
		return rows.filter(({ type }) => type !== 'leave').map(bookOf);
	}

	journeyOf(book: BookId, newestMax: number): BookJourney {
		return journeyIn(book, newestMax, this.#feeds, this.#books.get(book));
	}

	dutiesOf(station: string): string[] {
		return [...this.facilities.values()]
			.filter(({ duties }) => duties.includes(station))
			.map(({ facility }) => facility.code);
	}

	findBooks(keys: string[]): BookId[] {
		const [first, ...rest] = keys.map((key) => this.#lookups.get(key) ?? new Set<BookId>());
		return [...(first ?? [])].filter((book) => rest.every((set) => set.has(book)));
	}

	#noteRead(feed: Feed, seq: number, atMs: number): void {
		if (seq > (feed.read?.seq ?? -1)) feed.read = { seq, atMs };
	}

	#noteCitizen(books: { book: BookId; commit: number }[], atMs: number): void {
		for (const { book, commit } of books) {
			const found = this.#books.get(book);
			if (found !== undefined && commit > (found.citizen?.commit ?? -1))
				found.citizen = { commit, atMs };
		}
	}

	#review({ request, code, sender, entries }: Extract<Operation, { type: 'review' }>): void {
		const { at, device, facility, person, outcome, book } = request;
		const who = { at, device, facility, person };
		for (const entry of entries) this.#append(entry);
		const detailOfPush = `entries=1 accepted=${entries.length}`;
		if (request.append !== undefined)
			this.audit.addPush({ ...who, action: 'push', detail: detailOfPush }, entries.map(bookOf));
		this.quarantine.settle(request, sender);
		const detail = `${outcome} code=${code}`;
		this.audit.rows.push({ ...who, action: 'review', ...(book && { book }), detail });
	}

	#register(operation: Registration): void {
		switch (operation.type) {
			case 'facility':
				return this.#putFacility(operation.facility, operation.duties);
			case 'account':
				this.accounts.set(operation.account.login, operation.account);
				return;
			case 'device':
				this.devices.set(operation.device.device, operation.device);
				return;
			case 'journal': {
				const known = this.devices.get(operation.device);
				if (known === undefined || (known.journal?.n ?? -1) >= operation.tip.n) return;
				this.devices.set(operation.device, { ...known, journal: operation.tip });
				return;
			}
			case 'device-number': {
				const last = this.deviceNumbers.get(operation.facility) ?? 0;
				this.deviceNumbers.set(operation.facility, last + 1);
				return;
			}
			case 'person-key':
				this.personKeys.set(operation.key.key, operation.key);
				return;
			case 'catalogue': {
				const { kind, from, content } = operation.edition;
				const sha256 = createHash('sha256').update(content).digest('hex');
				this.catalogues.push({ kind, from, content, sha256 });
			}
		}
	}

	#feedOf(facility: string): Feed {
		const feed = this.#feeds.get(facility) ?? {
			rows: [],
			members: new Map(),
			digest: EMPTY_DIGEST
		};
		this.#feeds.set(facility, feed);
		return feed;
	}

	#bookOf(book: BookId): Book {
		const found = this.#books.get(book);
		if (found !== undefined) return found;
		const created: Book = {
			entries: [],
			byId: new Map(),
			clients: new Set(),
			digest: EMPTY_DIGEST
		};
		this.#books.set(book, created);
		return created;
	}

	#begin(facility: string, book: BookId, reason: MembershipReason): void {
		const feed = this.#feedOf(facility);
		const reasons = feed.members.get(book);
		if (reasons !== undefined) {
			reasons.add(reason);
			return;
		}
		const { entries, digest } = this.#bookOf(book);
		feed.members.set(book, new Set([reason]));
		feed.rows.push({ type: 'join', book, n: entries.length, atCommit: this.#head });
		feed.digest = BigInt.asUintN(128, feed.digest + digest);
		for (const hospital of this.dutiesOf(facility)) this.#begin(hospital, book, 'duty');
	}

	#end(facility: string, book: BookId, reason: MembershipReason): void {
		const feed = this.#feedOf(facility);
		const reasons = feed.members.get(book);
		if (reasons?.delete(reason) !== true || reasons.size > 0) return;
		feed.members.delete(book);
		feed.rows.push({ type: 'leave', book, atCommit: this.#head });
		feed.digest = subtractDigest(feed.digest, this.#bookOf(book).digest);
		for (const hospital of this.dutiesOf(facility)) this.#endDutyIfOver(hospital, book);
	}

	#endDutyIfOver(hospital: string, book: BookId): void {
		const stations = this.facilities.get(hospital)?.duties ?? [];
		if (!stations.some((station) => this.isMember(station, book)))
			this.#end(hospital, book, 'duty');
	}

	#putFacility(facility: Facility, duties: string[]): void {
		this.facilities.set(facility.code, { facility, duties });
		for (const [book, reasons] of [...this.#feedOf(facility.code).members])
			if (reasons.has('duty')) this.#endDutyIfOver(facility.code, book);
		for (const station of duties)
			for (const book of this.#feedOf(station).members.keys())
				this.#begin(facility.code, book, 'duty');
	}

	#append(entry: AppendEntry): void {
		const book = this.#bookOf(entry.book);
		this.#head += 1;
		const { id, bytes, signature } = entry;
		const logEntry: LogEntry = { commit: this.#head, id, bytes, signature };
		book.entries.push(logEntry);
		book.byId.set(id, logEntry);
		book.clients.add(clientOf(id));
		book.digest = addToDigest(book.digest, id);
		for (const feed of this.#feeds.values()) {
			if (!feed.members.has(entry.book)) continue;
			feed.rows.push({ type: 'entry', book: entry.book, entry: logEntry, atCommit: this.#head });
			feed.digest = addToDigest(feed.digest, id);
		}
		for (const key of entry.lookups)
			this.#lookups.set(key, (this.#lookups.get(key) ?? new Set()).add(entry.book));
		if (entry.facility !== undefined) this.#begin(entry.facility, entry.book, 'wrote');
		for (const { facility, reason } of entry.begins ?? [])
			this.#begin(facility, entry.book, reason);
	}

	#judgeOne(entry: AppendEntry, before: AppendEntry[]): AppendResult {
		const book = this.#books.get(entry.book);
		const stored = book?.byId.get(entry.id);
		if (stored !== undefined) return repetition(stored.bytes, entry.bytes, stored.commit);
		const earlier = before.filter((other) => other.book === entry.book);
		const twin = earlier.find((other) => other.id === entry.id);
		if (twin !== undefined)
			return repetition(twin.bytes, entry.bytes, this.#head + before.indexOf(twin) + 1);
		const client = clientOf(entry.id);
		const isTaken =
			book?.clients.has(client) === true || earlier.some((other) => clientOf(other.id) === client);
		if (isTaken) return { type: 'refused', code: 'id-taken' };
		if ((book?.entries.length ?? 0) + earlier.length >= ENTRIES_PER_BOOK_MAX)
			return { type: 'refused', code: 'book-full' };
		return { type: 'accepted', commit: this.#head + before.length + 1 };
	}
}

/** Where a snapshot goes on: at the book, or after where it stood if it has left since. */
export function indexFrom(newestFirst: { book: BookId }[], book: BookId): number {
	const at = newestFirst.findIndex((other) => compareBooks(other.book, book) <= 0);
	return at === -1 ? newestFirst.length : at;
}

function repetition(stored: Uint8Array, offered: Uint8Array, commit: number): AppendResult {
	return Buffer.compare(stored, offered) === 0
		? { type: 'duplicate', commit }
		: { type: 'refused', code: 'equivocation' };
}

/** The first 53 bits of an id: the Yjs client id of its entry. */
function clientOf(id: EntryId): bigint {
	const bytes = idToBytes(id);
	return new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0) >> 11n;
}

function bookOf({ book }: { book: BookId }): BookId {
	return book;
}

function compareBooks(a: BookId, b: BookId): number {
	return Buffer.compare(idToBytes(a), idToBytes(b));
}
