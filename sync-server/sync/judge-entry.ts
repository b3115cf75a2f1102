/** What becomes of one entry that was read: appended, refused for good, or judged another time. */
import { can, type BookStanding } from '#lib/domain/access/can.ts';
import { VALID_DAYS_MAX } from '#lib/domain/book/referral.ts';
import type { BookId, EntryId, KeyId } from '#lib/domain/ids.ts';
import { endOfDayMs } from '#lib/domain/time/clinical-time.ts';
import type { Facility } from '#lib/protocol/api.ts';
import type { PushedEntry, RefusalCode } from '#lib/protocol/messages.ts';
import { standingsOf } from '../auth/access.ts';
import type { AppendEntry, PersonKey, ServerStorage } from '../storage/storage.ts';
import type { Pusher } from './admit-entry.ts';
import type { EntryReading, Reading } from './examine.ts';
import { flagsOf } from './flags.ts';
import { needsDoctor } from './withdrawn-safety.ts';

/** An author may become known again: a restored store learns certificates as devices come back. */
export const UNKNOWN_AUTHOR_RETRY_SECONDS = 600;

const DAY_MS = 24 * 60 * 60_000;

export type Verdict =
	| { type: 'append'; entry: AppendEntry }
	| { type: 'refused'; id: EntryId; code: RefusalCode; path?: string }
	| { type: 'later'; code: string; seconds: number };

export type Judge = (
	reading: Reading,
	isGenuine: boolean,
	pushed: PushedEntry | undefined
) => Promise<Verdict>;

/** What the store knew when the push came. */
export interface KnownForPush {
	isBlocked: boolean;
	facilities: Facility[];
	wasRestored: boolean;
	standingOf: (facility: string, book: BookId) => Promise<BookStanding>;
}

interface PushToJudge extends KnownForPush {
	keys: Map<KeyId, PersonKey>;
	/** All of the push: one entry may withdraw another of the same push. */
	readings: Reading[];
	nowMs: number;
}

/** Asks for everything at once: one visit to the store for a push, not one for an entry. */
export async function readForJudging(
	storage: ServerStorage,
	pusher: Pusher,
	readings: Reading[]
): Promise<KnownForPush> {
	const standingOf = createStandings(storage);
	const [isBlocked, facilities, state] = await Promise.all([
		pusher.isBlocked,
		storage.listFacilities(),
		storage.readState(),
		...readings.flatMap((reading) => {
			if (!reading.ok || reading.entry.author.facility === undefined) return [];
			return [standingOf(reading.entry.author.facility, reading.entry.book)];
		})
	]);
	return { isBlocked, facilities, wasRestored: state.epochs.length > 1, standingOf };
}

/** Judges one entry after the other against what the store knew when the push came. */
export function createJudge(
	storage: ServerStorage,
	{ isBlocked, facilities, wasRestored, standingOf, keys, readings, nowMs }: PushToJudge
): Judge {
	return async (reading, isGenuine, pushed) => {
		if (!reading.ok || pushed === undefined) return refusedReading(reading);
		const { entry } = reading;
		const refused = (code: RefusalCode): Verdict => ({ type: 'refused', id: entry.id, code });
		if (isBlocked) return refused('not-allowed');
		const key = keys.get(entry.author.key);
		if (key === undefined && wasRestored)
			return { type: 'later', code: 'unknown-author', seconds: UNKNOWN_AUTHOR_RETRY_SECONDS };
		if (key === undefined || !isAuthor(key, entry)) return refused('unknown-author');
		if (!isGenuine) return refused('signature');
		if (entry.isUnknownKind && entry.author.role === 'citizen')
			return refused('unknown-kind-from-citizen');
		const { facility = key.facility } = entry.author;
		const standing = await standingOf(facility, entry.book);
		const verdict = can({ ...key, facility }, 'write', standing, nowMs);
		if (!verdict.allowed) return refused(verdict.code);
		const flags = [...flagsOf(entry, nowMs), ...verdict.flags];
		if (await needsDoctor(storage, readings, entry)) flags.push('doctor-needed');
		const begins = beginsOf(entry, facilities, nowMs);
		return { type: 'append', entry: { ...toAppend(entry, pushed, begins), flags } };
	};
}

function refusedReading(reading: Reading): Verdict {
	if (reading.ok) throw new Error('a reading without its entry');
	const { id, code, path } = reading;
	return { type: 'refused', id, code, ...(path !== undefined && { path }) };
}

/** One key is one person on one device, in one role at one facility: the entry must say the same. Only
 * the server's own import speaks for the facilities its source names; no sign-in gives that role. */
function isAuthor(key: PersonKey, { author }: EntryReading): boolean {
	const speaksForIt = key.role === 'import' || key.facility === author.facility;
	return key.person === author.person && key.role === author.role && speaksForIt;
}

/** How the author's facility stands to a book; asked once per push, so that an entry does not open the
 * door for the next one of the same push. */
function createStandings(storage: ServerStorage): KnownForPush['standingOf'] {
	const standings = new Map<string, Promise<BookStanding>>();
	return (facility, book) => {
		const cell = `${facility} ${book}`;
		const standing = standings.get(cell) ?? readStanding(storage, facility, book);
		standings.set(cell, standing);
		return standing;
	};
}

async function readStanding(
	storage: ServerStorage,
	facility: string,
	book: BookId
): Promise<BookStanding> {
	const [standings, state] = await Promise.all([
		standingsOf(storage, facility, book),
		storage.readBookState(book)
	]);
	return state === undefined ? 'new' : standings;
}

type Begins = NonNullable<AppendEntry['begins']>;

/** An address brings the book into the feed of the commune's own station; a referral into that of where the person
 * is sent, until its last day is over. */
function beginsOf(
	{ commune, referral }: EntryReading,
	facilities: Facility[],
	nowMs: number
): Begins {
	const registered = facilities.filter(
		(one) => one.kind === 'commune-station' && one.commune === commune
	);
	const begins: Begins = registered.map(({ code }) => ({ facility: code, reason: 'registered' }));
	if (referral === undefined || facilities.every(({ code }) => code !== referral.to)) return begins;
	const lastMs = nowMs + VALID_DAYS_MAX * DAY_MS;
	const untilMs = Math.min(endOfDayMs(referral.validUntil), lastMs);
	if (untilMs > nowMs) begins.push({ facility: referral.to, reason: 'referral', untilMs });
	return begins;
}

function toAppend(
	entry: EntryReading,
	pushed: PushedEntry,
	begins: Begins
): Omit<AppendEntry, 'flags'> {
	return {
		book: entry.book,
		id: entry.id,
		bytes: pushed.entry,
		signature: pushed.signature,
		...(entry.author.facility !== undefined && { facility: entry.author.facility }),
		...(begins.length > 0 && { begins }),
		lookups: entry.lookups
	};
}
