/**
 * A question of a practitioner at a tablet: JSON from a known device, that names who asks. Read by its schema, with
 * turns for each device, and only from somebody of the device's own facility.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { z } from 'zod';
import type { Take } from '../auth/buckets.ts';
import type { Actor, Authenticate } from '../auth/device-token.ts';
import type { Account, ServerStorage } from '../storage/storage.ts';
import { actingAccount } from './acting-account.ts';
import { sendProblem } from './problem.ts';
import {
	actorOf,
	parseBody,
	requireContentType,
	requireDevice,
	requirePlainBody
} from './request-checks.ts';

const BODY_BYTES_MAX = 4 * 1024;

export interface StaffRouteDeps {
	storage: ServerStorage;
	authenticate: Authenticate;
	clock: { nowMs(): number };
}

export interface Asked<Question> {
	actor: Actor;
	/** Who asks, of the device's facility. */
	account: Account;
	question: Question;
}

interface StaffRoute<Question extends { actor: string }> {
	path: string;
	schema: z.ZodType<Question>;
	/** Turns of a device; absent: as often as it likes. */
	take?: Take;
	/** Where a question may be longer than others. */
	bodyBytesMax?: number;
	answer: (asked: Asked<Question>, reply: FastifyReply) => Promise<FastifyReply> | FastifyReply;
}

/** What such a route asks for before its body is read. */
export function jsonOfDevice(authenticate: Authenticate, from?: 'also-wiped') {
	return {
		bodyLimit: BODY_BYTES_MAX,
		onRequest: [
			requireDevice(authenticate, from),
			requireContentType('application/json'),
			requirePlainBody
		]
	};
}

export function addStaffRoute<Question extends { actor: string }>(
	app: FastifyInstance,
	{ storage, authenticate, clock }: StaffRouteDeps,
	{ path, schema, take, bodyBytesMax = BODY_BYTES_MAX, answer }: StaffRoute<Question>
): void {
	const json = { ...jsonOfDevice(authenticate), bodyLimit: bodyBytesMax };
	app.post(path, json, async (request, reply) => {
		const body = parseBody(schema, request.body);
		if (!body.ok) return sendProblem(reply, '/problems/schema', { path: body.path });
		const actor = actorOf(request);
		const retryAfter = take?.(actor.device, clock.nowMs()).waitSeconds ?? 0;
		if (retryAfter > 0) return sendProblem(reply, '/problems/too-many-attempts', { retryAfter });
		const account = await actingAccount(storage, actor, body.value.actor, clock.nowMs());
		if (account === undefined) return sendProblem(reply, '/problems/not-allowed');
		return answer({ actor, account, question: body.value }, reply);
	});
}
