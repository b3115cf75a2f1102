/** Feeds and memberships of the state in memory: which feed holds a book, why, and the rows that follow from it. */
import { idToBytes, type BookId } from '#lib/domain/ids.ts';
import { addToDigest, EMPTY_DIGEST, subtractDigest } from '#lib/entry/digest.ts';
import type { Facility } from '#lib/protocol/api.ts';
import {
	handsOnDuty,
	type EndingBook,
	type Membership,
	type MembershipReason
} from './memberships.ts';
import type { FeedRow, FeedState, LogEntry } from './storage.ts';

type StoredRow =
	| { type: 'entry'; book: BookId; entry: LogEntry; atCommit: number }
	| { type: 'join'; book: BookId; n: number; atCommit: number }
	| { type: 'leave'; book: BookId; atCommit: number };

interface Period {
	fromMs: number;
	untilMs?: number;
}
type Reasons = Map<MembershipReason, Period>;

export interface Feed {
	rows: StoredRow[];
	members: Map<BookId, Reasons>;
	digest: bigint;
	/** The last row that a device of the facility is known to hold, and since when. */
	read?: { seq: number; atMs: number };
}

/** What feeds need to know of the log. */
export interface FeedLog {
	head(): number;
	bookOf(book: BookId): { entries: LogEntry[]; digest: bigint };
}

export class MemoryFeeds {
	readonly all = new Map<string, Feed>();
	readonly facilities = new Map<string, { facility: Facility; duties: string[] }>();
	readonly #log: FeedLog;

	constructor(log: FeedLog) {
		this.#log = log;
	}

	isMember(facility: string, book: BookId): boolean {
		return this.all.get(facility)?.members.has(book) === true;
	}

	membershipsOf(facility: string, book: BookId): Membership[] {
		const reasons = this.all.get(facility)?.members.get(book) ?? [];
		return [...reasons]
			.map(([reason, times]) => ({ reason, ...times }))
			.sort((a, b) => (a.reason < b.reason ? -1 : 1));
	}

	/** The earliest first. */
	ending(facility: string, nowMs: number): EndingBook[] {
		const members = [...(this.all.get(facility)?.members ?? [])];
		return members
			.flatMap(([book, reasons]): EndingBook[] => {
				const periods = [...reasons].map(([reason, { untilMs = Infinity }]) => ({
					book,
					reason,
					untilMs
				}));
				const [last] = periods.sort((a, b) => b.untilMs - a.untilMs);
				return last !== undefined && last.untilMs > nowMs && last.untilMs < Infinity ? [last] : [];
			})
			.sort((a, b) => a.untilMs - b.untilMs);
	}

	/** The earliest first. */
	overdue(at: number, limit: number) {
		const all = [...this.all].flatMap(([facility, { members }]) =>
			[...members].flatMap(([book, reasons]) =>
				[...reasons].map(([reason, { untilMs }]) => ({ facility, book, reason, untilMs }))
			)
		);
		return all
			.filter(({ untilMs }) => untilMs !== undefined && untilMs <= at)
			.sort((a, b) => (a.untilMs ?? 0) - (b.untilMs ?? 0))
			.slice(0, limit);
	}

	dutiesOf(station: string): string[] {
		return [...this.facilities.values()]
			.filter(({ duties }) => duties.includes(station))
			.map(({ facility }) => facility.code);
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

	/** Books of which rows after `after`, up to `to`, bring something. */
	booksBetween(facility: string, after: number, to: number): BookId[] {
		const rows = this.#feedOf(facility).rows.slice(after, to);
		return rows.flatMap(({ type, book }) => (type === 'leave' ? [] : [book]));
	}

	begin(
		facility: string,
		book: BookId,
		reason: MembershipReason,
		at: number,
		untilMs?: number
	): void {
		const feed = this.#feedOf(facility);
		const reasons: Reasons = feed.members.get(book) ?? new Map<MembershipReason, Period>();
		const known = reasons.get(reason);
		if (known !== undefined) {
			if (known.untilMs !== undefined && untilMs !== undefined)
				known.untilMs = Math.max(known.untilMs, untilMs);
			return;
		}
		reasons.set(reason, { fromMs: at, ...(untilMs !== undefined && { untilMs }) });
		if (!feed.members.has(book)) {
			const { entries, digest } = this.#log.bookOf(book);
			feed.members.set(book, reasons);
			feed.rows.push({ type: 'join', book, n: entries.length, atCommit: this.#log.head() });
			feed.digest = BigInt.asUintN(128, feed.digest + digest);
		}
		if (!handsOnDuty(reason)) return;
		for (const hospital of this.dutiesOf(facility)) this.begin(hospital, book, 'duty', at);
	}

	end(facility: string, book: BookId, reason: MembershipReason): void {
		const feed = this.#feedOf(facility);
		const reasons = feed.members.get(book);
		if (reasons?.delete(reason) !== true) return;
		if (reasons.size === 0) {
			feed.members.delete(book);
			feed.rows.push({ type: 'leave', book, atCommit: this.#log.head() });
			feed.digest = subtractDigest(feed.digest, this.#log.bookOf(book).digest);
		}
		if (!handsOnDuty(reason)) return;
		for (const hospital of this.dutiesOf(facility)) this.#endDutyIfOver(hospital, book);
	}

	#handsOn(facility: string, book: BookId): boolean {
		return this.membershipsOf(facility, book).some(({ reason }) => handsOnDuty(reason));
	}

	#endDutyIfOver(hospital: string, book: BookId): void {
		const stations = this.facilities.get(hospital)?.duties ?? [];
		if (!stations.some((station) => this.#handsOn(station, book))) this.end(hospital, book, 'duty');
	}

	/** An entry reaches every feed that holds its book. */
	add(book: BookId, entry: LogEntry): void {
		for (const feed of this.all.values()) {
			if (!feed.members.has(book)) continue;
			feed.rows.push({ type: 'entry', book, entry, atCommit: entry.commit });
			feed.digest = addToDigest(feed.digest, entry.id);
		}
	}

	putFacility(facility: Facility, duties: string[], at: number): void {
		this.facilities.set(facility.code, { facility, duties });
		for (const [book, reasons] of [...this.#feedOf(facility.code).members])
			if (reasons.has('duty')) this.#endDutyIfOver(facility.code, book);
		for (const station of duties)
			for (const book of this.#feedOf(station).members.keys())
				if (this.#handsOn(station, book)) this.begin(facility.code, book, 'duty', at);
	}

	noteRead(facility: string, seq: number, atMs: number): void {
		const feed = this.#feedOf(facility);
		if (seq > (feed.read?.seq ?? -1)) feed.read = { seq, atMs };
	}

	#feedOf(facility: string): Feed {
		const feed = this.all.get(facility) ?? {
			rows: [],
			members: new Map(),
			digest: EMPTY_DIGEST
		};
		this.all.set(facility, feed);
		return feed;
	}
}

/** Where a snapshot goes on: at the book, or after where it stood if it has left since. */
export function indexFrom(newestFirst: { book: BookId }[], book: BookId): number {
	const at = newestFirst.findIndex((other) => compareBooks(other.book, book) <= 0);
	return at === -1 ? newestFirst.length : at;
}

function compareBooks(a: BookId, b: BookId): number {
	return Buffer.compare(idToBytes(a), idToBytes(b));
}
