/**
 * What a family says is wrong in its books. It goes to whoever wrote the entry. A correction needs no word of its own:
 * an entry that amends or withdraws the one in question, and came after the request, answers it, whether it was
 * written beside the request or on a tablet that never saw it.
 */
import { can } from '#lib/domain/access/can.ts';
import {
	correctionAmong,
	correctionDue,
	OPEN_REQUESTS_MAX
} from '#lib/domain/access/correction-request.ts';
import type { BookEntry } from '#lib/domain/book/book-entry.ts';
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import type { ClinicalDate } from '#lib/domain/time/clinical-time.ts';
import { readEntry } from '#lib/entry/entry.ts';
import {
	CORRECTIONS_TOLD_MAX,
	type CorrectionAsk,
	type Corrections
} from '#lib/protocol/corrections.ts';
import type { StoredCorrectionRequest } from '../storage/corrections.ts';
import type { LogEntry, ServerStorage } from '../storage/storage.ts';
import type { CitizenSession } from './citizen-sessions.ts';
import { openFamily, type FamilyDeps, type OpenFamilyBook } from './family-books.ts';

export interface CorrectionDeps extends FamilyDeps {
	storage: FamilyDeps['storage'] &
		Pick<
			ServerStorage,
			| 'askForCorrection'
			| 'answerCorrection'
			| 'listCorrectionsOf'
			| 'listFacilities'
			| 'listAccounts'
			| 'audit'
		>;
}

/** Undefined: no such book for this person. On disk before it is answered. */
export async function answerCorrections(
	deps: CorrectionDeps,
	session: CitizenSession,
	book: BookId,
	nowMs: number
): Promise<Corrections | undefined> {
	const { storage } = deps;
	const parts = await partsOf(deps, session, book, nowMs);
	const row = { at: nowMs, person: session.person, role: 'citizen' };
	if (parts.length === 0) {
		const detail = 'corrections not-of-the-family';
		await storage.audit({ ...row, book, action: 'refuse', detail });
		return undefined;
	}
	const detail = 'citizen corrections';
	await Promise.all(
		parts.map((one) => storage.audit({ ...row, book: one.book, action: 'deliver', detail }))
	);
	return tell(deps, parts, nowMs);
}

export type AskOutcome =
	| { type: 'asked'; corrections: Corrections }
	/** No such entry for this person, or none that a facility wrote. */
	| { type: 'not-found' }
	/** About this entry one waits for its answer. */
	| { type: 'open-already' }
	| { type: 'too-many' };

export async function askForCorrection(
	deps: CorrectionDeps,
	session: CitizenSession,
	{ book, entry, words }: CorrectionAsk,
	nowMs: number
): Promise<AskOutcome> {
	const { storage } = deps;
	const { person } = session;
	const named: string = book;
	const parts = await partsOf(deps, session, named as BookId, nowMs);
	const part = parts.find(({ entries }) => entries.some(({ id }) => id === entry));
	const found = part?.entries.find(({ id }) => id === entry);
	const read = found && readEntry(found.bytes);
	const facility = read?.ok === true ? read.entry.envelope.author.facility : undefined;
	if (part === undefined || found === undefined || facility === undefined) {
		const row = { at: nowMs, person, role: 'citizen', book: named as BookId };
		await storage.audit({ ...row, action: 'refuse', detail: 'correction not-found' });
		return { type: 'not-found' };
	}
	// What is answered already must not keep its entry from being asked about again.
	const before = await storage.listCorrectionsOf([part.book], CORRECTIONS_TOLD_MAX);
	await settleAnswered(storage, before, nowMs);
	const asked = await storage.askForCorrection({
		...{ at: nowMs, book: part.book, entry: found.id, facility, person, stands: part.stands },
		...{ words, due: correctionDue(nowMs), commit: await lastCommit(storage, part.book) },
		openMax: OPEN_REQUESTS_MAX
	});
	if (asked.type !== 'asked') return asked;
	return { type: 'asked', corrections: await tell(deps, parts, nowMs) };
}

/** Of what this person may read now; a book and those joined to it. */
async function partsOf(
	deps: CorrectionDeps,
	{ citizen }: CitizenSession,
	book: BookId,
	nowMs: number
): Promise<OpenFamilyBook[]> {
	return (await openFamily(deps, citizen, nowMs))
		.filter((one) => (one.of ?? one.book) === book)
		.filter(({ stands }) => can({ role: 'citizen' }, 'request-correction', stands, nowMs).allowed);
}

/** Also of what the family is not shown: a correction comes after all of it. */
async function lastCommit(storage: Pick<ServerStorage, 'readBook'>, book: BookId): Promise<number> {
	return (await storage.readBook(book)).at(-1)?.commit ?? 0;
}

async function tell(
	{ storage }: CorrectionDeps,
	parts: readonly OpenFamilyBook[],
	nowMs: number
): Promise<Corrections> {
	const readable = new Set(parts.flatMap(({ entries }) => entries.map(({ id }) => id)));
	const stored = await storage.listCorrectionsOf(
		parts.map(({ book }) => book),
		CORRECTIONS_TOLD_MAX
	);
	const requests = (await settleAnswered(storage, stored, nowMs)).filter(({ entry }) =>
		readable.has(entry)
	);
	const [facilities, accounts] = await Promise.all([
		storage.listFacilities(),
		storage.listAccounts()
	]);
	const placeOf = new Map(facilities.map(({ code, name }) => [code, name]));
	const nameOf = new Map<string, string>(accounts.map(({ person, name }) => [person, name]));
	return {
		requests: requests.map(({ number, entry, at, due, words, facility, answer }) => ({
			...{ number, entry, atMs: at, due: due as ClinicalDate, words },
			facility: placeOf.get(facility) ?? facility,
			...(answer && { answer: toldAnswerOf(answer, nameOf) })
		}))
	};
}

type ToldAnswer = NonNullable<Corrections['requests'][number]['answer']>;

export function toldAnswerOf(
	{ at, outcome, reason, person }: NonNullable<StoredCorrectionRequest['answer']>,
	nameOf: ReadonlyMap<string, string>
): ToldAnswer {
	const by = nameOf.get(person);
	return { atMs: at, outcome, reason, ...(by !== undefined && { by }) };
}

type SettleStorage = Pick<ServerStorage, 'readBook' | 'answerCorrection'>;

/** The requests with the answers that the book itself gives by now; each such answer is written down once. */
export async function settleAnswered(
	storage: SettleStorage,
	requests: readonly StoredCorrectionRequest[],
	nowMs: number
): Promise<StoredCorrectionRequest[]> {
	const open = new Set(requests.filter(({ answer }) => answer === undefined));
	const books = new Map<BookId, LogEntry[]>();
	for (const book of new Set([...open].map((one) => one.book)))
		books.set(book, await storage.readBook(book));
	const settled: StoredCorrectionRequest[] = [];
	for (const request of requests) {
		const correction = open.has(request)
			? correctionOf(request, books.get(request.book) ?? [])
			: undefined;
		settled.push(
			correction === undefined ? request : await writeDown(storage, request, correction, nowMs)
		);
	}
	return settled;
}

function correctionOf(
	{ entry, commit }: StoredCorrectionRequest,
	log: readonly LogEntry[]
): BookEntry | undefined {
	const readable = (those: readonly LogEntry[]): BookEntry[] =>
		those.flatMap(({ bytes }) => {
			const read = readEntry(bytes);
			return read.ok ? [read.entry] : [];
		});
	const later = log.filter((one) => one.commit > commit);
	// Most requests wait: then nothing of the book has to be read.
	if (later.length === 0) return undefined;
	const target: EntryId = entry;
	return correctionAmong(
		target,
		readable(log.filter((one) => one.commit <= commit)),
		readable(later)
	);
}

async function writeDown(
	storage: SettleStorage,
	request: StoredCorrectionRequest,
	{ id, envelope: { recorded, author } }: BookEntry,
	nowMs: number
): Promise<StoredCorrectionRequest> {
	// By the tablet's clock as far as it is known, and never outside of what can be.
	const recordedMs = recorded.ms + (recorded.offset ?? 0);
	const at = Math.min(nowMs, Math.max(request.at, recordedMs));
	const answer = {
		at,
		outcome: 'corrected',
		person: author.person,
		entry: id,
		reason: ''
	} as const;
	const { number, facility } = request;
	const answeredAt = author.facility ?? facility;
	await storage.answerCorrection({ ...answer, number, facility, answeredAt, loggedAt: nowMs });
	return { ...request, answer };
}
