/**
 * A citizen's phone: signing in through the identity provider and back, which books are the family's, and
 * these books. Who it is stands in a cookie that no script can read; nothing of it is ever in an address.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { BookId } from '#lib/domain/ids.ts';
import {
	accessesRequestSchema,
	CITIZEN_ACCESSES_PATH,
	CITIZEN_FAMILY_PATH,
	CITIZEN_HOME_PATH,
	CITIZEN_SIGN_IN_PATH,
	CITIZEN_SIGN_OUT_PATH,
	CITIZEN_SIGNED_IN_PATH,
	CITIZEN_SYNC_PATH,
	type SignInFailure
} from '#lib/protocol/citizen.ts';
import { CONTENT_TYPE_REQUEST, REQUEST_BYTES_MAX } from '#lib/protocol/limits.ts';
import { decodeRequest } from '#lib/protocol/wire.ts';
import {
	CITIZEN_COOKIE,
	CITIZEN_SESSION_S_MAX,
	type CitizenSession,
	type CitizenSessions
} from '../citizen/citizen-sessions.ts';
import { CITIZEN_ACCESSES, CITIZEN_READS, createBuckets, type Take } from '../auth/buckets.ts';
import { answerAccesses } from '../citizen/accesses.ts';
import { createCitizenReads } from '../citizen/citizen-reads.ts';
import { answerFamily } from '../citizen/family-answer.ts';
import { openFamily } from '../citizen/family-books.ts';
import type { CitizenIdentity } from '../citizen/identity.ts';
import { createPendingSignIns, PENDING_S_MAX } from '../citizen/pending-sign-ins.ts';
import type { VisitCodes } from '../citizen/visit-codes.ts';
import type { Checkpoints } from '../jobs/checkpoints.ts';
import type { ServerStorage } from '../storage/storage.ts';
import { answerCitizen, isForBooksOnly } from '../sync/citizen-answer.ts';
import type { Damage } from '../sync/damage.ts';
import { sendFrames } from './answer-stream.ts';
import { hostCookie, readCookie } from './cookies.ts';
import { sendProblem } from './problem.ts';
import { readBody } from './request-body.ts';
import { parseBody, requireContentType } from './request-checks.ts';
import { isFromHere } from './same-origin.ts';
import { problemOfDecoding } from './sync-route.ts';
import { addCitizenEmergenciesRoute } from './citizen-emergencies-route.ts';
import { addConsentRoutes } from './citizen-consent-routes.ts';
import { addCorrectionRoutes } from './citizen-correction-routes.ts';
import { addVisitCodeRoute } from './visit-routes.ts';

export interface CitizenDeps {
	storage: ServerStorage;
	clock: { nowMs(): number };
	randomBytes: (count: number) => Uint8Array;
	sessions: CitizenSessions;
	/** The identity provider as it is asked for browsers that know this server by `origin`. */
	identityFor: (origin: string) => CitizenIdentity;
	/** Nothing: the request names a host that is not ours. */
	originOf: (request: FastifyRequest) => string | undefined;
	damage: Pick<Damage, 'isSound'>;
	codes: VisitCodes;
	/** Of the access log; absent: nobody is told who opened a book. */
	checkpoints?: Checkpoints;
	bodyTimeoutMs: number;
	onFailure: (error: unknown) => void;
}

const SIGN_IN_COOKIE = '__Host-so-suc-khoe-sign-in';
const BODY_BYTES_MAX = 1024;

export function addCitizenRoutes(app: FastifyInstance, deps: CitizenDeps): void {
	addSignInRoutes(app, deps);
	addSignOutRoute(app, deps);
	const take = createBuckets(CITIZEN_READS);
	addFamilyRoute(app, deps, take);
	addBooksRoute(app, deps, take);
	const asked = { ...deps, sessionOf: (request: FastifyRequest) => sessionOf(deps, request) };
	addVisitCodeRoute(app, asked);
	addCitizenEmergenciesRoute(app, asked);
	addConsentRoutes(app, asked);
	addCorrectionRoutes(app, asked);
	if (deps.checkpoints !== undefined)
		addAccessesRoute(app, { ...deps, checkpoints: deps.checkpoints });
}

function addSignInRoutes(app: FastifyInstance, deps: CitizenDeps): void {
	const pending = createPendingSignIns(deps);
	app.get(CITIZEN_SIGN_IN_PATH, async (request, reply) => {
		const origin = deps.originOf(request);
		if (origin === undefined) return sendProblem(reply, '/problems/bad-request');
		const begun = await deps.identityFor(origin).begin(origin + CITIZEN_SIGNED_IN_PATH);
		if (begun === undefined) return goHome(reply, 'unreachable');
		const key = pending.put({ ...begun.pending, origin });
		return reply
			.header('set-cookie', hostCookie(SIGN_IN_COOKIE, key, PENDING_S_MAX))
			.header('cache-control', 'no-store')
			.redirect(begun.address.href, 303);
	});
	app.get(CITIZEN_SIGNED_IN_PATH, async (request, reply) => {
		// Taken, not read: an answer of the provider counts once.
		const begun = pending.take(readCookie(request.raw, SIGN_IN_COOKIE));
		reply.header('set-cookie', hostCookie(SIGN_IN_COOKIE, '', 0));
		if (begun === undefined) return goHome(reply, 'not-genuine');
		const returned = new URL(request.url, begun.origin);
		const outcome = await deps.identityFor(begun.origin).finish(begun, returned);
		if (outcome.type === 'failed') {
			await auditSignIn(deps, { action: 'sign-in-failed', detail: `citizen ${outcome.code}` });
			return goHome(reply, outcome.code);
		}
		// Whoever was signed in here is not any more: one browser holds one session.
		await deps.sessions.close(readCookie(request.raw, CITIZEN_COOKIE));
		const cookie = await deps.sessions.open(outcome.citizen);
		const person = deps.sessions.find(cookie)?.person;
		await auditSignIn(deps, { action: 'sign-in', detail: 'citizen', ...(person && { person }) });
		reply.header('set-cookie', hostCookie(CITIZEN_COOKIE, cookie, CITIZEN_SESSION_S_MAX));
		return goHome(reply);
	});
}

/** Back into the app; what went wrong is a word of ours. */
function goHome(reply: FastifyReply, failure?: SignInFailure): FastifyReply {
	const query = failure === undefined ? '' : `?sign-in=${failure}`;
	return reply.header('cache-control', 'no-store').redirect(CITIZEN_HOME_PATH + query, 303);
}

type SignInRow = Pick<Parameters<ServerStorage['audit']>[0], 'action' | 'detail' | 'person'>;

async function auditSignIn({ storage, clock }: CitizenDeps, row: SignInRow): Promise<void> {
	await storage.audit({ at: clock.nowMs(), ...row });
}

function addSignOutRoute(app: FastifyInstance, { sessions }: CitizenDeps): void {
	app.post(
		CITIZEN_SIGN_OUT_PATH,
		{ bodyLimit: BODY_BYTES_MAX, onRequest: requireContentType('application/json') },
		async (request, reply) => {
			if (!isFromHere(request.raw)) return sendProblem(reply, '/problems/not-allowed');
			await sessions.close(readCookie(request.raw, CITIZEN_COOKIE));
			return (
				reply
					.header('set-cookie', hostCookie(CITIZEN_COOKIE, '', 0))
					// Not "storage": a tablet of a station may keep unsent work in the same browser.
					.header('clear-site-data', '"cache"')
					.code(204)
					.send()
			);
		}
	);
}

function sessionOf({ sessions }: CitizenDeps, request: FastifyRequest): CitizenSession | undefined {
	return sessions.find(readCookie(request.raw, CITIZEN_COOKIE));
}

function addFamilyRoute(app: FastifyInstance, deps: CitizenDeps, take: Take): void {
	const noteRead = createCitizenReads(deps.storage);
	app.get(CITIZEN_FAMILY_PATH, async (request, reply) => {
		const session = sessionOf(deps, request);
		if (session === undefined) return sendProblem(reply, '/problems/signed-out');
		const retryAfter = take(session.person, deps.clock.nowMs()).waitSeconds;
		if (retryAfter > 0) return sendProblem(reply, '/problems/too-many-attempts', { retryAfter });
		const { body, etag, books, whole } = await answerFamily(deps, session, deps.clock.nowMs());
		reply.header('cache-control', 'no-store').header('etag', etag);
		if (request.headers['if-none-match'] === etag) {
			await noteRead(whole, deps.clock.nowMs());
			return reply.code(304).send();
		}
		await auditList(deps, session, books);
		return reply.type('application/json; charset=utf-8').send(body);
	});
}

/** It names who wrote in the books: on disk before it leaves. All at once: they share a commit. */
async function auditList(
	{ storage, clock }: CitizenDeps,
	{ person }: CitizenSession,
	books: BookId[]
): Promise<void> {
	const row = { at: clock.nowMs(), action: 'deliver', person, role: 'citizen' } as const;
	await Promise.all(books.map((book) => storage.audit({ ...row, book, detail: 'citizen list' })));
}

function addBooksRoute(app: FastifyInstance, deps: CitizenDeps, take: Take): void {
	app.post(
		CITIZEN_SYNC_PATH,
		{ onRequest: requireContentType(CONTENT_TYPE_REQUEST) },
		async (request, reply) => {
			const session = sessionOf(deps, request);
			if (session === undefined) return sendProblem(reply, '/problems/signed-out');
			const limits = { bytesMax: REQUEST_BYTES_MAX, timeoutMs: deps.bodyTimeoutMs };
			const body = await readBody(request.raw, limits);
			if (!body.ok) return sendProblem(reply, body.problem);
			const retryAfter = take(session.person, deps.clock.nowMs()).waitSeconds;
			if (retryAfter > 0) return sendProblem(reply, '/problems/too-many-attempts', { retryAfter });
			const decoded = decodeRequest(body.bytes);
			if (!decoded.ok) return sendProblem(reply, ...problemOfDecoding(decoded.failure));
			if (!isForBooksOnly(decoded.value)) return sendProblem(reply, '/problems/not-allowed');
			const { person, citizen } = session;
			const family = await openFamily(deps, citizen, deps.clock.nowMs());
			const books = new Map(family.map(({ book, entries }) => [book, entries]));
			const frames = answerCitizen(deps, decoded.value, { kind: 'citizen', person, books });
			return sendFrames(reply, request.headers['accept-encoding'], frames, deps.onFailure);
		}
	);
}

function addAccessesRoute(
	app: FastifyInstance,
	deps: CitizenDeps & { checkpoints: Checkpoints }
): void {
	const take = createBuckets(CITIZEN_ACCESSES);
	app.post(
		CITIZEN_ACCESSES_PATH,
		{ bodyLimit: BODY_BYTES_MAX, onRequest: requireContentType('application/json') },
		async (request, reply) => {
			if (!isFromHere(request.raw)) return sendProblem(reply, '/problems/not-allowed');
			const session = sessionOf(deps, request);
			if (session === undefined) return sendProblem(reply, '/problems/signed-out');
			const body = parseBody(accessesRequestSchema, request.body);
			if (!body.ok) return sendProblem(reply, '/problems/schema', { path: body.path });
			const retryAfter = take(session.person, deps.clock.nowMs()).waitSeconds;
			if (retryAfter > 0) return sendProblem(reply, '/problems/too-many-attempts', { retryAfter });
			const answer = await answerAccesses(deps, session, body.value, deps.clock.nowMs());
			if (answer === undefined) return sendProblem(reply, '/problems/not-found');
			return reply.header('cache-control', 'no-store').send(answer);
		}
	);
}
