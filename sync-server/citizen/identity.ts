/**
 * The citizen's identity by OpenID Connect: authorization code with PKCE, state and nonce, against whichever
 * provider is configured (VNeID, or the stand-in of this server). What the provider says of a person is
 * taken from the ID token, whose signature is checked, and used for nothing but finding their books.
 */
import {
	allowInsecureRequests,
	AuthorizationResponseError,
	authorizationCodeGrant,
	buildAuthorizationUrl,
	calculatePKCECodeChallenge,
	ClientSecretBasic,
	customFetch,
	discovery,
	enableNonRepudiationChecks,
	randomNonce,
	randomPKCECodeVerifier,
	randomState,
	type Configuration,
	type CustomFetch
} from 'openid-client';
import type { Citizen } from '#lib/domain/access/family.ts';
import type { SignInFailure } from '#lib/protocol/citizen.ts';
import { citizenSchema } from './citizen-sessions.ts';

export const IDENTITY_SCOPE = 'openid citizen';

export interface IdentityProvider {
	issuer: URL;
	clientId: string;
	clientSecret: string;
	/** How the provider is reached, where that is not the network. */
	fetch?: CustomFetch;
}

/** What the server remembers while the browser is away at the provider. */
export interface PendingSignIn {
	state: string;
	nonce: string;
	codeVerifier: string;
	redirectUri: string;
}

export type IdentityOutcome =
	{ type: 'citizen'; citizen: Citizen } | { type: 'failed'; code: SignInFailure };

export interface CitizenIdentity {
	/** Where to send the browser; nothing when the provider does not answer. */
	begin(redirectUri: string): Promise<{ address: URL; pending: PendingSignIn } | undefined>;
	/** `returned`: the address the browser came back to, with everything the provider added. */
	finish(pending: PendingSignIn, returned: URL): Promise<IdentityOutcome>;
}

/** `onFailure` hears why the provider could not be used; its text may hold what it said of a person. */
export function createCitizenIdentity(
	provider: IdentityProvider,
	onFailure: (error: unknown) => void
): CitizenIdentity {
	let discovered: Promise<Configuration> | undefined;
	/** Asked again after a failure: a provider may be away for a while. */
	const configuration = (): Promise<Configuration> =>
		(discovered ??= discover(provider).catch((error: unknown) => {
			discovered = undefined;
			throw error;
		}));
	return {
		begin: async (redirectUri) => {
			try {
				return await beginAt(await configuration(), redirectUri);
			} catch (error) {
				onFailure(error);
				return undefined;
			}
		},
		finish: async (pending, returned) => {
			try {
				return await finishAt(await configuration(), pending, returned);
			} catch (error) {
				const code = failureOf(error);
				if (code !== 'declined') onFailure(error);
				return { type: 'failed', code };
			}
		}
	};
}

async function discover({
	issuer,
	clientId,
	clientSecret,
	fetch
}: IdentityProvider): Promise<Configuration> {
	const options = {
		// Plain HTTP only on this machine; `readConfig` lets nothing else through.
		execute: [enableNonRepudiationChecks, ...(issuer.protocol === 'http:' ? [insecure] : [])],
		...(fetch !== undefined && { [customFetch]: fetch })
	};
	return discovery(issuer, clientId, clientSecret, ClientSecretBasic(clientSecret), options);
}

// eslint-disable-next-line @typescript-eslint/no-deprecated -- the mark only makes it stand out.
const insecure = allowInsecureRequests;

async function beginAt(
	configuration: Configuration,
	redirectUri: string
): Promise<{ address: URL; pending: PendingSignIn }> {
	const pending: PendingSignIn = {
		state: randomState(),
		nonce: randomNonce(),
		codeVerifier: randomPKCECodeVerifier(),
		redirectUri
	};
	const address = buildAuthorizationUrl(configuration, {
		redirect_uri: redirectUri,
		scope: IDENTITY_SCOPE,
		state: pending.state,
		nonce: pending.nonce,
		code_challenge: await calculatePKCECodeChallenge(pending.codeVerifier),
		code_challenge_method: 'S256',
		// A phone goes from hand to hand: who it was last time is asked again.
		prompt: 'login'
	});
	return { address, pending };
}

async function finishAt(
	configuration: Configuration,
	{ state, nonce, codeVerifier, redirectUri }: PendingSignIn,
	returned: URL
): Promise<IdentityOutcome> {
	const address = new URL(redirectUri);
	address.search = returned.search;
	const tokens = await authorizationCodeGrant(configuration, address, {
		expectedState: state,
		expectedNonce: nonce,
		pkceCodeVerifier: codeVerifier,
		idTokenExpected: true
	});
	const claims = tokens.claims();
	if (!isLevelEnough(claims?.['level'])) return { type: 'failed', code: 'level-too-low' };
	const citizen = citizenSchema.safeParse({
		personalNumber: claims?.['personal_number'],
		name: claims?.['name'],
		birthDate: claims?.['birthdate']
	});
	return citizen.success
		? { type: 'citizen', citizen: citizen.data }
		: { type: 'failed', code: 'not-genuine' };
}

/**
 * Level 2 of the electronic identity: face and fingerprints were compared at a counter. Health data of others are not
 * shown to whoever only typed a number (levels: Decree 69/2024/NĐ-CP). What is not stated is not enough.
 */
const LEVEL_MIN = 2;

function isLevelEnough(level: unknown): boolean {
	if (typeof level !== 'number' && typeof level !== 'string') return false;
	return /^0?[1-9]$/.test(String(level)) && Number(level) >= LEVEL_MIN;
}

function failureOf(error: unknown): SignInFailure {
	if (error instanceof AuthorizationResponseError) return 'declined';
	return isOfNetwork(error) ? 'unreachable' : 'not-genuine';
}

/** What fetch throws, also where the client wrapped it. */
function isOfNetwork(error: unknown): boolean {
	if (!(error instanceof Error)) return false;
	if (error instanceof TypeError && error.message === 'fetch failed') return true;
	return error.name === 'TimeoutError' || isOfNetwork(error.cause);
}
