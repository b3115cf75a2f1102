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
import { actingAccount } from './acting-account.ts';
import { createBuckets, SYNC_REQUESTS } from '../auth/buckets.ts';
import type { Actor, Authenticate } from '../auth/device-token.ts';
import type { Account, HeldEntry, ServerStorage } from '../storage/storage.ts';
import type { ReviewAnswer } from '../sync/review-held.ts';
import type { SyncService } from '../sync/sync-service.ts';
import { sendProblem } from './problem.ts';
import {
	actorOf,
	parseBody,
	requireContentType,
	requireDevice,
	requirePlainBody
} from './request-checks.ts';

const BODY_BYTES_MAX = 4 * 1024;

export interface QuarantineRouteDeps {
	storage: ServerStorage;
	sync: SyncService;
	authenticate: Authenticate;
	clock: { nowMs(): number };
}

export function addQuarantineRoutes(app: FastifyInstance, deps: QuarantineRouteDeps): void {
	const take = createBuckets(SYNC_REQUESTS);
	const options = {
		bodyLimit: BODY_BYTES_MAX,
		onRequest: [
			requireDevice(deps.authenticate),
			requireContentType('application/json'),
			requirePlainBody
		]
	};
	app.post('/api/quarantine/list', options, async (request, reply) => {
		const body = parseBody(refusedListRequestSchema, request.body);
		if (!body.ok) return sendProblem(reply, '/problems/schema', { path: body.path });
		const actor = actorOf(request);
		const retryAfter = take(actor.device, deps.clock.nowMs()).waitSeconds;
		if (retryAfter > 0) return sendProblem(reply, '/problems/too-many-attempts', { retryAfter });
		const account = await reviewerOf(deps, actor, body.value.actor);
		if (account === undefined) return sendProblem(reply, '/problems/not-allowed');
		return reply.header('cache-control', 'no-store').send(await listRefused(deps, actor, account));
	});
	app.post('/api/quarantine/read', options, async (request, reply) => {
		const body = parseBody(heldReadRequestSchema, request.body);
		if (!body.ok) return sendProblem(reply, '/problems/schema', { path: body.path });
		const actor = actorOf(request);
		const retryAfter = take(actor.device, deps.clock.nowMs()).waitSeconds;
		if (retryAfter > 0) return sendProblem(reply, '/problems/too-many-attempts', { retryAfter });
		const account = await reviewerOf(deps, actor, body.value.actor);
		if (account === undefined) return sendProblem(reply, '/problems/not-allowed');
		return readHeld(deps, actor, account, body.value, reply);
	});
	app.post('/api/quarantine/review', options, async (request, reply) => {
		const body = parseBody(reviewRequestSchema, request.body);
		if (!body.ok) return sendProblem(reply, '/problems/schema', { path: body.path });
		const actor = actorOf(request);
		const account = await reviewerOf(deps, actor, body.value.actor);
		if (account === undefined) return sendProblem(reply, '/problems/not-allowed');
		return sendAnswer(reply, await review(deps, actor, account, body.value));
	});
}

/** Somebody of the device's own facility who may decide. */
async function reviewerOf(
	{ storage, clock }: QuarantineRouteDeps,
	actor: Actor,
	person: string
): Promise<Account | undefined> {
	const account = await actingAccount(storage, actor, person);
	if (account === undefined) return undefined;
	const { role, facility } = account;
	const isAllowed = can({ role, facility }, 'review', 'member', clock.nowMs()).allowed;
	return isAllowed ? account : undefined;
}

async function listRefused(
	{ storage, clock }: QuarantineRouteDeps,
	{ device, facility }: Actor,
	{ person }: Account
): Promise<RefusedList> {
	const limit = REFUSED_LISTED_MAX;
	const [held, returned, accounts] = await Promise.all([
		storage.listHeld({ facility, limit }),
		storage.listHeld({ facility, device, isReturned: true, limit }),
		storage.listAccounts()
	]);
	const detail = `list held=${held.length} returned=${returned.length}`;
	await storage.audit({ at: clock.nowMs(), action: 'review', device, facility, person, detail });
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
	actor: Actor,
	{ person, role, facility }: Account,
	asked: { number: number; entry: string },
	reply: FastifyReply
): Promise<FastifyReply> {
	const held = await storage.readHeld(facility, asked.number);
	if (held?.id !== asked.entry) return sendProblem(reply, '/problems/not-found');
	const book = bookOf(held.bytes);
	if (book === undefined) return sendProblem(reply, '/problems/not-found');
	const at = clock.nowMs();
	const relation = (await storage.isMember(facility, book)) ? 'member' : 'none';
	const may = (action: 'read' | 'read-restricted'): boolean =>
		can({ role, facility }, action, relation, at).allowed;
	const row = { at, ...actor, person, book };
	// How it is labelled is not to be trusted in what was refused: it counts as restricted.
	if (!may('read') || !may('read-restricted')) {
		await storage.audit({ ...row, action: 'refuse', detail: 'held not-a-member' });
		return sendProblem(reply, '/problems/not-allowed');
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
	actor: Actor,
	{ person }: Account,
	request: ReviewRequest
): Promise<ReviewAnswer> {
	const { number, outcome } = request;
	const entry: string = request.entry;
	const note = 'note' in request ? request.note : '';
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
