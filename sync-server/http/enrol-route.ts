/** `POST /api/enrol`: a tablet comes to a facility by a code. */
import type { FastifyInstance } from 'fastify';
import { enrolRequestSchema } from '#lib/protocol/devices.ts';
import type { Enrol } from '../auth/enrolment.ts';
import { sendProblem } from './problem.ts';
import { parseBody, requireContentType, requirePlainBody } from './request-checks.ts';

const BODY_BYTES_MAX = 1024;

export function addEnrolRoute(app: FastifyInstance, enrol: Enrol): void {
	app.post(
		'/api/enrol',
		{
			bodyLimit: BODY_BYTES_MAX,
			onRequest: [requireContentType('application/json'), requirePlainBody]
		},
		async (request, reply) => {
			const body = parseBody(enrolRequestSchema, request.body);
			if (!body.ok) return sendProblem(reply, '/problems/schema', { path: body.path });
			const outcome = await enrol(body.value, request.ip);
			switch (outcome.type) {
				case 'enrolled':
					return reply.header('cache-control', 'no-store').send(outcome.answer);
				case 'too-many-attempts':
					return sendProblem(reply, '/problems/too-many-attempts', {
						retryAfter: outcome.seconds
					});
				case 'bad-key':
					return sendProblem(reply, '/problems/schema', { path: 'deviceKey' });
				case 'unknown-code':
					return sendProblem(reply, '/problems/enrolment-code', { detail: 'unknown' });
				case 'used-code':
					return sendProblem(reply, '/problems/enrolment-code', { detail: 'used' });
				case 'expired-code':
					return sendProblem(reply, '/problems/enrolment-code', { detail: 'expired' });
				case 'other-facility':
					return sendProblem(reply, '/problems/other-facility');
				case 'blocked':
					return sendProblem(reply, '/problems/not-allowed');
			}
		}
	);
}
