/** Signing in to the pages for managing and out, who is signed in, and a new password of one's own. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
	emptyRequestSchema,
	MANAGE_PATHS,
	manageSignInSchema,
	passwordChangeSchema,
	type ManagerAnswer
} from '#lib/protocol/manage.ts';
import type { ChangePassword } from '../auth/change-password.ts';
import type { CheckManager } from '../auth/manage-sign-in.ts';
import { MANAGE_COOKIE, MANAGE_SESSION_MS_MAX } from '../auth/manage-session.ts';
import type { Account } from '../storage/storage.ts';
import { RETRY_SECONDS } from '../sync/admit-entry.ts';
import { hostCookie, readCookie } from './cookies.ts';
import { jsonOfPage, managerOf, type ManageRouteDeps } from './manage-route.ts';
import { sendProblem } from './problem.ts';
import { parseBody } from './request-checks.ts';

export interface ManageSessionDeps extends ManageRouteDeps {
	checkManager: CheckManager;
	changePassword: ChangePassword;
}

export function addManageSessionRoutes(app: FastifyInstance, deps: ManageSessionDeps): void {
	app.post(MANAGE_PATHS.signIn, jsonOfPage, (request, reply) => signIn(deps, request, reply));
	app.post(MANAGE_PATHS.signOut, jsonOfPage, async (request, reply) => {
		deps.sessions.close(readCookie(request.raw, MANAGE_COOKIE));
		return reply.header('set-cookie', cookieOf('', 0)).code(204).send();
	});
	app.post(MANAGE_PATHS.me, jsonOfPage, async (request, reply) => {
		const body = parseBody(emptyRequestSchema, request.body);
		if (!body.ok) return sendProblem(reply, '/problems/schema', { path: body.path });
		const account = await managerOf(deps, request);
		const manager = account === undefined ? null : await managerAnswer(deps, account);
		return reply.header('cache-control', 'no-store').send({ manager });
	});
	app.post(MANAGE_PATHS.password, jsonOfPage, async (request, reply) => {
		const body = parseBody(passwordChangeSchema, request.body);
		if (!body.ok) return sendProblem(reply, '/problems/schema', { path: body.path });
		const account = await managerOf(deps, request);
		if (account === undefined) return sendProblem(reply, '/problems/signed-out');
		const outcome = await deps.changePassword(account, body.value);
		if (outcome.type === 'too-many-attempts')
			return sendProblem(reply, '/problems/too-many-attempts', { retryAfter: outcome.seconds });
		if (outcome.type !== 'changed') return sendProblem(reply, `/problems/${outcome.type}`);
		// The old password's sessions are over; this one goes on under the new one.
		openSession(deps, outcome.account, reply);
		return sendManager(deps, outcome.account, reply);
	});
}

async function signIn(
	deps: ManageSessionDeps,
	request: FastifyRequest,
	reply: FastifyReply
): Promise<FastifyReply> {
	const body = parseBody(manageSignInSchema, request.body);
	if (!body.ok) return sendProblem(reply, '/problems/schema', { path: body.path });
	const outcome = await deps.checkManager(body.value, request.ip);
	switch (outcome.type) {
		case 'signed-in':
			openSession(deps, outcome.account, reply);
			return sendManager(deps, outcome.account, reply);
		case 'too-many-attempts':
			return sendProblem(reply, '/problems/too-many-attempts', { retryAfter: outcome.seconds });
		case 'busy':
			return sendProblem(reply, '/problems/busy', { retryAfter: RETRY_SECONDS });
		case 'sign-in-failed':
			return sendProblem(reply, '/problems/sign-in-failed');
		case 'manages-nothing':
			return sendProblem(reply, '/problems/not-allowed');
	}
}

function cookieOf(cookie: string, ageS = MANAGE_SESSION_MS_MAX / 1_000): string {
	return hostCookie(MANAGE_COOKIE, cookie, ageS, 'Strict');
}

function openSession({ sessions }: ManageSessionDeps, account: Account, reply: FastifyReply): void {
	const { person, login, passwordHash } = account;
	reply.header('set-cookie', cookieOf(sessions.open({ person, login, passwordHash })));
}

async function sendManager(
	deps: ManageSessionDeps,
	account: Account,
	reply: FastifyReply
): Promise<FastifyReply> {
	const answer = await managerAnswer(deps, account);
	return reply.header('cache-control', 'no-store').send(answer);
}

async function managerAnswer(
	{ storage }: ManageSessionDeps,
	account: Account
): Promise<ManagerAnswer> {
	const { person, name, role } = account;
	const facilities = await storage.listFacilities();
	const facility = facilities.find(({ code }) => code === account.facility);
	if (facility === undefined) throw new Error('an account names a facility that is not there');
	const mustChangePassword = account.isStartPassword === true;
	return { person, name, role, facility, mustChangePassword };
}
