/**
 * The server's storage port in memory, with a durability model: for the simulation. A disk is a list of
 * operations; what is on it survives a crash, what is only in memory does not. `sync` is the fsync of
 * the model: the simulation may crash the server before or after it. Held to the same port suite as
 * SQLite. Deterministic: no timers, no clock, no randomness of its own.
 */
import type { BookId, DeviceId } from '#lib/domain/ids.ts';
import { digestOf } from '#lib/entry/digest.ts';
import type { EmergencyRequest, EmergencyResult, EmergencyReviewRequest } from './emergencies.ts';
import type { Operation } from './memory-operations.ts';
import { MemoryPeople } from './memory-people.ts';
import { fitting, snapshotPage, withinBytes } from './memory-snapshot.ts';
import { MemoryState } from './memory-state.ts';
import type { ReadsReport } from './reads-report.ts';
import { isSettled } from './storage.ts';
import type {
	AppendBatch,
	AppendResult,
	AuditRow,
	HeldFilter,
	LogEntry,
	MembershipReason,
	QuarantineResult,
	QuarantineRow,
	ReviewRequest,
	ReviewResult,
	ServerStorage
} from './storage.ts';

export interface MemoryDisk {
	/** In the order of their commits. Copy it, and you have a backup. */
	operations: Operation[];
}

export function createMemoryDisk(epoch: Uint8Array): MemoryDisk {
	return { operations: [{ type: 'epoch', epoch }] };
}

/** A disk restored from a copy: the same operations, then a new epoch. */
export function restoreMemoryDisk(copy: MemoryDisk, epoch: Uint8Array): MemoryDisk {
	return { operations: [...copy.operations, { type: 'epoch', epoch }] };
}

/** Called around the moment an operation reaches the disk. May throw to play a crash. */
export type DiskFault = (point: 'before-sync' | 'after-sync') => void;

export function openMemoryStorage(
	disk: MemoryDisk,
	fault: DiskFault = () => undefined
): ServerStorage {
	return new MemoryServerStorage(disk, fault);
}

class MemoryServerStorage extends MemoryPeople implements ServerStorage {
	readonly #disk: MemoryDisk;
	readonly #fault: DiskFault;
	readonly #state = new MemoryState();

	constructor(disk: MemoryDisk, fault: DiskFault) {
		super();
		this.#disk = disk;
		this.#fault = fault;
		for (const operation of disk.operations) this.#state.apply(operation);
	}

	async readState() {
		return this.#state.storeState();
	}

	async append(batch: AppendBatch): Promise<AppendResult[]> {
		const { results, accepted } = this.#state.judge(batch.entries);
		const detail = `entries=${batch.entries.length} accepted=${accepted.length}`;
		this.commit({
			type: 'append',
			entries: accepted,
			audit: { ...batch.audit, action: 'push', detail }
		});
		return results;
	}

	async putQuarantine(rows: QuarantineRow[]): Promise<QuarantineResult[]> {
		const { results, kept } = this.#state.quarantine.judge(rows);
		if (kept.length > 0) this.commit({ type: 'quarantine', rows: kept });
		return results;
	}

	async listQuarantine(filter: { device?: DeviceId; facility?: string; limit: number }) {
		return this.#state.quarantine.rows
			.filter((row) => filter.device === undefined || row.device === filter.device)
			.filter((row) => filter.facility === undefined || row.facility === filter.facility)
			.slice(-filter.limit)
			.reverse();
	}

	async listHeld({ facility, device, isReturned = false, limit }: HeldFilter) {
		return this.#state.quarantine
			.held()
			.filter((row) => row.facility === facility)
			.filter((row) => device === undefined || row.device === device)
			.filter(({ review }) => (review?.outcome ?? 'kept') === (isReturned ? 'returned' : 'kept'))
			.slice(-limit)
			.reverse();
	}

	async readHeld(facility: string, number: number) {
		const found = this.#state.quarantine.held().find((row) => row.number === number);
		return found?.facility === facility ? found : undefined;
	}

	async review(request: ReviewRequest): Promise<ReviewResult> {
		const found = await this.readHeld(request.facility, request.number);
		if (found?.id !== request.entry) return { type: 'not-found' };
		if (found.review !== undefined && isSettled(found.review.outcome)) return { type: 'settled' };
		const { results, accepted } = this.#state.judge(request.append ? [request.append] : []);
		const [released] = results;
		if (released?.type === 'refused') return released;
		this.commit({
			type: 'review',
			request,
			code: found.code,
			sender: found.device,
			entries: accepted
		});
		return released === undefined
			? { type: 'reviewed' }
			: { type: 'reviewed', commit: released.commit };
	}

	async audit(row: AuditRow): Promise<void> {
		this.commit({ type: 'audit', row });
	}

	async listAudit(filter: { book?: BookId; action?: AuditRow['action']; limit: number }) {
		return this.#state.audit.rows
			.filter((row) => filter.book === undefined || row.book === filter.book)
			.filter((row) => filter.action === undefined || row.action === filter.action)
			.slice(-filter.limit)
			.reverse();
	}

	async foldAudit({ rowsMax, seed }: Parameters<ServerStorage['foldAudit']>[0]) {
		this.commit({ type: 'fold', rowsMax, seed });
		return this.#state.audit.foldResult();
	}

	async readAuditTree() {
		return this.#state.audit.tree();
	}

	async readTreeNodes(nodes: Parameters<ServerStorage['readTreeNodes']>[0]) {
		return nodes.map(this.#state.audit.node);
	}

	async listAccesses(
		...[book, { before = Infinity, limit }]: Parameters<ServerStorage['listAccesses']>
	) {
		return this.#state.audit.accesses(book, before, limit);
	}

	async readBook(...[book, from]: Parameters<ServerStorage['readBook']>): Promise<LogEntry[]> {
		const entries = this.#state.entriesOf(book).slice(from?.entriesSent ?? 0);
		return from === undefined ? entries : withinBytes(entries, from.bytesMax);
	}

	async readBookState(book: BookId) {
		return this.#state.bookState(book);
	}

	async digestOfFirst(book: BookId, n: number): Promise<bigint> {
		const first = this.#state.entriesOf(book).slice(0, n);
		return digestOf(first.map(({ id }) => id));
	}

	async isMember(facility: string, book: BookId): Promise<boolean> {
		return this.#state.feeds.isMember(facility, book);
	}

	async listMemberships(facility: string, book: BookId) {
		return this.#state.feeds.membershipsOf(facility, book);
	}

	async listEnding(facility: string, nowMs: number, limit: number) {
		return this.#state.feeds.ending(facility, nowMs).slice(0, limit);
	}

	async beginMembership(
		facility: string,
		book: BookId,
		reason: MembershipReason,
		at: number,
		untilMs?: number
	) {
		const until = untilMs === undefined ? {} : { untilMs };
		this.commit({ type: 'begin', facility, book, reason, at, ...until });
	}

	async endOverdue(at: number, limit: number): Promise<number> {
		const { length } = this.#state.feeds.overdue(at, limit);
		if (length > 0) this.commit({ type: 'end-overdue', at, limit });
		return length;
	}

	async endMembership(facility: string, book: BookId, reason: MembershipReason, at: number) {
		this.commit({ type: 'end', facility, book, reason, at });
	}

	async openInEmergency(request: EmergencyRequest): Promise<EmergencyResult> {
		const oldest = this.#state.emergencies.tooMany(request);
		this.commit({ type: 'emergency', request, isRefused: oldest !== undefined });
		return oldest === undefined ? { type: 'opened' } : { type: 'too-many', oldestMs: oldest.at };
	}

	async listEmergencies(facility: string, limit: number) {
		return this.#state.emergencies.ofFacility(facility, limit);
	}

	async listEmergenciesOf(books: BookId[], sinceMs: number, limit: number) {
		return this.#state.emergencies.ofBooks(books, sinceMs, limit);
	}

	async reviewEmergency(request: EmergencyReviewRequest) {
		const result = this.#state.emergencies.judgeReview(request);
		if (result.type === 'reviewed') this.commit({ type: 'emergency-review', request });
		return result;
	}

	async recordReads(report: ReadsReport): Promise<void> {
		this.commit({ type: 'reads', report });
	}

	async findReadsTip(device: DeviceId) {
		return this.#state.readsTips.get(device);
	}

	async readFeedState(facility: string) {
		return this.#state.feeds.feedState(facility);
	}

	async readFeedHeadAt(facility: string, commit: number): Promise<number> {
		return this.#state.feeds.feedHeadAt(facility, commit);
	}

	async readFeed(facility: string, after: number, limits: { rowsMax: number; bytesMax: number }) {
		const rows = this.#state.feeds.feedRows(facility, after, limits.rowsMax);
		return fitting(rows, limits.bytesMax, (row) =>
			row.type === 'entry' ? row.entry.bytes.length : 0
		);
	}

	async readSnapshot(...[facility, head, ...rest]: Parameters<ServerStorage['readSnapshot']>) {
		const members = this.#state.feeds.membersAt(facility, head);
		return snapshotPage(members, (book) => this.#state.entriesOf(book), ...rest);
	}

	async noteFeedRead(facility: string, seq: number, at: number): Promise<void> {
		this.commit({ type: 'feed-read', facility, seq, at });
	}

	async noteCitizenRead(books: { book: BookId; commit: number }[], at: number): Promise<void> {
		this.commit({ type: 'citizen-read', books, at });
	}

	async readJourney(book: BookId, newestMax: number) {
		return this.#state.journeyOf(book, newestMax);
	}

	async findBooks(lookups: string[], limit: number): Promise<BookId[]> {
		return this.#state.findBooks(lookups).slice(0, limit);
	}

	async putFacility(facility: Parameters<ServerStorage['putFacility']>[0], duties: string[]) {
		this.commit({ type: 'facility', facility, duties, at: 0 });
	}

	async listFacilities() {
		return [...this.#state.feeds.facilities.values()].map((row) => row.facility);
	}

	async listDuties(station: string): Promise<string[]> {
		return this.#state.feeds.dutiesOf(station);
	}

	async putCatalogue(edition: Parameters<ServerStorage['putCatalogue']>[0]) {
		const stored = await this.readCatalogue(edition.kind, edition.from);
		if (stored !== undefined) return stored === edition.content ? 'same' : 'differs';
		this.commit({ type: 'catalogue', edition });
		return 'added';
	}

	async listCatalogues() {
		return this.#state.catalogues.map(({ kind, from, sha256 }) => ({ kind, from, sha256 }));
	}

	async readCatalogue(kind: string, from: string): Promise<string | undefined> {
		return this.#state.catalogues.find((edition) => edition.kind === kind && edition.from === from)
			?.content;
	}

	/** The simulation copies the disk instead. */
	async backup(): Promise<{ commit: number }> {
		return { commit: this.#state.storeState().head };
	}

	async confirm(commit: number): Promise<void> {
		if (commit > this.#state.storeState().head) throw new RangeError('confirmed above the head');
		this.commit({ type: 'confirm', commit });
	}

	async checkWritable(): Promise<void> {}

	async close(): Promise<void> {}

	protected get registry() {
		return this.#state.registry;
	}

	/** Disk first, then memory: nobody reads what is not durable. */
	protected commit(operation: Operation): void {
		this.#fault('before-sync');
		this.#disk.operations.push(operation);
		this.#fault('after-sync');
		this.#state.apply(operation);
	}
}
