/** `POST /api/sign-in/lease`: renews what lets somebody open their tablet by PIN alone. */
import type { FastifyInstance } from 'fastify';
import { leaseRequestSchema, type LeaseAnswer } from '#lib/protocol/api.ts';
import { bytesToBase64url } from '#lib/protocol/certificate.ts';
import { opensBooks } from '../auth/access.ts';
import { createBuckets, JOURNEYS } from '../auth/buckets.ts';
import type { TabletSecrets } from '../auth/tablet-secrets.ts';
import { sendProblem } from './problem.ts';
import { addStaffRoute, type StaffRouteDeps } from './staff-route.ts';

export interface LeaseRouteDeps extends StaffRouteDeps {
	tabletSecrets: Pick<TabletSecrets, 'pepperOf'>;
	leaseMs: number;
}

export function addLeaseRoute(app: FastifyInstance, deps: LeaseRouteDeps): void {
	addStaffRoute(app, deps, {
		path: '/api/sign-in/lease',
		schema: leaseRequestSchema,
		take: createBuckets(JOURNEYS),
		answer: async ({ actor: { device, facility }, account }, reply) => {
			// A role that was changed to one without books is let in no longer than its lease.
			if (!opensBooks(account)) return sendProblem(reply, '/problems/not-allowed');
			const { person } = account;
			const at = deps.clock.nowMs();
			await deps.storage.audit({ at, action: 'renew-lease', device, facility, person, detail: '' });
			const pepper = bytesToBase64url(deps.tabletSecrets.pepperOf(device, person));
			const answer: LeaseAnswer = { pepper, leaseMs: deps.leaseMs };
			return reply.header('cache-control', 'no-store').send(answer);
		}
	});
}
