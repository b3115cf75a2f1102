/**
 * Entries that were refused, for the staff of the facility from whose devices they came: what waits, and the
 * decision about one. Each question and each decision is in the audit; the list says whose an entry is and why
 * it was refused, never what it says. That is told one by one, to whoever may read the book it is about.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { can } from '#lib/domain/access/can.ts';
import type { BookId, EntryId } from '#lib/domain/ids.ts';
import { readEntry } from '#lib/entry/entry.ts';
import { bytesToBase64url } from '#lib/protocol/certificate.ts';
import {
	heldReadRequestSchema,
	refusedListRequestSchema,
	REFUSED_LISTED_MAX,
	reviewRequestSchema,
	type HeldEntry as ListedEntry,
	type RefusedList,
	type ReviewRequest
} from '#lib/protocol/api.ts';
import { mayStaff } from '../auth/access.ts';
import { createBuckets, SYNC_REQUESTS } from '../auth/buckets.ts';
import type { Actor } from '../auth/device-token.ts';
import type { Account, HeldEntry } from '../storage/storage.ts';
import type { ReviewAnswer } from '../sync/review-held.ts';
import type { SyncService } from '../sync/sync-service.ts';
import { sendProblem } from './problem.ts';
import { addStaffRoute, type Asked, type StaffRouteDeps } from './staff-route.ts';

export interface QuarantineRouteDeps extends StaffRouteDeps {
	sync: SyncService;
}

type Answer<Question> = (
	asked: Asked<Question>,
	reply: FastifyReply
) => Promise<FastifyReply> | FastifyReply;

export function addQuarantineRoutes(app: FastifyInstance, deps: QuarantineRouteDeps): void {
	const take = createBuckets(SYNC_REQUESTS);
	const asReviewer =
		<Question>(answer: Answer<Question>): Answer<Question> =>
		(asked, reply) =>
			mayReview(deps, asked.account)
				? answer(asked, reply)
				: sendProblem(reply, '/problems/not-allowed');
	addStaffRoute(app, deps, {
		path: '/api/quarantine/list',
		schema: refusedListRequestSchema,
		take,
		answer: asReviewer(async ({ actor, account }, reply) =>
			reply.header('cache-control', 'no-store').send(await listRefused(deps, actor, account))
		)
	});
	addStaffRoute(app, deps, {
		path: '/api/quarantine/read',
		schema: heldReadRequestSchema,
		take,
		answer: asReviewer((asked, reply) => readHeld(deps, asked, reply))
	});
	addStaffRoute(app, deps, {
		path: '/api/quarantine/review',
		schema: reviewRequestSchema,
		answer: asReviewer(async (asked, reply) => sendAnswer(reply, await review(deps, asked)))
	});
}

function mayReview({ clock }: QuarantineRouteDeps, { role, facility }: Account): boolean {
	return can({ role, facility }, 'review', 'member', clock.nowMs()).allowed;
}

async function listRefused(
	{ storage, clock }: QuarantineRouteDeps,
	{ device, facility }: Actor,
	{ person, role }: Account
): Promise<RefusedList> {
	const limit = REFUSED_LISTED_MAX;
	const [held, returned, accounts] = await Promise.all([
		storage.listHeld({ facility, limit }),
		storage.listHeld({ facility, device, isReturned: true, limit }),
		storage.listAccounts()
	]);
	const detail = `list held=${held.length} returned=${returned.length}`;
	const who = { device, facility, person, role };
	await storage.audit({ at: clock.nowMs(), action: 'review', ...who, detail });
	const names = new Map<string, string>(accounts.map((one) => [one.person, one.name]));
	const listed = (one: HeldEntry): ListedEntry => ({
		...listedEntry(one, names),
		isFromHere: one.device === device
	});
	return { held: held.map(listed), returned: returned.map(listed) };
}

function listedEntry(
	{ number, id, at, code, path, bytes, review }: HeldEntry,
	names: ReadonlyMap<string, string>
): Omit<ListedEntry, 'isFromHere'> {
	const decidedBy = review && names.get(review.person);
	return {
		number,
		entry: id,
		atMs: at,
		code,
		...(path !== undefined && { path }),
		...saidOutside(bytes, names),
		...(review && {
			review: {
				atMs: review.at,
				note: review.note,
				...(decidedBy !== undefined && { by: decidedBy })
			}
		})
	};
}

/** What stands on the envelope, as far as it can be read. */
function saidOutside(
	bytes: Uint8Array,
	names: ReadonlyMap<string, string>
): Pick<ListedEntry, 'book' | 'kind' | 'author' | 'recordedMs'> {
	const read = readEntry(bytes);
	if (!read.ok) return {};
	const { book, kind, author, recorded } = read.entry.envelope;
	const { person, role } = author;
	const name = names.get(person);
	return {
		book,
		kind,
		author: { person, role, ...(name !== undefined && { name }) },
		recordedMs: recorded.ms
	};
}

/** What cannot be read is about no book, so nobody may read it here. */
async function readHeld(
	{ storage, clock }: QuarantineRouteDeps,
	{
		actor,
		account: { person, role, facility },
		question
	}: Asked<{ number: number; entry: string }>,
	reply: FastifyReply
): Promise<FastifyReply> {
	const held = await storage.readHeld(facility, question.number);
	if (held?.id !== question.entry) return sendProblem(reply, '/problems/not-found');
	const book = bookOf(held.bytes);
	if (book === undefined) return sendProblem(reply, '/problems/not-found');
	const at = clock.nowMs();
	const row = { at, ...actor, person, role, book };
	// How it is labelled is not to be trusted in what was refused: it counts as restricted.
	const actions = ['read', 'read-restricted'] as const;
	if (!(await mayStaff({ storage, clock }, { role, facility }, actions, book))) {
		await storage.audit({ ...row, action: 'refuse', detail: 'held not-a-member' });
		return sendProblem(reply, '/problems/not-found');
	}
	await storage.audit({ ...row, action: 'deliver', detail: 'held' });
	return reply.header('cache-control', 'no-store').send({ bytes: bytesToBase64url(held.bytes) });
}

function bookOf(bytes: Uint8Array): BookId | undefined {
	const read = readEntry(bytes);
	return read.ok ? read.entry.envelope.book : undefined;
}

function review(
	{ sync }: QuarantineRouteDeps,
	{ actor, account: { person }, question }: Asked<ReviewRequest>
): Promise<ReviewAnswer> {
	const { number, outcome } = question;
	const entry: string = question.entry;
	const note = 'note' in question ? question.note : '';
	return sync.review({ number, entry: entry as EntryId, outcome, note }, { ...actor, person });
}

function sendAnswer(
	reply: FastifyReply,
	answer: ReviewAnswer
): Promise<FastifyReply> | FastifyReply {
	switch (answer.type) {
		case 'reviewed':
			return reply.code(204).send();
		case 'not-found':
			return sendProblem(reply, '/problems/not-found');
		case 'settled':
			return sendProblem(reply, '/problems/already-decided');
		case 'refused':
			return sendProblem(reply, '/problems/still-refused', { detail: answer.code });
	}
}
