/** Citizens at the door: the configured identity provider, or the stand-in inside this very server. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Citizen } from '#lib/domain/access/family.ts';
import { CITIZEN_SIGNED_IN_PATH } from '#lib/protocol/citizen.ts';
import type { CitizenSessions } from '../citizen/citizen-sessions.ts';
import {
	createCitizenIdentity,
	type CitizenIdentity,
	type IdentityProvider
} from '../citizen/identity.ts';
import {
	createStandInProvider,
	STAND_IN_CLIENT_ID,
	type StandInProvider
} from '../citizen/stand-in-provider.ts';
import { addCitizenRoutes, type CitizenDeps } from './citizen-routes.ts';
import type { CitizenSignIn } from './config.ts';
import { originOf, type OriginRules } from './public-origin.ts';
import { addStandInRoutes } from './stand-in-routes.ts';

export interface CitizenAccess {
	sessions: CitizenSessions;
	signIn: CitizenSignIn;
	origin: OriginRules;
	/** Whom the stand-in knows. */
	demoCitizens: () => readonly Citizen[];
	randomBytes: (count: number) => Uint8Array;
}

type RouteDeps = Omit<CitizenDeps, 'sessions' | 'identityFor' | 'originOf' | 'randomBytes'>;

/** Adds nothing where citizens cannot sign in. */
export async function addCitizenAccess(
	app: FastifyInstance,
	access: CitizenAccess,
	deps: RouteDeps
): Promise<void> {
	const { sessions, randomBytes, signIn } = access;
	const originOfRequest = (request: FastifyRequest): string | undefined =>
		originOf(access.origin, request.raw);
	const common = { ...deps, sessions, randomBytes, originOf: originOfRequest };
	switch (signIn.type) {
		case 'off':
			return;
		case 'provider': {
			const identity = createCitizenIdentity(signIn.provider, deps.onFailure);
			return addCitizenRoutes(app, { ...common, identityFor: () => identity });
		}
		case 'stand-in': {
			const standIns = createStandIns(app, access.demoCitizens, deps.onFailure);
			addCitizenRoutes(app, { ...common, identityFor: (origin) => standIns(origin).identity });
			return addStandInRoutes(app, {
				standInFor: (request) => {
					const origin = originOfRequest(request);
					return origin === undefined ? undefined : standIns(origin).provider;
				}
			});
		}
	}
}

interface StandIn {
	provider: StandInProvider;
	identity: CitizenIdentity;
}

/** This machine has a few names, and a provider goes by one. */
const STAND_INS_MAX = 20;

function createStandIns(
	app: FastifyInstance,
	demoCitizens: () => readonly Citizen[],
	onFailure: (error: unknown) => void
): (origin: string) => StandIn {
	const standIns = new Map<string, StandIn>();
	return (origin) => {
		const known = standIns.get(origin);
		if (known !== undefined) return known;
		const provider = createStandInProvider(origin, origin + CITIZEN_SIGNED_IN_PATH, demoCitizens());
		const { issuer, clientSecret } = provider;
		const fetch = fetchInside(app);
		const client = { issuer, clientId: STAND_IN_CLIENT_ID, clientSecret, fetch };
		const identity = createCitizenIdentity(client, onFailure);
		for (const oldest of standIns.keys()) {
			if (standIns.size < STAND_INS_MAX) break;
			standIns.delete(oldest);
		}
		standIns.set(origin, { provider, identity });
		return { provider, identity };
	};
}

/** The stand-in is asked without the network: its name may be one that only other machines can reach. */
function fetchInside(app: FastifyInstance): NonNullable<IdentityProvider['fetch']> {
	return async (address, { method, headers, body }) => {
		const { pathname, search, host } = new URL(address);
		const answer = await app.inject({
			method: method === 'POST' ? 'POST' : 'GET',
			url: pathname + search,
			headers: { ...headers, host },
			...(body !== undefined && body !== null && { payload: textOfBody(body) })
		});
		return new Response(answer.rawPayload.length === 0 ? null : new Uint8Array(answer.rawPayload), {
			status: answer.statusCode,
			headers: new Headers(textHeaders(answer.headers))
		});
	};
}

/** What the client sends: a form. */
function textOfBody(body: unknown): string {
	if (typeof body === 'string') return body;
	if (body instanceof URLSearchParams) return body.toString();
	throw new TypeError('the stand-in is sent forms only');
}

function textHeaders(headers: Record<string, unknown>): [string, string][] {
	return Object.entries(headers).flatMap(([name, value]): [string, string][] =>
		typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : []
	);
}
