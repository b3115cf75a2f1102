/**
 * `POST /api/citizen/consents` tells what a family decided about the purposes of one of its books, and
 * `.../decide` takes a decision. Both name the book in the body; a book of somebody else is answered as none.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { BookId } from '#lib/domain/ids.ts';
import {
	CITIZEN_CONSENT_DECIDE_PATH,
	CITIZEN_CONSENTS_PATH,
	consentDecisionRequestSchema,
	consentsRequestSchema,
	type ConsentDecisionRequest
} from '#lib/protocol/consent.ts';
import { CITIZEN_ACCESSES, createBuckets } from '../auth/buckets.ts';
import type { CitizenSession } from '../citizen/citizen-sessions.ts';
import { answerConsents, decideConsent, type ConsentDeps } from '../citizen/consents.ts';
import { sendProblem } from './problem.ts';
import { parseBody, requireContentType, requirePlainBody } from './request-checks.ts';
import { isFromHere } from './same-origin.ts';

const BODY_BYTES_MAX = 1024;

export interface ConsentRouteDeps extends ConsentDeps {
	clock: { nowMs(): number };
	sessionOf: (request: FastifyRequest) => CitizenSession | undefined;
}

export function addConsentRoutes(app: FastifyInstance, deps: ConsentRouteDeps): void {
	const json = [requireContentType('application/json'), requirePlainBody];
	const options = { bodyLimit: BODY_BYTES_MAX, onRequest: json };
	const take = createBuckets(CITIZEN_ACCESSES);
	app.post(CITIZEN_CONSENTS_PATH, options, async (request, reply) => {
		const session = whoAsks(deps, request);
		if (typeof session === 'string') return sendProblem(reply, session);
		const body = parseBody(consentsRequestSchema, request.body);
		if (!body.ok) return sendProblem(reply, '/problems/schema', { path: body.path });
		const nowMs = deps.clock.nowMs();
		const retryAfter = take(session.person, nowMs).waitSeconds;
		if (retryAfter > 0) return sendProblem(reply, '/problems/too-many-attempts', { retryAfter });
		const id: string = body.value.book;
		const consents = await answerConsents(deps, session, id as BookId, nowMs);
		if (consents === undefined) return sendProblem(reply, '/problems/not-found');
		return reply.header('cache-control', 'no-store').send(consents);
	});
	app.post(CITIZEN_CONSENT_DECIDE_PATH, options, async (request, reply) => {
		const session = whoAsks(deps, request);
		if (typeof session === 'string') return sendProblem(reply, session);
		const body = parseBody(consentDecisionRequestSchema, request.body);
		if (!body.ok) return sendProblem(reply, '/problems/schema', { path: body.path });
		const retryAfter = take(session.person, deps.clock.nowMs()).waitSeconds;
		if (retryAfter > 0) return sendProblem(reply, '/problems/too-many-attempts', { retryAfter });
		return decide(deps, session, body.value, reply);
	});
}

/** Or why nobody is answered. */
function whoAsks(
	{ sessionOf }: ConsentRouteDeps,
	request: FastifyRequest
): CitizenSession | '/problems/not-allowed' | '/problems/signed-out' {
	if (!isFromHere(request.raw)) return '/problems/not-allowed';
	return sessionOf(request) ?? '/problems/signed-out';
}

async function decide(
	deps: ConsentRouteDeps,
	session: CitizenSession,
	request: ConsentDecisionRequest,
	reply: FastifyReply
): Promise<FastifyReply> {
	const outcome = await decideConsent(deps, session, request, deps.clock.nowMs());
	switch (outcome.type) {
		case 'decided':
			return reply.header('cache-control', 'no-store').send(outcome.consents);
		case 'not-found':
		case 'not-allowed':
			return sendProblem(reply, `/problems/${outcome.type}`);
		case 'moved-on':
			return sendProblem(reply, '/problems/already-decided');
	}
}
