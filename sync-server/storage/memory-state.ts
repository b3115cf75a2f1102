/** The state that a list of operations describes; `memory.ts` is the port over it. */
import { createHash } from 'node:crypto';
import { ENTRIES_PER_BOOK_MAX } from '#lib/domain/limits.ts';
import { idToBytes, type BookId, type DeviceId, type EntryId } from '#lib/domain/ids.ts';
import { addToDigest, EMPTY_DIGEST } from '#lib/entry/digest.ts';
import { MemoryAudit } from './memory-audit.ts';
import { journeyIn } from './memory-journey.ts';
import type { EmergencyRequest, EmergencyReviewRequest } from './emergencies.ts';
import { MemoryEmergencies } from './memory-emergencies.ts';
import { MemoryFeeds } from './memory-feeds.ts';
import type { Edition, Operation } from './memory-operations.ts';
import { MemoryQuarantine } from './memory-quarantine.ts';
import { MemoryRegistry } from './memory-registry.ts';
import { auditRowsOf, newReads, type ReadsReport, type ReadsTip } from './reads-report.ts';
import { EPOCH_BYTES } from './storage.ts';
import type { AppendEntry, AppendResult, BookJourney, LogEntry, StoreState } from './storage.ts';

export interface Book {
	entries: LogEntry[];
	byId: Map<EntryId, LogEntry>;
	clients: Set<bigint>;
	digest: bigint;
	/** The last entry that a citizen's phone is known to hold, and since when. */
	citizen?: { commit: number; atMs: number };
}

export class MemoryState {
	readonly quarantine = new MemoryQuarantine();
	readonly audit = new MemoryAudit();
	readonly emergencies = new MemoryEmergencies();
	readonly feeds = new MemoryFeeds({
		head: () => this.#head,
		bookOf: (book) => this.#bookOf(book)
	});
	readonly registry = new MemoryRegistry((row) => void this.audit.rows.push(row));
	readonly catalogues: { kind: string; from: string; content: string; sha256: string }[] = [];
	#head = 0;
	#confirmed = 0;
	readonly #epochs: StoreState['epochs'] = [];
	readonly #books = new Map<BookId, Book>();
	readonly readsTips = new Map<DeviceId, ReadsTip>();
	readonly #lookups = new Map<string, Set<BookId>>();

	apply(operation: Operation): void {
		switch (operation.type) {
			case 'epoch':
				this.#epochs.push({ epoch: operation.epoch, commit: this.#head });
				return this.audit.beginEpoch(operation.epoch);
			case 'append':
				for (const entry of operation.entries) this.#append(entry, operation.audit.at);
				return this.audit.addPush(operation.audit, operation.entries.map(bookOf));
			case 'begin': {
				const { facility, book, reason, at, untilMs } = operation;
				return this.feeds.begin(facility, book, reason, at, untilMs);
			}
			case 'end':
				return this.feeds.end(operation.facility, operation.book, operation.reason);
			case 'end-overdue':
				for (const { facility, book, reason } of this.feeds.overdue(
					operation.at,
					operation.limit
				)) {
					this.feeds.end(facility, book, reason);
					this.audit.rows.push({ at: operation.at, action: 'end', facility, book, detail: reason });
				}
				return;
			case 'emergency':
				return this.#openInEmergency(operation.request, operation.isRefused);
			case 'emergency-review':
				return this.#reviewEmergency(operation.request);
			case 'reads':
				return this.#recordReads(operation.report);
			case 'feed-read':
				return this.feeds.noteRead(operation.facility, operation.seq, operation.at);
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
				return this.feeds.putFacility(operation.facility, operation.duties, operation.at);
			case 'catalogue':
				return this.#putCatalogue(operation.edition);
			case 'account':
			case 'password':
			case 'account-end':
			case 'device':
			case 'device-change':
			case 'device-report':
			case 'enrolment-code':
			case 'enrol':
			case 'journal':
			case 'device-number':
			case 'passkey':
			case 'passkey-use':
			case 'passkey-removal':
			case 'person-key':
				return this.registry.apply(operation);
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

	booksAt(facility: string, feedHead: number): BookId[] {
		return this.feeds.membersAt(facility, feedHead).map(bookOf);
	}

	booksOfFeed(facility: string, after: number, to: number): BookId[] {
		return this.feeds.booksBetween(facility, after, to);
	}

	journeyOf(book: BookId, newestMax: number): BookJourney {
		return journeyIn(book, newestMax, this.feeds.all, this.#books.get(book));
	}

	findBooks(keys: string[]): BookId[] {
		const [first, ...rest] = keys.map((key) => this.#lookups.get(key) ?? new Set<BookId>());
		return [...(first ?? [])].filter((book) => rest.every((set) => set.has(book)));
	}

	#openInEmergency(request: EmergencyRequest, isRefused: boolean): void {
		const { openingsMax: _openingsMax, sinceMs: _sinceMs, ...emergency } = request;
		const { at, untilMs, person, device, facility, book, reason } = emergency;
		const who = { at, person, device, facility, book };
		if (isRefused) {
			this.audit.rows.push({ ...who, action: 'refuse', detail: 'break-glass too-many' });
			return;
		}
		this.emergencies.add(emergency);
		this.audit.rows.push({ ...who, action: 'break-glass', detail: `${reason} until=${untilMs}` });
		this.feeds.begin(facility, book, 'break-glass', at, untilMs);
	}

	#reviewEmergency(request: EmergencyReviewRequest): void {
		const { at, person, device, facility, verdict } = request;
		const book = this.emergencies.review(request);
		const who = { at, person, device, facility, ...(book && { book }) };
		this.audit.rows.push({ ...who, action: 'review', detail: `break-glass ${verdict}` });
	}

	#recordReads(report: ReadsReport): void {
		const { device, facility, tip } = report;
		const kept = this.readsTips.get(device);
		this.audit.rows.push(...auditRowsOf(report, kept));
		for (const { book, atMs, emergency } of newReads(report, kept))
			if (emergency !== undefined)
				this.emergencies.add({ at: atMs, device, facility, book, ...emergency });
		if (report.isBroken || tip.n > (kept?.n ?? 0)) this.readsTips.set(device, tip);
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
		for (const entry of entries) this.#append(entry, at);
		const detailOfPush = `entries=1 accepted=${entries.length}`;
		if (request.append !== undefined)
			this.audit.addPush({ ...who, action: 'push', detail: detailOfPush }, entries.map(bookOf));
		this.quarantine.settle(request, sender);
		const detail = `${outcome} code=${code}`;
		this.audit.rows.push({ ...who, action: 'review', ...(book && { book }), detail });
	}

	#putCatalogue({ kind, from, content }: Edition): void {
		const sha256 = createHash('sha256').update(content).digest('hex');
		this.catalogues.push({ kind, from, content, sha256 });
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

	#append(entry: AppendEntry, at: number): void {
		const book = this.#bookOf(entry.book);
		this.#head += 1;
		const { id, bytes, signature } = entry;
		const logEntry: LogEntry = { commit: this.#head, id, bytes, signature };
		book.entries.push(logEntry);
		book.byId.set(id, logEntry);
		book.clients.add(clientOf(id));
		book.digest = addToDigest(book.digest, id);
		this.feeds.add(entry.book, logEntry);
		for (const key of entry.lookups)
			this.#lookups.set(key, (this.#lookups.get(key) ?? new Set()).add(entry.book));
		if (entry.facility !== undefined) this.feeds.begin(entry.facility, entry.book, 'wrote', at);
		for (const { facility, reason, untilMs } of entry.begins ?? [])
			this.feeds.begin(facility, entry.book, reason, at, untilMs);
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
