import type { FastifyInstance } from 'fastify';
import {
	CONTENT_TYPE_REQUEST,
	PROTOCOL_VERSION,
	REQUEST_BYTES_MAX,
	SYNC_PATH
} from '#lib/protocol/limits.ts';
import type { ProblemType } from '#lib/protocol/api.ts';
import { decodeRequest, type DecodeFailure } from '#lib/protocol/wire.ts';
import { createBuckets, SYNC_REQUESTS } from '../auth/buckets.ts';
import type { Authenticate } from '../auth/device-token.ts';
import type { SyncService } from '../sync/sync-service.ts';
import { sendFrames } from './answer-stream.ts';
import { sendProblem, type ProblemDetails } from './problem.ts';
import { readBody } from './request-body.ts';
import { actorOf, requireContentType, requireDevice } from './request-checks.ts';

export interface SyncRouteDeps {
	authenticate: Authenticate;
	sync: SyncService;
	clock: { nowMs(): number };
	bodyTimeoutMs: number;
	onFailure: (error: unknown) => void;
}

/** `POST /api/sync`: bytes in, frames out; what happens between is the sync service's. */
export function addSyncRoute(app: FastifyInstance, deps: SyncRouteDeps): void {
	// The route reads the stream itself, within its own limits.
	app.addContentTypeParser(CONTENT_TYPE_REQUEST, (_request, _payload, done) => done(null));
	const take = createBuckets(SYNC_REQUESTS);
	app.post(
		SYNC_PATH,
		{ onRequest: [requireDevice(deps.authenticate), requireContentType(CONTENT_TYPE_REQUEST)] },
		async (request, reply) => {
			const limits = { bytesMax: REQUEST_BYTES_MAX, timeoutMs: deps.bodyTimeoutMs };
			const body = await readBody(request.raw, limits);
			if (!body.ok) return sendProblem(reply, body.problem);
			// After the body: a client that is still sending would lose the answer.
			const retryAfter = take(actorOf(request).device, deps.clock.nowMs()).waitSeconds;
			if (retryAfter > 0) return sendProblem(reply, '/problems/too-many-attempts', { retryAfter });
			const decoded = decodeRequest(body.bytes);
			if (!decoded.ok) return sendProblem(reply, ...problemOfDecoding(decoded.failure));
			const frames = deps.sync.answer(decoded.value, actorOf(request));
			return sendFrames(reply, request.headers['accept-encoding'], frames, deps.onFailure);
		}
	);
}

export function problemOfDecoding({
	type,
	code,
	path
}: DecodeFailure): [ProblemType, ProblemDetails] {
	switch (type) {
		case 'not-canonical':
			return ['/problems/not-canonical', { detail: code }];
		case 'unknown-protocol':
			return ['/problems/unknown-protocol', { detail: `spoken here: ${PROTOCOL_VERSION}` }];
		case 'schema':
			return ['/problems/schema', { path: /^[A-Za-z0-9_.-]{0,120}$/.test(path) ? path : '' }];
	}
}
