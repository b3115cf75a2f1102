/**
 * Passkeys of staff: signing in with one on a tablet, and the own ones of whoever is signed in. Where the browser knows
 * this server by an address under which no passkey works, each answers so.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
	PASSKEY_PATHS,
	passkeyAddOptionsRequestSchema,
	passkeyAddRequestSchema,
	passkeyListRequestSchema,
	passkeyRemoveRequestSchema,
	passkeySignInOptionsRequestSchema,
	passkeySignInRequestSchema
} from '#lib/protocol/passkeys.ts';
import { relyingPartyOf, type RelyingParty } from '#lib/protocol/relying-party.ts';
import { createBuckets, PASSKEY_REQUESTS } from '../auth/buckets.ts';
import type { OwnPasskeys } from '../auth/own-passkeys.ts';
import type { PasskeySignIn } from '../auth/passkey-sign-in.ts';
import { RETRY_SECONDS } from '../sync/admit-entry.ts';
import { sendProblem } from './problem.ts';
import { originOf, type OriginRules } from './public-origin.ts';
import { actorOf, parseBody } from './request-checks.ts';
import { sendSignIn } from './sign-in-route.ts';
import { addStaffRoute, jsonOfDevice, type StaffRouteDeps } from './staff-route.ts';

/** An attestation may bring certificates. */
const BODY_BYTES_MAX = 32 * 1024;

export interface PasskeyAccess {
	origin: OriginRules;
	signIn: PasskeySignIn;
	own: OwnPasskeys;
}

export function addPasskeyRoutes(
	app: FastifyInstance,
	deps: StaffRouteDeps & { passkeys: PasskeyAccess }
): void {
	addPasskeySignIn(app, deps);
	addOwnPasskeys(app, deps);
}

function partyOf({ origin }: PasskeyAccess, { raw }: FastifyRequest): RelyingParty | undefined {
	return relyingPartyOf(originOf(origin, raw) ?? '');
}

function refuseHere(reply: FastifyReply): Promise<FastifyReply> {
	return sendProblem(reply, '/problems/passkeys-unavailable');
}

function addPasskeySignIn(
	app: FastifyInstance,
	{ passkeys, authenticate, clock }: StaffRouteDeps & { passkeys: PasskeyAccess }
): void {
	const take = createBuckets(PASSKEY_REQUESTS);
	const json = { ...jsonOfDevice(authenticate), bodyLimit: BODY_BYTES_MAX };
	app.post(PASSKEY_PATHS.signInOptions, json, async (request, reply) => {
		const party = partyOf(passkeys, request);
		if (party === undefined) return refuseHere(reply);
		const body = parseBody(passkeySignInOptionsRequestSchema, request.body);
		if (!body.ok) return sendProblem(reply, '/problems/schema', { path: body.path });
		const { device } = actorOf(request);
		const retryAfter = take(device, clock.nowMs()).waitSeconds;
		if (retryAfter > 0) return sendProblem(reply, '/problems/too-many-attempts', { retryAfter });
		return noStore(reply).send(passkeys.signIn.begin(device, party));
	});
	app.post(PASSKEY_PATHS.signIn, json, async (request, reply) => {
		const party = partyOf(passkeys, request);
		if (party === undefined) return refuseHere(reply);
		const body = parseBody(passkeySignInRequestSchema, request.body);
		if (!body.ok) return sendProblem(reply, '/problems/schema', { path: body.path });
		const outcome = await passkeys.signIn.signIn(body.value, party, request.ip);
		if (outcome.type !== 'refused') return sendSignIn(reply, outcome);
		return sendProblem(reply, '/problems/passkey-refused', { detail: outcome.why });
	});
}

function addOwnPasskeys(
	app: FastifyInstance,
	deps: StaffRouteDeps & { passkeys: PasskeyAccess }
): void {
	const { passkeys } = deps;
	const { own } = passkeys;
	const take = createBuckets(PASSKEY_REQUESTS);
	addStaffRoute(app, deps, {
		path: PASSKEY_PATHS.list,
		schema: passkeyListRequestSchema,
		take,
		answer: async ({ account }, reply) => noStore(reply).send(await own.list(account))
	});
	addStaffRoute(app, deps, {
		path: PASSKEY_PATHS.addOptions,
		schema: passkeyAddOptionsRequestSchema,
		take,
		answer: async ({ actor: { device }, account, question }, reply) => {
			const party = partyOf(passkeys, reply.request);
			if (party === undefined) return refuseHere(reply);
			const outcome = await own.begin({ account, device }, question.password, party);
			if (outcome.type === 'asked') return noStore(reply).send(outcome.options);
			return sendUnsure(reply, outcome);
		}
	});
	addStaffRoute(app, deps, {
		path: PASSKEY_PATHS.add,
		schema: passkeyAddRequestSchema,
		bodyBytesMax: BODY_BYTES_MAX,
		take,
		answer: async ({ actor: { device }, account, question }, reply) => {
			const party = partyOf(passkeys, reply.request);
			if (party === undefined) return refuseHere(reply);
			const outcome = await own.add({ account, device }, question, party);
			if (outcome.type === 'added') return noStore(reply).send(await own.list(account));
			return sendProblem(reply, '/problems/passkey-refused', { detail: outcome.why });
		}
	});
	addStaffRoute(app, deps, {
		path: PASSKEY_PATHS.remove,
		schema: passkeyRemoveRequestSchema,
		take,
		answer: async ({ actor: { device }, account, question }, reply) => {
			const outcome = await own.remove({ account, device }, question.id, question.password);
			if (outcome.type === 'removed') return noStore(reply).send(await own.list(account));
			if (outcome.type === 'not-found') return sendProblem(reply, '/problems/not-found');
			return sendUnsure(reply, outcome);
		}
	});
}

function sendUnsure(
	reply: FastifyReply,
	outcome:
		{ type: 'sign-in-failed' } | { type: 'busy' } | { type: 'too-many-attempts'; seconds: number }
): Promise<FastifyReply> {
	switch (outcome.type) {
		case 'sign-in-failed':
			return sendProblem(reply, '/problems/sign-in-failed');
		case 'busy':
			return sendProblem(reply, '/problems/busy', { retryAfter: RETRY_SECONDS });
		case 'too-many-attempts':
			return sendProblem(reply, '/problems/too-many-attempts', { retryAfter: outcome.seconds });
	}
}

function noStore(reply: FastifyReply): FastifyReply {
	return reply.header('cache-control', 'no-store');
}
