/**
 * Somebody who is not on this tablet: finding by exact question, and opening because the person is here.
 * The acting practitioner is named in the body and must belong to the device's facility; each question is
 * in the audit before it is answered, and a device that guesses has to wait.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { can, type Action, type BookRelation } from '#lib/domain/access/can.ts';
import type { BookId } from '#lib/domain/ids.ts';
import { lookupsOfQuestion } from '#lib/domain/people/lookups.ts';
import { clinicalDateOf } from '#lib/domain/time/clinical-time.ts';
import {
	findRequestSchema,
	openRequestSchema,
	type FindRequest,
	type FoundPerson
} from '#lib/protocol/api.ts';
import { FIND_HITS_MAX } from '#lib/protocol/limits.ts';
import { createAttempts, type Attempts } from '../auth/attempts.ts';
import { BOOK_OPENS, createBuckets, type Take } from '../auth/buckets.ts';
import type { Actor } from '../auth/device-token.ts';
import type { Account, AuditRow, ServerStorage } from '../storage/storage.ts';
import { actingAccount } from './acting-account.ts';
import { describePeople } from './describe-person.ts';
import { sendProblem } from './problem.ts';
import { actorOf, parseBody } from './request-checks.ts';
import { jsonOfDevice, type StaffRouteDeps } from './staff-route.ts';

/** Questions without a hit that a device may ask before it has to wait. */
const MISSES = {
	freeFailures: 20,
	firstWaitMs: 60_000,
	waitMsMax: 60 * 60_000,
	forgetMs: 60 * 60_000,
	subjectsMax: 10_000
};

/** Questions about what is not there, of all routes together. */
export function createMisses(): Attempts {
	return createAttempts(MISSES);
}

export function addPeopleRoutes(
	app: FastifyInstance,
	deps: StaffRouteDeps,
	misses: Attempts
): void {
	const takeOpen = createBuckets(BOOK_OPENS);
	const options = jsonOfDevice(deps.authenticate);
	app.post('/api/people/find', options, async (request, reply) => {
		const body = parseBody(findRequestSchema, request.body);
		if (!body.ok) return sendProblem(reply, '/problems/schema', { path: body.path });
		return findPeople(deps, misses, actorOf(request), body.value, reply);
	});
	app.post('/api/books/open', options, async (request, reply) => {
		const body = parseBody(openRequestSchema, request.body);
		if (!body.ok) return sendProblem(reply, '/problems/schema', { path: body.path });
		const book: string = body.value.book;
		const question = { ...body.value, book: book as BookId };
		return openBook({ ...deps, misses, takeOpen }, actorOf(request), question, reply);
	});
}

async function findPeople(
	deps: StaffRouteDeps,
	misses: Attempts,
	actor: Actor,
	question: FindRequest,
	reply: FastifyReply
): Promise<FastifyReply> {
	const { storage, clock } = deps;
	const account = await actingAccount(storage, actor, question.actor, clock.nowMs());
	if (account === undefined || !isAllowed(account, 'find', 'none', clock)) {
		await auditDenial(deps, actor, account, { detail: 'find not-allowed' });
		return sendProblem(reply, '/problems/not-allowed');
	}
	const retryAfter = misses.waitSeconds(actor.device, clock.nowMs());
	if (retryAfter > 0) return sendProblem(reply, '/problems/too-many-attempts', { retryAfter });
	const books = await countMiss(
		() => storage.findBooks(lookupsOfQuestion(question), FIND_HITS_MAX),
		(hits) => hits.length > 0,
		{ misses, device: actor.device, nowMs: clock.nowMs() }
	);
	const kind = 'identifier' in question ? 'identifier' : 'name';
	const people = await describePeople(storage, books, clinicalDateOf(clock.nowMs()));
	await auditFound(storage, people, {
		at: clock.nowMs(),
		action: 'find',
		...actor,
		person: account.person,
		role: account.role,
		detail: `by=${kind} hits=${books.length}`
	});
	return reply.header('cache-control', 'no-store').send({ people });
}

/** One row for each person who is named in the answer, or one for a question that names nobody. */
async function auditFound(
	storage: ServerStorage,
	people: FoundPerson[],
	row: AuditRow
): Promise<void> {
	const books = people.map(({ book }): { book: BookId } => ({ book: book as BookId }));
	const rows = books.length === 0 ? [row] : books.map((of) => ({ ...row, ...of }));
	// All at once: they share a commit.
	await Promise.all(rows.map((one) => storage.audit(one)));
}

async function openBook(
	deps: StaffRouteDeps & { misses: Attempts; takeOpen: Take },
	actor: Actor,
	request: { actor: string; book: BookId; reason: 'present-in-person' },
	reply: FastifyReply
): Promise<FastifyReply> {
	const { storage, clock, misses } = deps;
	const account = await actingAccount(storage, actor, request.actor, clock.nowMs());
	if (account === undefined || !isAllowed(account, 'open', request.reason, clock)) {
		await auditDenial(deps, actor, account, { book: request.book, detail: 'open not-allowed' });
		return sendProblem(reply, '/problems/not-allowed');
	}
	const retryAfter = misses.waitSeconds(actor.device, clock.nowMs());
	if (retryAfter > 0) return sendProblem(reply, '/problems/too-many-attempts', { retryAfter });
	const { book, reason } = request;
	const opens = deps.takeOpen(actor.device, clock.nowMs());
	if (opens.waitSeconds > 0) {
		if (opens.isFirstRefusal) await auditTooManyOpens(deps, actor, account);
		return sendProblem(reply, '/problems/too-many-attempts', { retryAfter: opens.waitSeconds });
	}
	const state = await countMiss(
		() => storage.readBookState(book),
		(found) => found !== undefined,
		{ misses, device: actor.device, nowMs: clock.nowMs() }
	);
	const at = clock.nowMs();
	const row = { at, ...actor, person: account.person, role: account.role, book };
	if (state === undefined) {
		await storage.audit({ ...row, action: 'refuse', detail: 'open not-found' });
		return sendProblem(reply, '/problems/not-found');
	}
	await storage.audit({ ...row, action: 'open', detail: reason });
	await storage.beginMembership(actor.facility, book, reason, at);
	return reply.code(204).send();
}

/** Who says to be somebody they are not is noted as the device alone. */
async function auditDenial(
	{ storage, clock }: StaffRouteDeps,
	actor: Actor,
	account: Account | undefined,
	about: Pick<AuditRow, 'book' | 'detail'>
): Promise<void> {
	const who = account && { person: account.person, role: account.role };
	await storage.audit({ at: clock.nowMs(), action: 'refuse', ...actor, ...who, ...about });
}

/** Once until the device is let through again: asking on must not fill the audit. */
async function auditTooManyOpens(
	{ storage, clock }: StaffRouteDeps,
	actor: Actor,
	{ person, role }: Account
): Promise<void> {
	const at = clock.nowMs();
	await storage.audit({ at, action: 'refuse', ...actor, person, role, detail: 'open too-many' });
}

/** Counted before it is answered: a hundred questions at once are a hundred. Only a miss stays counted. */
async function countMiss<T>(
	ask: () => Promise<T>,
	isHit: (answer: T) => boolean,
	{ misses, device, nowMs }: { misses: Attempts; device: string; nowMs: number }
): Promise<T> {
	misses.recordFailure(device, nowMs);
	let isMiss = false;
	try {
		const answer = await ask();
		isMiss = !isHit(answer);
		return answer;
	} finally {
		if (!isMiss) misses.forgive(device);
	}
}

function isAllowed(
	{ role, facility }: Account,
	action: Action,
	relation: BookRelation,
	clock: { nowMs(): number }
): boolean {
	return can({ role, facility }, action, relation, clock.nowMs()).allowed;
}
