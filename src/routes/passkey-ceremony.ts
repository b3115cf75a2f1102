/**
 * The page's part of WebAuthn: only a page may talk to an authenticator. Loaded when somebody presses a button for it.
 * What a passkey computes (PRF) goes to the worker and nowhere else: it is taken out of what is sent to the server.
 */
import {
	base64URLStringToBuffer,
	bufferToBase64URLString,
	startAuthentication,
	startRegistration,
	WebAuthnError,
	type AuthenticationExtensionsClientOutputs,
	type AuthenticationResponseJSON
} from '@simplewebauthn/browser';
import {
	PASSKEY_ALGORITHMS,
	PASSKEY_TIMEOUT_MS,
	type PasskeyAddOptions,
	type PasskeyAttestation,
	type PasskeySignInOptions,
	type PasskeyTransport
} from '#lib/protocol/passkeys.ts';
import type { PasskeyGiven } from '#lib/worker/book-api.ts';

const CHALLENGE_BYTES = 32;

/** `cancelled`: whoever was asked did not, not in time, or has none here. */
export type CeremonyFailure = { type: 'passkey'; why: 'cancelled' | 'taken' | 'failed' };

/** Signs in at the server. `salt`: from which the passkey is to compute. */
export async function askPasskey(
	{ challenge, rpId }: PasskeySignInOptions,
	salt: Uint8Array
): Promise<({ type: 'given' } & PasskeyGiven) | CeremonyFailure> {
	const answer = await attempt(() =>
		startAuthentication({
			optionsJSON: { ...askingFor(salt), challenge, rpId }
		})
	);
	if ('type' in answer && answer.type === 'passkey') return answer;
	const { clientDataJSON, authenticatorData, signature, userHandle = '' } = answer.response;
	// Of another device, a passkey would have to be fetched over the network at each unlocking.
	const output = answer.authenticatorAttachment === 'platform' ? outputOf(answer) : undefined;
	return {
		type: 'given',
		assertion: { id: answer.id, clientDataJSON, authenticatorData, signature, userHandle },
		...(output && { output })
	};
}

/** Has this very passkey compute from `salt`, without the server: the challenge proves nothing to anybody. */
export async function computeByPasskey(
	credential: string,
	salt: Uint8Array
): Promise<{ type: 'computed'; output: Uint8Array } | CeremonyFailure> {
	const challenge = crypto.getRandomValues(new Uint8Array(CHALLENGE_BYTES));
	const answer = await attempt(() =>
		startAuthentication({
			optionsJSON: {
				...askingFor(salt),
				challenge: bufferToBase64URLString(challenge.buffer),
				allowCredentials: [{ id: credential, type: 'public-key', transports: ['internal'] }]
			}
		})
	);
	if ('type' in answer && answer.type === 'passkey') return answer;
	const output = outputOf(answer);
	return output === undefined ? { type: 'passkey', why: 'failed' } : { type: 'computed', output };
}

export async function makePasskey({
	challenge,
	rpId,
	user,
	exclude
}: PasskeyAddOptions): Promise<{ type: 'made'; passkey: PasskeyAttestation } | CeremonyFailure> {
	const answer = await attempt(() =>
		startRegistration({
			optionsJSON: {
				challenge,
				rp: { id: rpId, name: 'Sổ Sức Khỏe' },
				user,
				pubKeyCredParams: PASSKEY_ALGORITHMS.map((alg) => ({ alg, type: 'public-key' })),
				timeout: PASSKEY_TIMEOUT_MS,
				excludeCredentials: exclude.map((one) => ({ ...one, type: 'public-key' })),
				authenticatorSelection: {
					residentKey: 'required',
					requireResidentKey: true,
					userVerification: 'required'
				},
				attestation: 'none',
				extensions: { prf: {} }
			}
		})
	);
	if ('type' in answer && answer.type === 'passkey') return answer;
	const { clientDataJSON, attestationObject, transports = [] } = answer.response;
	return {
		type: 'made',
		passkey: {
			id: answer.id,
			clientDataJSON,
			attestationObject,
			transports: transports as PasskeyTransport[]
		}
	};
}

function askingFor(salt: Uint8Array) {
	const first = new Uint8Array(salt);
	return {
		timeout: PASSKEY_TIMEOUT_MS,
		userVerification: 'required',
		extensions: { prf: { eval: { first } } }
	} as const;
}

function outputOf({ clientExtensionResults }: AuthenticationResponseJSON): Uint8Array | undefined {
	const { prf }: AuthenticationExtensionsClientOutputs = clientExtensionResults;
	const first = prf?.results?.first;
	if (first === undefined) return undefined;
	return typeof first === 'string'
		? new Uint8Array(base64URLStringToBuffer(first))
		: new Uint8Array(ArrayBuffer.isView(first) ? first.buffer : first);
}

async function attempt<T>(ceremony: () => Promise<T>): Promise<T | CeremonyFailure> {
	try {
		return await ceremony();
	} catch (error) {
		return { type: 'passkey', why: whyOf(error) };
	}
}

function whyOf(error: unknown): CeremonyFailure['why'] {
	if (!(error instanceof WebAuthnError)) return 'failed';
	if (error.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED') return 'taken';
	const isCancelled = error.name === 'NotAllowedError' || error.name === 'AbortError';
	return isCancelled ? 'cancelled' : 'failed';
}
