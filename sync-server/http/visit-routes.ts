/**
 * A visit to which the person agrees: the phone shows a code (`POST /api/citizen/visit-code`), the tablet that reads it
 * brings the book into its facility's feed for a day (`POST /api/books/visit`). For a child from seven years on whoever
 * shows it says that the child agrees too (Law 91/2025/QH15, art. 24).
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { can } from '#lib/domain/access/can.ts';
import { VISIT_MS } from '#lib/domain/access/consent-visit.ts';
import type { BookId } from '#lib/domain/ids.ts';
import { visitRequestSchema, type VisitAnswer, type VisitRequest } from '#lib/protocol/api.ts';
import {
	CITIZEN_VISIT_CODE_PATH,
	visitCodeRequestSchema,
	type VisitCode
} from '#lib/protocol/citizen.ts';
import type { Attempts } from '../auth/attempts.ts';
import type { CitizenSession } from '../citizen/citizen-sessions.ts';
import { openFamily, type FamilyDeps } from '../citizen/family-books.ts';
import type { VisitCodes } from '../citizen/visit-codes.ts';
import type { ServerStorage } from '../storage/storage.ts';
import { sendProblem } from './problem.ts';
import { parseBody, requireContentType, requirePlainBody } from './request-checks.ts';
import { isFromHere } from './same-origin.ts';
import { addStaffRoute, type Asked, type StaffRouteDeps } from './staff-route.ts';

const BODY_BYTES_MAX = 1024;

export interface VisitCodeDeps extends FamilyDeps {
	storage: ServerStorage;
	clock: { nowMs(): number };
	codes: VisitCodes;
	sessionOf: (request: FastifyRequest) => CitizenSession | undefined;
}

export function addVisitCodeRoute(app: FastifyInstance, deps: VisitCodeDeps): void {
	const json = [requireContentType('application/json'), requirePlainBody];
	const options = { bodyLimit: BODY_BYTES_MAX, onRequest: json };
	app.post(CITIZEN_VISIT_CODE_PATH, options, async (request, reply) => {
		if (!isFromHere(request.raw)) return sendProblem(reply, '/problems/not-allowed');
		const session = deps.sessionOf(request);
		if (session === undefined) return sendProblem(reply, '/problems/signed-out');
		const body = parseBody(visitCodeRequestSchema, request.body);
		if (!body.ok) return sendProblem(reply, '/problems/schema', { path: body.path });
		const id: string = body.value.book;
		const asked = { book: id as BookId, childAgrees: body.value.childAgrees === true };
		return showCode(deps, session, asked, reply);
	});
}

async function showCode(
	deps: VisitCodeDeps,
	{ person, citizen }: CitizenSession,
	{ book, childAgrees }: { book: BookId; childAgrees: boolean },
	reply: FastifyReply
): Promise<FastifyReply> {
	const at = deps.clock.nowMs();
	const family = await openFamily(deps, citizen, at);
	const stands = family.find((one) => one.book === book)?.stands ?? 'stranger';
	const mayShow = (action: 'show' | 'show-for-child'): boolean =>
		can({ role: 'citizen' }, action, stands, at).allowed;
	const isAllowed = mayShow('show') || (childAgrees && mayShow('show-for-child'));
	const row = { at, person, book };
	if (!isAllowed) {
		await deps.storage.audit({ ...row, action: 'refuse', detail: 'visit-code' });
		return sendProblem(reply, '/problems/not-found');
	}
	const detail = childAgrees ? 'visit-code child-agrees' : 'visit-code';
	await deps.storage.audit({ ...row, action: 'open', detail });
	const answer: VisitCode = deps.codes.show({ book, citizen: person });
	return reply.header('cache-control', 'no-store').send(answer);
}

export interface VisitDeps extends StaffRouteDeps {
	codes: VisitCodes;
	misses: Attempts;
	/** A book has come into a feed. */
	onOpened: () => void;
}

export function addVisitRoute(app: FastifyInstance, deps: VisitDeps): void {
	addStaffRoute(app, deps, {
		path: '/api/books/visit',
		schema: visitRequestSchema,
		answer: (asked, reply) => beginVisit(deps, asked, reply)
	});
}

async function beginVisit(
	{ storage, clock, codes, misses, onOpened }: VisitDeps,
	{ actor, account: { person, role, facility }, question }: Asked<VisitRequest>,
	reply: FastifyReply
): Promise<FastifyReply> {
	const at = clock.nowMs();
	if (!can({ role, facility }, 'open', 'consent-visit', at).allowed)
		return sendProblem(reply, '/problems/not-allowed');
	const wait = misses.waitSeconds(actor.device, at);
	if (wait > 0) return sendProblem(reply, '/problems/too-many-attempts', { retryAfter: wait });
	const shown = codes.take(question.code);
	if (shown === undefined) {
		misses.recordFailure(actor.device, at);
		await storage.audit({ at, ...actor, person, action: 'refuse', detail: 'visit no-such-code' });
		return sendProblem(reply, '/problems/not-found');
	}
	const { book } = shown;
	const untilMs = at + VISIT_MS;
	const detail = `consent-visit until=${untilMs}`;
	await storage.audit({ at, ...actor, person, book, action: 'open', detail });
	await storage.beginMembership(facility, book, 'consent-visit', at, untilMs);
	onOpened();
	const answer: VisitAnswer = { book, untilMs };
	return reply.header('cache-control', 'no-store').send(answer);
}
