/**
 * The newest checkpoint of the access log and the keys it is signed with, for everybody: a checkpoint says how many
 * rows there are and nothing of any. Whoever keeps one can prove later that the log was changed.
 */
import type { FastifyInstance } from 'fastify';
import { CHECKPOINT_PATH, LOG_KEYS_PATH, logKeyText } from '#lib/protocol/checkpoint.ts';
import type { Checkpoints } from '../jobs/checkpoints.ts';

/** Anybody may ask, so no more than one is made for all of them in this time. */
const AGE_MS_MAX = 60_000;
const PLAIN_TEXT = 'text/plain; charset=utf-8';

export function addAccessLogRoutes(app: FastifyInstance, checkpoints: Checkpoints): void {
	app.get(CHECKPOINT_PATH, async (_request, reply) => {
		const { text } = await checkpoints.make(AGE_MS_MAX);
		return reply.header('cache-control', 'no-store').type(PLAIN_TEXT).send(text);
	});
	app.get(LOG_KEYS_PATH, async (_request, reply) => {
		const lines = checkpoints.keys.map((key) => `${logKeyText(key)}\n`).join('');
		return reply.header('cache-control', 'no-store').type(PLAIN_TEXT).send(lines);
	});
}
