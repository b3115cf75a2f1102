/**
 * The first sign-in on a device by passkey, in two steps: the server makes a challenge, the page has the authenticator
 * sign it, the server checks. Where the passkey is of this very device and computes from a salt (WebAuthn PRF), that
 * will open the device beside the PIN; it never leaves the device.
 */
import { bytesToBase64url } from '#lib/protocol/certificate.ts';
import {
	PASSKEY_REFUSALS,
	type PasskeyAssertion,
	type PasskeyRefusal,
	type PasskeySignInOptions
} from '#lib/protocol/passkeys.ts';
import { PASSKEY_OUTPUT_BYTES, PASSKEY_SALT_BYTES } from '#lib/vault/slot.ts';
import type { UseCaseDeps } from './deps.ts';
import type { ServerAnswer } from './server-port.ts';
import {
	admissionOf,
	admissionRefusalOf,
	type AdmissionRefusal,
	type Admitted
} from './sign-in.ts';

type Deps = Pick<UseCaseDeps, 'vault' | 'server'>;

/** `unavailable`: the server does not offer them, or not under this address. */
export interface PasskeyTrouble {
	type: 'passkey';
	why: PasskeyRefusal | 'unavailable';
}

export type PasskeySignInRefusal = AdmissionRefusal | PasskeyTrouble;

/** What the page asks the authenticator. */
export interface PasskeyQuestion {
	options: PasskeySignInOptions;
	/** To compute from. */
	salt: Uint8Array;
}

export async function beginPasskeySignIn({
	vault,
	server,
	randomBytes
}: Deps & Pick<UseCaseDeps, 'randomBytes'>): Promise<
	({ type: 'asked' } & PasskeyQuestion) | PasskeySignInRefusal
> {
	const device = await vault.readDevice();
	if (device === undefined) return { type: 'not-enrolled' };
	const answer = await server.beginPasskeySignIn(device.token);
	if (answer.type !== 'answered') return passkeyRefusalOf(answer);
	return { type: 'asked', options: answer.value, salt: randomBytes(PASSKEY_SALT_BYTES) };
}

export interface PasskeyGiven {
	assertion: PasskeyAssertion;
	/** What it computed from `salt`; absent where it cannot, or is not of this device. */
	output?: Uint8Array | undefined;
}

/** Asks the server, with a new key of this person. Nothing is kept yet. */
export async function checkPasskey(
	{ vault, server }: Deps,
	salt: Uint8Array,
	{ assertion, output }: PasskeyGiven
): Promise<Admitted | PasskeySignInRefusal> {
	const device = await vault.readDevice();
	if (device === undefined) return { type: 'not-enrolled' };
	const deviceKey = await vault.deviceKey();
	const key = await vault.createPersonKey();
	const request = {
		passkey: assertion,
		personKey: bytesToBase64url(key.publicKey),
		deviceKey: bytesToBase64url(deviceKey.publicKey)
	};
	const answer = await server.signInByPasskey(request, device.token);
	if (answer.type !== 'answered') return passkeyRefusalOf(answer);
	const admission = admissionOf(answer.value, device, key);
	if (admission.type !== 'admitted' || output?.length !== PASSKEY_OUTPUT_BYTES) return admission;
	return { ...admission, passkey: { credential: assertion.id, salt, output } };
}

function passkeyRefusalOf(
	answer: Exclude<ServerAnswer<unknown>, { type: 'answered' }>
): PasskeySignInRefusal {
	return passkeyTroubleOf(answer) ?? admissionRefusalOf(answer);
}

/** What a refusal says of passkeys; nothing where it is about something else. */
export function passkeyTroubleOf(
	answer: Exclude<ServerAnswer<unknown>, { type: 'answered' }>
): PasskeyTrouble | undefined {
	if (answer.type === 'unreachable') return undefined;
	switch (answer.code) {
		case 'passkey-refused': {
			// A word of a later server says no more than that it was refused.
			const why = PASSKEY_REFUSALS.find((known) => known === answer.detail) ?? 'wrong';
			return { type: 'passkey', why };
		}
		// Not found: a server of before there were any.
		case 'passkeys-unavailable':
		case 'not-found':
			return { type: 'passkey', why: 'unavailable' };
		default:
			return undefined;
	}
}
