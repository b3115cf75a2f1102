/** `POST /api/reads`: what was opened on a tablet, told with its own token before it asks for more. */
import type { FastifyInstance } from 'fastify';
import { READS_PATH, readsReportSchema } from '#lib/protocol/reads.ts';
import { createBuckets, SYNC_REQUESTS } from '../auth/buckets.ts';
import type { Authenticate } from '../auth/device-token.ts';
import { recordReads, type RecordReadsDeps } from '../sync/record-reads.ts';
import { sendProblem } from './problem.ts';
import { actorOf, parseBody } from './request-checks.ts';
import { jsonOfDevice } from './staff-route.ts';

const REPORT_BYTES_MAX = 128 * 1024;

export interface ReadsRouteDeps extends RecordReadsDeps {
	authenticate: Authenticate;
}

export function addReadsRoute(app: FastifyInstance, deps: ReadsRouteDeps): void {
	const take = createBuckets(SYNC_REQUESTS);
	const options = { ...jsonOfDevice(deps.authenticate), bodyLimit: REPORT_BYTES_MAX };
	app.post(READS_PATH, options, async (request, reply) => {
		const body = parseBody(readsReportSchema, request.body);
		if (!body.ok) return sendProblem(reply, '/problems/schema', { path: body.path });
		const actor = actorOf(request);
		const retryAfter = take(actor.device, deps.clock.nowMs()).waitSeconds;
		if (retryAfter > 0) return sendProblem(reply, '/problems/too-many-attempts', { retryAfter });
		const result = await recordReads(deps, actor, body.value);
		if (result === 'bad-signature')
			return sendProblem(reply, '/problems/schema', { path: 'signature' });
		return reply.code(204).send();
	});
}
