import type { FastifyInstance, FastifyReply } from 'fastify';
import { signInRequestSchema } from '#lib/protocol/api.ts';
import type { Authenticate } from '../auth/device-token.ts';
import type { SignIn, SignInOutcome } from '../auth/sign-in.ts';
import { RETRY_SECONDS } from '../sync/admit-entry.ts';
import { sendProblem } from './problem.ts';
import { parseBody, requireContentType, requirePlainBody } from './request-checks.ts';

const BODY_BYTES_MAX = 4 * 1024;

export function addSignInRoute(
	app: FastifyInstance,
	{ signIn, authenticate }: { signIn: SignIn; authenticate: Authenticate }
): void {
	app.post(
		'/api/sign-in',
		{
			bodyLimit: BODY_BYTES_MAX,
			onRequest: [requireContentType('application/json'), requirePlainBody]
		},
		async (request, reply) => {
			const body = parseBody(signInRequestSchema, request.body);
			if (!body.ok) return sendProblem(reply, '/problems/schema', { path: body.path });
			// A restored store may have forgotten the device: its genuine token brings it back.
			await authenticate(request.headers.authorization);
			const outcome = await signIn(body.value, request.ip);
			return sendSignIn(reply, outcome);
		}
	);
}

/** What somebody hears who asked to be let in on a tablet. */
export function sendSignIn(
	reply: FastifyReply,
	outcome: SignInOutcome
): Promise<FastifyReply> | FastifyReply {
	switch (outcome.type) {
		case 'signed-in':
			return reply.header('cache-control', 'no-store').send(outcome.answer);
		case 'too-many-attempts':
			return sendProblem(reply, '/problems/too-many-attempts', {
				retryAfter: outcome.seconds
			});
		case 'busy':
			return sendProblem(reply, '/problems/busy', { retryAfter: RETRY_SECONDS });
		case 'bad-key':
			return sendProblem(reply, '/problems/schema', { path: outcome.path });
		case 'sign-in-failed':
		case 'not-enrolled':
		case 'other-facility':
		case 'no-books-for-role':
			return sendProblem(reply, `/problems/${outcome.type}`);
	}
}
