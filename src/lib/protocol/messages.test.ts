/**
 * Tablets stay offline for weeks, so a server speaks with apps of several ages. The shape of every
 * message is recorded here: it cannot change by accident.
 */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import * as api from './api.ts';
import * as limits from './limits.ts';
import { FLAGS, frameSchema, REFUSAL_CODES, syncRequestSchema } from './messages.ts';

const RECORDED = {
	sync: '5bbbe97d534afcfd7e95c3d4bcbc0d4a',
	api: '3d211a4d55a3d7d1571cf096f826ecb6'
};

const ADVICE =
	'The shape of a message changed. If an app or server of the last release would no longer understand ' +
	'it, raise PROTOCOL_VERSION in limits.ts and keep reading the old one. Describe the change in ' +
	'PROTOCOL.md. Then record the new hash in messages.test.ts.';

function shapeOf(schema: z.ZodType): unknown {
	return z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' });
}

function hashOf(value: unknown): string {
	return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);
}

describe('the messages', () => {
	it('of the sync protocol have their recorded shape', () => {
		const shape = {
			version: limits.PROTOCOL_VERSION,
			request: shapeOf(syncRequestSchema),
			frame: shapeOf(frameSchema),
			requestBytesMax: limits.REQUEST_BYTES_MAX,
			frameBytesMax: limits.FRAME_BYTES_MAX,
			contentTypes: [limits.CONTENT_TYPE_REQUEST, limits.CONTENT_TYPE_ANSWER],
			path: limits.SYNC_PATH
		};
		expect(hashOf(shape), ADVICE).toBe(RECORDED.sync);
	});

	it('of the JSON side have their recorded shape', () => {
		const shape = [
			api.signInRequestSchema,
			api.signInAnswerSchema,
			api.findRequestSchema,
			api.findAnswerSchema,
			api.openRequestSchema,
			api.refusedListRequestSchema,
			api.refusedListAnswerSchema,
			api.reviewRequestSchema,
			api.editionListSchema,
			api.problemSchema
		].map(shapeOf);
		expect(hashOf(shape), ADVICE).toBe(RECORDED.api);
	});

	it('are recorded down to the lengths of their bytes', () => {
		expect(JSON.stringify(shapeOf(syncRequestSchema))).toContain(
			'"token":{"bytesMin":1,"bytesMax":32}'
		);
	});

	it('name every code in a word that an old app can carry', () => {
		const ack = (ackOf: Record<string, unknown>) =>
			frameSchema.safeParse({ frame: 'acks', acks: [ackOf] }).success;
		for (const code of REFUSAL_CODES) expect(ack({ ack: 'refused', code }), code).toBe(true);
		for (const flag of FLAGS)
			expect(ack({ ack: 'accepted', commit: 1, flags: [flag] }), flag).toBe(true);
		expect(ack({ ack: 'refused', code: 'Not a word' })).toBe(false);
	});
});
