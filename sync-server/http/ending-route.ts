/**
 * `POST /api/books/ending`: until when the facility has a book, of those that it has for a while only. For whoever
 * may keep books of the facility; the books themselves are on their device already.
 */
import type { FastifyInstance } from 'fastify';
import { can } from '#lib/domain/access/can.ts';
import { ENDING_TOLD_MAX, endingRequestSchema, type Ending } from '#lib/protocol/api.ts';
import { createBuckets, SYNC_REQUESTS } from '../auth/buckets.ts';
import { sendProblem } from './problem.ts';
import { addStaffRoute, type StaffRouteDeps } from './staff-route.ts';

export function addEndingRoute(app: FastifyInstance, deps: StaffRouteDeps): void {
	addStaffRoute(app, deps, {
		path: '/api/books/ending',
		schema: endingRequestSchema,
		take: createBuckets(SYNC_REQUESTS),
		answer: async ({ actor, account: { person, role, facility } }, reply) => {
			const at = deps.clock.nowMs();
			if (!can({ role, facility }, 'hold', 'member', at).allowed)
				return sendProblem(reply, '/problems/not-allowed');
			const books = await deps.storage.listEnding(facility, at, ENDING_TOLD_MAX);
			const detail = `ending list=${books.length}`;
			await deps.storage.audit({ at, action: 'deliver', ...actor, person, role, detail });
			const answer: Ending = { books };
			return reply.header('cache-control', 'no-store').send(answer);
		}
	});
}
