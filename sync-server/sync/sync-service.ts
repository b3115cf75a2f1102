/**
 * `POST /api/sync` without HTTP: one request in, frames out. The server, the simulation and tests run
 * this very code; clock, crypto and storage are passed in and there is no timer. Acknowledgements come
 * first and only after the commit, then pages while the device has credit, then the end.
 */
import type { AccessActor } from '#lib/domain/access/can.ts';
import type { BookId, DeviceId } from '#lib/domain/ids.ts';
import { digestToBytes } from '#lib/entry/digest.ts';
import type { Verifier } from '#lib/entry/signing.ts';
import { PAGES_PER_ANSWER_MAX } from '#lib/protocol/limits.ts';
import type { Ack, Frame, PushedEntry, SyncRequest } from '#lib/protocol/messages.ts';
import { holdersOf, mayHold, standingsOf } from '../auth/access.ts';
import { registerCertificates, type CertificateDeps } from '../auth/certificates.ts';
import type { Actor } from '../auth/device-token.ts';
import type { ServerStorage, StoreState } from '../storage/storage.ts';
import { admitEntries, type Admission, type AdmissionDeps } from './admit-entry.ts';
import { readBookPages, selectBooks } from './book-pages.ts';
import { resolveCursor, type Cursor } from './cursor.ts';
import { createDamage, type Damage } from './damage.ts';
import { createInlineExaminer, type Examiner } from './examine.ts';
import { readFeedPage, type FeedReader } from './feed-pages.ts';
import { createPageDraft } from './page.ts';
import { createFeedReads, type NoteRead } from './feed-reads.ts';
import { recordTip } from './journal-tip.ts';
import { reviewHeld, type Decision, type ReviewAnswer, type Reviewer } from './review-held.ts';
import type { Place } from './token.ts';

export interface SyncServiceDeps {
	storage: ServerStorage;
	/** Checks certificates and journal tips, and entries where no `examiner` is given. */
	verify: Verifier;
	clock: { nowMs(): number };
	/** Public half of the issuing key, 65 bytes. */
	issuingKey: Uint8Array;
	/** Of those before it. */
	former?: CertificateDeps['former'];
	/** Reads and verifies entries elsewhere, for example in a pool of workers. */
	examiner?: Examiner;
	/** Told of entries once they are acknowledged; live rooms hang on it. Must not fail. */
	onAccepted?: NonNullable<AdmissionDeps['onAccepted']>;
	/** Where entries that the disk damaged are told and counted. */
	damage?: Damage;
}

export interface SyncService {
	/** Answers one request of an authenticated device. Throws `StorageFailure` before the first frame, or
	 * in the middle: the answer is then cut, and what came whole may be kept. */
	answer(request: SyncRequest, actor: Actor): AsyncGenerator<Frame>;
	/** Takes entries that came by another way than a round, as a round would. */
	admit(push: PushedEntry[], actor: Actor): Promise<Ack[]>;
	/** Decides about a refused entry of the actor's facility; see `review-held.ts`. */
	review(decision: Decision, reviewer: Reviewer): Promise<ReviewAnswer>;
}

interface Round extends SyncServiceDeps {
	examiner: Examiner;
	damage: Damage;
	noteRead: NoteRead;
	noteHolders: NoteHolders;
	request: SyncRequest;
	actor: Actor;
}

const NO_ADMISSION: Admission = { acks: [], held: new Set(), repeated: new Set() };

export function createSyncService(deps: SyncServiceDeps): SyncService {
	const examiner = deps.examiner ?? createInlineExaminer(deps.verify);
	const damage = deps.damage ?? createDamage();
	const noteRead = createFeedReads(deps.storage);
	const noteHolders = createHolderNotes(deps.storage);
	return {
		answer: (request, actor) =>
			answerRound({ ...deps, examiner, damage, noteRead, noteHolders, request, actor }),
		admit: async (push, actor) => {
			const isBlocked = deps.storage
				.findDevice(actor.device)
				.then((found) => found?.isBlocked === true);
			return (await admitEntries({ ...deps, examiner, damage }, { ...actor, isBlocked }, push))
				.acks;
		},
		review: (decision, reviewer) => reviewHeld({ ...deps, examiner }, reviewer, decision)
	};
}

async function* answerRound(round: Round): AsyncGenerator<Frame> {
	const { request, actor, storage } = round;
	if (request.certificates !== undefined) await registerCertificates(round, request.certificates);
	const device = storage.findDevice(actor.device);
	const blocked = device.then((found) => found?.isBlocked === true);
	const [{ acks, held, repeated }, isBlocked] = await Promise.all([
		request.push === undefined
			? NO_ADMISSION
			: admitEntries(round, { ...actor, isBlocked: blocked }, request.push),
		blocked,
		device.then((found) => found && request.journal && recordTip(round, found, request.journal))
	]);
	if (request.push !== undefined) yield { frame: 'acks', acks };
	const credit = isBlocked ? 0 : Math.min(request.credit ?? Infinity, PAGES_PER_ANSWER_MAX);
	yield* answerPages(round, { held, repeated }, credit);
}

async function* answerPages(
	round: Round,
	{ held, repeated }: Pick<Admission, 'held' | 'repeated'>,
	credit: number
): AsyncGenerator<Frame> {
	const { request, actor, storage, damage } = round;
	// Head and digest of one moment: the answer stops there, what comes later is asked for again.
	const [state, feed, people] = await Promise.all([
		storage.readState(),
		storage.readFeedState(actor.facility),
		storage.listPeopleOf(actor.device)
	]);
	const nowMs = round.clock.nowMs();
	const holders = holdersOf(people, actor, { nowMs, wasRestored: state.epochs.length > 1 });
	const cursor = await resolveCursor(storage, state, { ...actor, head: feed.head }, request.token);
	const epoch = cursor.isOtherEpoch ? { epoch: state.epoch } : {};
	const rules = { held, left: new Set<BookId>(), confirmed: state.confirmed, damage };
	if (holders.length > 0) await round.noteRead(actor.facility, cursor, nowMs);
	await round.noteHolders(actor, holders.length > 0, nowMs);
	if (credit === 0 || holders.length === 0) {
		yield { frame: 'end', ...timeAndConfirmed(round, state, true), ...epoch };
		return;
	}
	const asked = yield* answerBooks(round, holders, rules, credit);
	const { facility } = actor;
	const reader = { storage, facility, epoch: state.epoch, until: feed.head, rules };
	const sent = yield* answerFeed(round, reader, cursor, credit - asked.pages);
	yield* answerStrays(reader, repeated);
	const isIdle = request.push === undefined && asked.pages + sent.pages === 0;
	const isAtHead = sent.place?.at === 'log' && sent.place.seq === feed.head && asked.isComplete;
	const digest = await damage.withoutDamaged(storage, facility, feed.digest);
	yield {
		frame: 'end',
		...timeAndConfirmed(round, state, !isIdle),
		...(isAtHead ? { digest: digestToBytes(digest) } : { more: true }),
		...epoch
	};
}

/** Books asked for by themselves come before the feed: somebody waits for them. */
async function* answerBooks(
	round: Round,
	holders: readonly AccessActor[],
	rules: FeedReader['rules'],
	credit: number
): AsyncGenerator<Frame, { pages: number; isComplete: boolean }> {
	const { request, actor, storage, clock } = round;
	if (request.books === undefined) return { pages: 0, isComplete: true };
	const at = clock.nowMs();
	const { device, facility } = actor;
	const may = async (book: BookId): Promise<boolean> =>
		mayHold(holders, await standingsOf(storage, facility, book), at);
	const { wanted, refused } = await selectBooks(storage, may, request.books);
	// All at once: they share a commit, and a hundred books do not wait for a hundred of them.
	await Promise.all([
		...wanted.map(({ book, from, to }) => {
			const detail = `book from=${from} to=${to}`;
			return storage.audit({ at, action: 'deliver', device, facility, book, detail });
		}),
		...refused.map((book) =>
			storage.audit({ at, action: 'refuse', device, facility, book, detail: 'not-a-member' })
		)
	]);
	const pages = readBookPages(storage, wanted, rules, credit);
	let pageCount = 0;
	for (;;) {
		const next = await pages.next();
		if (next.done === true) return { pages: pageCount, isComplete: next.value.isComplete };
		pageCount += 1;
		yield next.value;
	}
}

/** What a device had not been told was taken it kept when the book left its feed. Now it is told, so it is told
 * once more that the book has left. */
async function* answerStrays(
	{ storage, facility, rules }: FeedReader,
	repeated: ReadonlySet<BookId>
): AsyncGenerator<Frame> {
	const draft = createPageDraft(rules);
	for (const book of repeated) if (!(await storage.isMember(facility, book))) draft.leave(book);
	if (draft.hasRows()) yield draft.toFrame({});
}

async function* answerFeed(
	round: Round,
	reader: FeedReader,
	{ place: from, isOtherEpoch }: Cursor,
	credit: number
): AsyncGenerator<Frame, { pages: number; place: Place | undefined }> {
	const epoch = isOtherEpoch ? { epoch: reader.epoch } : {};
	let place = from;
	let isAudited = false;
	for (let pages = 0; ; pages++) {
		if (pages >= credit) return { pages, place };
		const page = await readFeedPage(reader, place);
		if (page === undefined) return { pages, place };
		if (!isAudited && page.frame.rows.length > 0) {
			await auditDelivery(round, place, reader.until);
			isAudited = true;
		}
		place = page.place;
		yield { ...page.frame, ...epoch };
	}
}

/** One row per answer that delivers anything, on disk before its first page leaves. It states the range
 * that may be sent; a cut answer sends less of it. */
async function auditDelivery(
	{ storage, actor, clock }: Round,
	place: Place | undefined,
	until: number
): Promise<void> {
	const { device, facility } = actor;
	const detail = `feed ${placeText(place)} to=${until}`;
	await storage.audit({ at: clock.nowMs(), action: 'deliver', device, facility, detail });
}

function placeText(place: Place | undefined): string {
	if (place === undefined) return 'snapshot';
	return place.at === 'snapshot' ? `snapshot at=${place.seq}` : `from=${place.seq}`;
}

type NoteHolders = (actor: Actor, isAnybody: boolean, at: number) => Promise<void>;

const DEVICES_REFUSED_MAX = 20_000;

/** That a device is sent nothing stands in the audit once, until it is sent something again: it asks every half minute. */
function createHolderNotes(storage: Pick<ServerStorage, 'audit'>): NoteHolders {
	const refused = new Set<DeviceId>();
	return async ({ device, facility }, isAnybody, at) => {
		if (isAnybody) return void refused.delete(device);
		if (refused.has(device)) return;
		if (refused.size >= DEVICES_REFUSED_MAX) refused.clear();
		refused.add(device);
		await storage.audit({ at, action: 'refuse', device, facility, detail: 'sync nobody-may-hold' });
	};
}

function timeAndConfirmed({ clock }: Round, { confirmed }: StoreState, isTold: boolean) {
	return { now: clock.nowMs(), ...(isTold && confirmed > 0 && { confirmed }) };
}
