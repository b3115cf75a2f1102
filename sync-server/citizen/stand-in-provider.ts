/**
 * A stand-in for VNeID: an OpenID Connect provider inside this server that knows a few people of the demo and
 * believes whoever says to be one of them. It makes the real protocol run on one machine; it is no sign-in
 * for real people, and `readConfig` keeps it out of production.
 */
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { errors, Provider, type Configuration, type InteractionResults } from 'oidc-provider';
import type { Citizen } from '#lib/domain/access/family.ts';
import { CITIZEN_HOME_PATH, type SignInFailure } from '#lib/protocol/citizen.ts';
import { createStandInMemory } from './stand-in-memory.ts';

export const STAND_IN_PATH = '/oidc';
/** Where a browser goes whose sign-in is over, or was never begun here. */
export const TOO_LATE_PATH = `${CITIZEN_HOME_PATH}?sign-in=${'not-genuine' satisfies SignInFailure}`;
export const STAND_IN_CLIENT_ID = 'so-suc-khoe';

const MINUTE_S = 60;
const SECRET_BYTES = 32;

export interface StandInCitizen extends Citizen {
	/** Names the person on the page and in tokens: no number. */
	sub: string;
}

export interface StandInProvider {
	issuer: URL;
	clientSecret: string;
	citizens: readonly StandInCitizen[];
	/** Everything under the issuer's path but the page where somebody says who they are. */
	handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
	/** Whether this browser really stands before that page. */
	isAsked(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
	/** Sends the browser on: as this citizen, or with "no". */
	finish(
		request: IncomingMessage,
		response: ServerResponse,
		sub: string | undefined
	): Promise<void>;
}

export function createStandInProvider(
	origin: string,
	redirectUri: string,
	people: readonly Citizen[]
): StandInProvider {
	const issuer = new URL(STAND_IN_PATH, origin);
	const clientSecret = randomBytes(SECRET_BYTES).toString('base64url');
	const citizens = people.map((citizen) => ({ ...citizen, sub: subOf(citizen) }));
	const provider = new Provider(
		issuer.href,
		configurationOf({ clientSecret, redirectUri, citizens })
	);
	// Behind TLS of our own the provider sees plain requests; `handle` tells it the truth.
	provider.proxy = true;
	const callback = provider.callback();
	return {
		issuer,
		clientSecret,
		citizens,
		handle: async (request, response) => callback(request, response),
		isAsked: async (request, response) => {
			try {
				await provider.interactionDetails(request, response);
				return true;
			} catch (error) {
				if (error instanceof errors.SessionNotFound) return false;
				throw error;
			}
		},
		finish: async (request, response, sub) => {
			await provider.interactionFinished(request, response, resultOf(sub), {
				mergeWithLastSubmission: false
			});
		}
	};
}

function resultOf(sub: string | undefined): InteractionResults {
	if (sub !== undefined) return { login: { accountId: sub, remember: false } };
	return { error: 'access_denied', error_description: 'The person said no.' };
}

function subOf({ personalNumber }: Citizen): string {
	return createHash('sha256').update(`stand-in ${personalNumber}`).digest('hex').slice(0, 24);
}

interface StandIn {
	clientSecret: string;
	redirectUri: string;
	citizens: readonly StandInCitizen[];
}

function configurationOf({ clientSecret, redirectUri, citizens }: StandIn): Configuration {
	return {
		clients: [
			{
				client_id: STAND_IN_CLIENT_ID,
				client_secret: clientSecret,
				redirect_uris: [redirectUri],
				response_types: ['code'],
				grant_types: ['authorization_code'],
				token_endpoint_auth_method: 'client_secret_basic',
				id_token_signed_response_alg: 'ES256'
			}
		],
		adapter: createStandInMemory(() => Date.now()),
		scopes: ['openid', 'citizen'],
		claims: { openid: ['sub'], citizen: ['personal_number', 'name', 'birthdate', 'level'] },
		// The claims stand in the ID token itself: one signed answer, nothing to fetch afterwards.
		conformIdTokenClaims: false,
		responseTypes: ['code'],
		pkce: { required: () => true },
		jwks: { keys: [newSigningKey()] },
		cookies: { keys: [randomBytes(SECRET_BYTES).toString('base64url')] },
		features: { devInteractions: { enabled: false }, userinfo: { enabled: false } },
		interactions: { url: (_context, { uid }) => `${STAND_IN_PATH}/interaction/${uid}` },
		ttl: {
			AccessToken: MINUTE_S,
			AuthorizationCode: MINUTE_S,
			IdToken: 5 * MINUTE_S,
			Interaction: 10 * MINUTE_S,
			Session: 10 * MINUTE_S,
			Grant: 10 * MINUTE_S
		},
		findAccount: (_context, sub) => accountOf(citizens, sub),
		loadExistingGrant: grantToOurselves,
		// Back in the app there is a way on; a page of the provider's own would be a dead end.
		renderError: (context) => {
			context.redirect(TOO_LATE_PATH);
		}
	};
}

function accountOf(citizens: readonly StandInCitizen[], sub: string) {
	const citizen = citizens.find((one) => one.sub === sub);
	if (citizen === undefined) return undefined;
	const { personalNumber, name, birthDate } = citizen;
	const who = { personal_number: personalNumber, name, birthdate: birthDate };
	return {
		accountId: sub,
		claims: () => ({ sub, ...who, level: 2 })
	};
}

/** The only client is this server, and its page says what is read: nobody is asked twice. */
const grantToOurselves: NonNullable<Configuration['loadExistingGrant']> = async ({ oidc }) => {
	const grant = new oidc.provider.Grant({
		clientId: STAND_IN_CLIENT_ID,
		...(oidc.session?.accountId !== undefined && { accountId: oidc.session.accountId })
	});
	grant.addOIDCScope('openid citizen');
	await grant.save();
	return grant;
};

function newSigningKey() {
	const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	return { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'ES256', kid: 'stand-in' };
}
