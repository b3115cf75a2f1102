/**
 * What a browser says that an authenticator signed, checked by the library. Asked of every answer: the challenge, our
 * own origin and name, that somebody was there and was recognised (PIN, finger or face), the signature. A counter is
 * compared where it is kept, in one transaction with keeping the new one. Who made an authenticator is not asked: a
 * certificate of its maker is not even read, for its list of revoked ones would be fetched from where it says.
 */
import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server';
import { decodeAttestationObject } from '@simplewebauthn/server/helpers';
import { base64urlToBytes } from '#lib/protocol/certificate.ts';
import {
	PASSKEY_ALGORITHMS,
	type PasskeyAssertion,
	type PasskeyAttestation
} from '#lib/protocol/passkeys.ts';
import type { RelyingParty } from '#lib/protocol/relying-party.ts';
import type { Passkey } from '../storage/passkeys.ts';

/** The challenge that was signed, as the browser says; nothing where it says none. Not believed until it is checked. */
export function challengeIn(clientDataJSON: string): string | undefined {
	const text = new TextDecoder().decode(base64urlToBytes(clientDataJSON));
	try {
		const said: unknown = JSON.parse(text);
		const isThere = typeof said === 'object' && said !== null && 'challenge' in said;
		return isThere && typeof said.challenge === 'string' ? said.challenge : undefined;
	} catch {
		return undefined;
	}
}

/** A new credential as it is to be kept; nothing where it is not genuine. */
export async function readNewPasskey(
	{ id, clientDataJSON, attestationObject, transports }: PasskeyAttestation,
	challenge: string,
	party: RelyingParty
): Promise<Pick<Passkey, 'id' | 'publicKey' | 'counter' | 'transports'> | undefined> {
	if (!isWithoutCertificates(attestationObject)) return undefined;
	const verified = await orNothing(
		verifyRegistrationResponse({
			response: {
				...credential(id),
				response: { clientDataJSON, attestationObject, transports }
			},
			expectedChallenge: challenge,
			expectedOrigin: party.origin,
			expectedRPID: party.id,
			requireUserVerification: true,
			supportedAlgorithmIDs: [...PASSKEY_ALGORITHMS]
		})
	);
	if (verified?.verified !== true) return undefined;
	const { credential: made } = verified.registrationInfo;
	const { publicKey, counter } = made;
	// The library does not compare what is stated beside it with what is attested.
	if (made.id !== id) return undefined;
	return { id, publicKey: new Uint8Array(publicKey), counter, transports };
}

/** No attestation, as the browser was asked, or one by the credential itself, which browsers leave as it is. */
export function isWithoutCertificates(attestationObject: string): boolean {
	try {
		const bytes = new Uint8Array(base64urlToBytes(attestationObject) ?? []);
		const attestation = decodeAttestationObject(bytes);
		const format = attestation.get('fmt');
		if (format === 'packed') return attestation.get('attStmt').get('x5c') === undefined;
		return format === 'none';
	} catch {
		return false;
	}
}

/** What the counter says now; nothing where it is not this passkey that signed. */
export async function readAssertion(
	{ id, clientDataJSON, authenticatorData, signature, userHandle }: PasskeyAssertion,
	passkey: Passkey,
	challenge: string,
	party: RelyingParty
): Promise<{ counter: number } | undefined> {
	const verified = await orNothing(
		verifyAuthenticationResponse({
			response: {
				...credential(id),
				response: { clientDataJSON, authenticatorData, signature, userHandle }
			},
			expectedChallenge: challenge,
			expectedOrigin: party.origin,
			expectedRPID: party.id,
			requireUserVerification: true,
			credential: { id: passkey.id, publicKey: new Uint8Array(passkey.publicKey), counter: 0 }
		})
	);
	if (verified?.verified !== true) return undefined;
	return { counter: verified.authenticationInfo.newCounter };
}

function credential(id: string) {
	return { id, rawId: id, type: 'public-key', clientExtensionResults: {} } as const;
}

/** The library throws at whatever is not as it should be. */
async function orNothing<T>(checking: Promise<T>): Promise<T | undefined> {
	try {
		return await checking;
	} catch {
		return undefined;
	}
}
