/**
 * `POST /api/sync/sealed`: what a tablet sends that nobody has unlocked, or that was wiped or revoked. Each parcel
 * is opened with the sealing key and admitted like any other entry, by the same code; nothing is answered but
 * whether the server has it.
 */
import type { FastifyInstance } from 'fastify';
import { parcelsRequestSchema } from '#lib/protocol/api.ts';
import { base64urlToBytes } from '#lib/protocol/certificate.ts';
import { SEALED_PATH } from '#lib/protocol/limits.ts';
import { createBuckets, SYNC_REQUESTS } from '../auth/buckets.ts';
import type { Authenticate } from '../auth/device-token.ts';
import type { SealingKey } from '../auth/sealing-key.ts';
import { admitParcels } from '../sync/admit-parcels.ts';
import type { SyncService } from '../sync/sync-service.ts';
import { sendProblem } from './problem.ts';
import { actorOf, parseBody } from './request-checks.ts';
import { jsonOfDevice } from './staff-route.ts';

/** Twenty entries of the largest size, in base64url. */
const BODY_BYTES_MAX = 2 * 1024 * 1024;

export interface ParcelRouteDeps {
	authenticate: Authenticate;
	sync: Pick<SyncService, 'admit'>;
	sealingKey: Pick<SealingKey, 'open'>;
	clock: { nowMs(): number };
}

export function addParcelRoute(app: FastifyInstance, deps: ParcelRouteDeps): void {
	const take = createBuckets(SYNC_REQUESTS);
	const route = { ...jsonOfDevice(deps.authenticate), bodyLimit: BODY_BYTES_MAX };
	app.post(SEALED_PATH, route, async (request, reply) => {
		const body = parseBody(parcelsRequestSchema, request.body);
		if (!body.ok) return sendProblem(reply, '/problems/schema', { path: body.path });
		const actor = actorOf(request);
		const retryAfter = take(actor.device, deps.clock.nowMs()).waitSeconds;
		if (retryAfter > 0) return sendProblem(reply, '/problems/too-many-attempts', { retryAfter });
		const parcels = body.value.parcels.map(base64urlToBytes);
		const outcomes = await admitParcels(deps.sealingKey, parcels, (push) =>
			deps.sync.admit(push, actor)
		);
		return reply.header('cache-control', 'no-store').send({ outcomes });
	});
}
