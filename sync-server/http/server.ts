/** The outside: routes over the sync service, sign-in and the store, and the built app. Thin. */
import Fastify, {
	type FastifyInstance,
	type FastifyRequest,
	type FastifyServerOptions
} from 'fastify';
import type { Verifier } from '#lib/entry/signing.ts';
import type { Authenticate } from '../auth/device-token.ts';
import type { Enrol } from '../auth/enrolment.ts';
import type { SealingKey } from '../auth/sealing-key.ts';
import type { SignIn } from '../auth/sign-in.ts';
import { createVisitCodes } from '../citizen/visit-codes.ts';
import type { Checkpoints } from '../jobs/checkpoints.ts';
import type { ServerStorage } from '../storage/storage.ts';
import { RETRY_SECONDS } from '../sync/admit-entry.ts';
import type { Damage } from '../sync/damage.ts';
import type { SyncService } from '../sync/sync-service.ts';
import { addAccessLogRoutes } from './access-log-routes.ts';
import { addCitizenAccess, type CitizenAccess } from './citizen-access.ts';
import { addCatalogueRoutes } from './catalogue-routes.ts';
import { createPolicySource } from './csp.ts';
import { addEnrolRoute } from './enrol-route.ts';
import { addEmergencyRoutes } from './emergency-routes.ts';
import { addEndingRoute } from './ending-route.ts';
import {
	addFailureHandlers,
	answerClientError,
	answerError,
	reportFailure,
	type FailureDeps
} from './failures.ts';
import { addHealthRoutes } from './health-routes.ts';
import { addJourneyRoute } from './journey-route.ts';
import { addLiveRoutes, type LiveDeps } from './live-routes.ts';
import type { Log } from './log.ts';
import { addLeaseRoute, type LeaseRouteDeps } from './lease-route.ts';
import { addManageRoutes, type ManageAccess } from './manage-routes.ts';
import { addParcelRoute } from './parcel-route.ts';
import { addPasskeyRoutes, type PasskeyAccess } from './passkey-routes.ts';
import { addPeopleRoutes, createMisses } from './people-routes.ts';
import { addQuarantineRoutes } from './quarantine-routes.ts';
import { sendProblem } from './problem.ts';
import { addReadsRoute } from './reads-route.ts';
import { refuseOtherOrigins } from './same-origin.ts';
import { addSecurityHeaders } from './security-headers.ts';
import { addSignInRoute } from './sign-in-route.ts';
import { parseStrictJson } from './strict-json.ts';
import { addStaticApp, indexFileOf } from './static-app.ts';
import { addSyncRoute } from './sync-route.ts';
import { addTabletRoutes } from './tablet-routes.ts';
import { addVisitRoute } from './visit-routes.ts';

const JSON_BYTES_MAX = 64 * 1024;
const CONNECTION_CHECK_MS = 1_000;
/** Nobody is known before the headers are there: a connection that says nothing is not kept. */
const HEADERS_MS_MAX = 10_000;

export interface HttpDeps {
	storage: ServerStorage;
	sync: SyncService;
	/** Checks signatures. */
	verify: Verifier;
	authenticate: Authenticate;
	enrol: Enrol;
	signIn: SignIn;
	/** Opens what locked tablets send. */
	sealingKey: Pick<SealingKey, 'open'>;
	tabletSecrets: LeaseRouteDeps['tabletSecrets'];
	/** How long somebody may go on by PIN alone after having spoken to this server. */
	leaseMs: number;
	damage: Pick<Damage, 'count' | 'isSound'>;
	clock: { nowMs(): number };
	log: Log;
	/** The built app; absent: only the API. */
	appFolder?: string;
	tls?: { cert: string; key: string };
	/** The address browsers know it by, where a proxy speaks TLS for it. */
	publicOrigin?: string;
	/** Addresses of such proxies: what they say of where a request comes from is believed. */
	trustedProxy?: string[];
	/** How long a request may take to arrive. */
	bodyTimeoutMs: number;
	onBrokenStore: () => void;
	/** Live rooms; absent: only polling. */
	live?: Pick<LiveDeps, 'sessions' | 'rooms'>;
	/** Of the access log; absent: nobody is told how it stands. */
	checkpoints?: Checkpoints;
	/** Absent: nobody has a passkey. */
	passkeys?: PasskeyAccess;
	/** Absent: nobody can sign in to manage. */
	manage?: ManageAccess;
	/** Absent: no citizen can sign in. */
	citizens?: CitizenAccess;
}

/** A server that does not listen yet. */
export async function createHttpServer(deps: HttpDeps): Promise<FastifyInstance> {
	const indexFile = indexFileOf(deps.appFolder);
	const failures: FailureDeps = { ...deps, hasApp: indexFile !== undefined };
	const app = createApp(deps, failures);
	app.decorateReply('codeForLog', '');
	app.decorateRequest('actor', undefined);
	readJsonStrictly(app);
	addFailureHandlers(app, failures);
	const isTls = deps.tls !== undefined || deps.publicOrigin?.startsWith('https:') === true;
	addSecurityHeaders(app, { policy: createPolicySource(indexFile), isTls });
	addRequestLog(app, deps.log);
	refuseOtherOrigins(app);
	refuseWhileClosing(app);
	const onFailure = (error: unknown) => reportFailure(failures, error);
	addSyncRoute(app, { ...deps, onFailure });
	addParcelRoute(app, deps);
	addEnrolRoute(app, deps.enrol);
	addSignInRoute(app, deps);
	addLeaseRoute(app, deps);
	if (deps.passkeys !== undefined) addPasskeyRoutes(app, { ...deps, passkeys: deps.passkeys });
	addTabletRoutes(app, deps);
	addReadsRoute(app, deps);
	if (deps.manage !== undefined) addManageRoutes(app, { ...deps, ...deps.manage });
	const misses = createMisses();
	addPeopleRoutes(app, deps, misses);
	const onOpened = () => deps.live?.rooms.accepted([]);
	addEmergencyRoutes(app, { ...deps, misses, onOpened });
	addEndingRoute(app, deps);
	addJourneyRoute(app, deps);
	addQuarantineRoutes(app, deps);
	if (deps.live !== undefined) addLiveRoutes(app, { ...deps, ...deps.live, onFailure });
	if (deps.citizens !== undefined) {
		const codes = createVisitCodes({ ...deps, ...deps.citizens });
		addVisitRoute(app, { ...deps, codes, misses, onOpened });
		await addCitizenAccess(app, deps.citizens, { ...deps, codes, onFailure });
	}
	addCatalogueRoutes(app, deps.storage);
	if (deps.checkpoints !== undefined) addAccessLogRoutes(app, deps.checkpoints);
	addHealthRoutes(app, deps);
	if (deps.appFolder !== undefined && failures.hasApp) await addStaticApp(app, deps.appFolder);
	return app;
}

function createApp(deps: HttpDeps, failures: FailureDeps): FastifyInstance {
	// The sync route has its own clock; this one is for headers and for bodies that Fastify reads.
	const arrivalMs = deps.bodyTimeoutMs + CONNECTION_CHECK_MS;
	// Node takes the larger of the two times for the whole request: both must be set.
	const node = {
		connectionsCheckingInterval: CONNECTION_CHECK_MS,
		headersTimeout: Math.min(arrivalMs, HEADERS_MS_MAX)
	};
	const options: FastifyServerOptions = {
		bodyLimit: JSON_BYTES_MAX,
		requestTimeout: arrivalMs,
		...(deps.trustedProxy && { trustProxy: deps.trustedProxy }),
		// Fastify's own answer is no problem document; see `refuseWhileClosing`.
		return503OnClosing: false,
		clientErrorHandler: answerClientError,
		frameworkErrors: (error, _request, reply) => void answerError(failures, error, reply)
	};
	if (deps.tls === undefined) return Fastify({ ...options, http: node });
	const https = { ...node, ...deps.tls, minVersion: 'TLSv1.2', handshakeTimeout: HEADERS_MS_MAX };
	// Routes do not depend on which of Node's servers carries them.
	return Fastify({ ...options, https } as FastifyServerOptions);
}

/** JSON is the only content type that Fastify reads here by itself. */
function readJsonStrictly(app: FastifyInstance): void {
	app.removeAllContentTypeParsers();
	app.addContentTypeParser(
		'application/json',
		{ parseAs: 'buffer' },
		async (_request: FastifyRequest, body: Buffer) => parseStrictJson(body)
	);
}

/** One line for each API request and for every refusal; files that were served are not worth a line. */
function addRequestLog(app: FastifyInstance, log: Log): void {
	const bytesBefore = new WeakMap<object, number>();
	app.addHook('onRequest', async (request) => {
		bytesBefore.set(request, request.raw.socket.bytesWritten);
	});
	app.addHook('onResponse', async (request, reply) => {
		const route = request.routeOptions.url ?? 'unknown';
		if (!route.startsWith('/api/') && reply.statusCode < 400) return;
		const { bytesWritten } = request.raw.socket;
		log.request({
			method: request.method,
			route,
			status: reply.statusCode,
			ms: Math.round(reply.elapsedTime),
			bytes: bytesWritten - (bytesBefore.get(request) ?? 0),
			...(reply.codeForLog !== '' && { code: reply.codeForLog })
		});
	});
}

/** Answers under way are finished; whoever asks now is told to come back. */
function refuseWhileClosing(app: FastifyInstance): void {
	let isClosing = false;
	app.addHook('preClose', async () => {
		isClosing = true;
	});
	app.addHook('onRequest', async (_request, reply) => {
		if (!isClosing) return undefined;
		reply.header('connection', 'close');
		return sendProblem(reply, '/problems/busy', { retryAfter: RETRY_SECONDS });
	});
}
