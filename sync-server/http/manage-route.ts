/**
 * A question of the pages for managing: JSON from our own page, behind the cookie. In this order: where it comes from,
 * its form, whose session it is, and whether the account may do this at that facility today. An account that ended or
 * got another password is signed out; what is denied looks like a facility that is not there.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import {
	managesAnything,
	mayManage,
	reachOf,
	type ManagementAction
} from '#lib/domain/access/management.ts';
import type { Facility } from '#lib/protocol/api.ts';
import { createBuckets, MANAGE_REQUESTS } from '../auth/buckets.ts';
import { MANAGE_COOKIE, type ManageSessions } from '../auth/manage-session.ts';
import type { Account, ServerStorage } from '../storage/storage.ts';
import { readCookie } from './cookies.ts';
import { isFromHere } from './same-origin.ts';
import { sendProblem } from './problem.ts';
import { parseBody, requireContentType, requirePlainBody } from './request-checks.ts';

const BODY_BYTES_MAX = 4 * 1024;

export interface ManageRouteDeps {
	storage: ServerStorage;
	sessions: ManageSessions;
	clock: { nowMs(): number };
}

/** Our own page sends both; another page cannot send them so. */
export async function refuseFromElsewhere(
	request: FastifyRequest,
	reply: FastifyReply
): Promise<FastifyReply | undefined> {
	const site = request.headers['sec-fetch-site'];
	const isOwn = site === undefined || site === 'same-origin';
	if (isFromHere(request.raw) && isOwn) return undefined;
	return sendProblem(reply, '/problems/not-allowed');
}

export const jsonOfPage = {
	bodyLimit: BODY_BYTES_MAX,
	onRequest: [refuseFromElsewhere, requireContentType('application/json'), requirePlainBody]
};

/** Whoever is signed in with a password of their own, or why they may do nothing. */
async function askManager(
	deps: ManageRouteDeps,
	request: FastifyRequest
): Promise<Account | '/problems/signed-out' | '/problems/password-due'> {
	const account = await managerOf(deps, request);
	if (account === undefined) return '/problems/signed-out';
	return account.isStartPassword === true ? '/problems/password-due' : account;
}

/** The account behind the cookie, as it is today. */
export async function managerOf(
	{ storage, sessions, clock }: ManageRouteDeps,
	request: FastifyRequest
): Promise<Account | undefined> {
	const cookie = readCookie(request.raw, MANAGE_COOKIE);
	const session = sessions.find(cookie);
	if (session === undefined) return undefined;
	const account = await storage.findAccount(session.login);
	const isSame =
		account?.person === session.person && account.passwordHash === session.passwordHash;
	const hasEnded = (account?.untilMs ?? Infinity) <= clock.nowMs();
	if (isSame && !hasEnded && managesAnything(account.role)) return account;
	sessions.close(cookie);
	return undefined;
}

export interface ManageQuestion<Question> {
	manager: Account;
	question: Question;
	/** That it is about. */
	facility: Facility;
	nowMs: number;
}

interface OfFacilityRoute<Question extends { facility: string }> {
	path: string;
	schema: z.ZodType<Question>;
	action: ManagementAction;
	answer: (asked: ManageQuestion<Question>, reply: FastifyReply) => Promise<FastifyReply>;
}

/** About one facility. */
export function addOfFacilityRoute<Question extends { facility: string }>(
	app: FastifyInstance,
	deps: ManageRouteDeps,
	{ path, schema, action, answer }: OfFacilityRoute<Question>
): void {
	const take = createBuckets(MANAGE_REQUESTS);
	app.post(path, jsonOfPage, async (request, reply) => {
		const manager = await askManager(deps, request);
		if (typeof manager === 'string') return sendProblem(reply, manager);
		const body = parseBody(schema, request.body);
		if (!body.ok) return sendProblem(reply, '/problems/schema', { path: body.path });
		const nowMs = deps.clock.nowMs();
		const retryAfter = take(manager.person, nowMs).waitSeconds;
		if (retryAfter > 0) return sendProblem(reply, '/problems/too-many-attempts', { retryAfter });
		const question = body.value;
		const facilities = await deps.storage.listFacilities();
		const facility = facilities.find(({ code }) => code === question.facility);
		if (!mayManage(manager, action, question.facility, nowMs) || facility === undefined) {
			await noteRefusal(deps, manager, path);
			return sendProblem(reply, '/problems/not-found');
		}
		reply.header('cache-control', 'no-store');
		return answer({ manager, question, facility, nowMs }, reply);
	});
}

interface EverywhereRoute {
	path: string;
	schema: z.ZodType<object>;
	action: ManagementAction;
	answer: (
		asked: { manager: Account; nowMs: number },
		reply: FastifyReply
	) => Promise<FastifyReply>;
}

/** About all facilities. */
export function addEverywhereRoute(
	app: FastifyInstance,
	deps: ManageRouteDeps,
	{ path, schema, action, answer }: EverywhereRoute
): void {
	const take = createBuckets(MANAGE_REQUESTS);
	app.post(path, jsonOfPage, async (request, reply) => {
		const manager = await askManager(deps, request);
		if (typeof manager === 'string') return sendProblem(reply, manager);
		const body = parseBody(schema, request.body);
		if (!body.ok) return sendProblem(reply, '/problems/schema', { path: body.path });
		const nowMs = deps.clock.nowMs();
		const retryAfter = take(manager.person, nowMs).waitSeconds;
		if (retryAfter > 0) return sendProblem(reply, '/problems/too-many-attempts', { retryAfter });
		if (reachOf(manager, action, nowMs) !== 'every-facility') {
			await noteRefusal(deps, manager, path);
			return sendProblem(reply, '/problems/not-found');
		}
		reply.header('cache-control', 'no-store');
		return answer({ manager, nowMs }, reply);
	});
}

async function noteRefusal(
	{ storage, clock }: ManageRouteDeps,
	{ person, role, facility }: Account,
	path: string
): Promise<void> {
	const row = { at: clock.nowMs(), person, role, facility, detail: `manage ${path}` };
	await storage.audit({ ...row, action: 'refuse' });
}
