/**
 * `POST /api/citizen/corrections` tells what a family said is wrong in one of its books and what it was answered;
 * `.../ask` takes a request. Both name the book in the body; a book of somebody else is answered as none.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { BookId } from '#lib/domain/ids.ts';
import {
	CITIZEN_CORRECTION_ASK_PATH,
	CITIZEN_CORRECTIONS_PATH,
	correctionAskSchema,
	correctionsRequestSchema,
	type CorrectionAsk
} from '#lib/protocol/corrections.ts';
import { CITIZEN_ACCESSES, createBuckets } from '../auth/buckets.ts';
import type { CitizenSession } from '../citizen/citizen-sessions.ts';
import {
	answerCorrections,
	askForCorrection,
	type CorrectionDeps
} from '../citizen/corrections.ts';
import { sendProblem } from './problem.ts';
import { parseBody, requireContentType, requirePlainBody } from './request-checks.ts';
import { isFromHere } from './same-origin.ts';

/** Five hundred characters in up to twelve bytes each, where they are escaped. */
const BODY_BYTES_MAX = 8 * 1024;

export interface CorrectionRouteDeps extends CorrectionDeps {
	clock: { nowMs(): number };
	sessionOf: (request: FastifyRequest) => CitizenSession | undefined;
}

export function addCorrectionRoutes(app: FastifyInstance, deps: CorrectionRouteDeps): void {
	const json = [requireContentType('application/json'), requirePlainBody];
	const options = { bodyLimit: BODY_BYTES_MAX, onRequest: json };
	const take = createBuckets(CITIZEN_ACCESSES);
	app.post(CITIZEN_CORRECTIONS_PATH, options, async (request, reply) => {
		const session = whoAsks(deps, request);
		if (typeof session === 'string') return sendProblem(reply, session);
		const body = parseBody(correctionsRequestSchema, request.body);
		if (!body.ok) return sendProblem(reply, '/problems/schema', { path: body.path });
		const nowMs = deps.clock.nowMs();
		const retryAfter = take(session.person, nowMs).waitSeconds;
		if (retryAfter > 0) return sendProblem(reply, '/problems/too-many-attempts', { retryAfter });
		const id: string = body.value.book;
		const corrections = await answerCorrections(deps, session, id as BookId, nowMs);
		if (corrections === undefined) return sendProblem(reply, '/problems/not-found');
		return reply.header('cache-control', 'no-store').send(corrections);
	});
	app.post(CITIZEN_CORRECTION_ASK_PATH, options, async (request, reply) => {
		const session = whoAsks(deps, request);
		if (typeof session === 'string') return sendProblem(reply, session);
		const body = parseBody(correctionAskSchema, request.body);
		if (!body.ok) return sendProblem(reply, '/problems/schema', { path: body.path });
		const retryAfter = take(session.person, deps.clock.nowMs()).waitSeconds;
		if (retryAfter > 0) return sendProblem(reply, '/problems/too-many-attempts', { retryAfter });
		return ask(deps, session, body.value, reply);
	});
}

/** Or why nobody is answered. */
function whoAsks(
	{ sessionOf }: CorrectionRouteDeps,
	request: FastifyRequest
): CitizenSession | '/problems/not-allowed' | '/problems/signed-out' {
	if (!isFromHere(request.raw)) return '/problems/not-allowed';
	return sessionOf(request) ?? '/problems/signed-out';
}

async function ask(
	deps: CorrectionRouteDeps,
	session: CitizenSession,
	request: CorrectionAsk,
	reply: FastifyReply
): Promise<FastifyReply> {
	const outcome = await askForCorrection(deps, session, request, deps.clock.nowMs());
	switch (outcome.type) {
		case 'asked':
			return reply.header('cache-control', 'no-store').send(outcome.corrections);
		case 'not-found':
			return sendProblem(reply, '/problems/not-found');
		case 'open-already':
			return sendProblem(reply, '/problems/already-decided');
		case 'too-many':
			return sendProblem(reply, '/problems/not-allowed');
	}
}
