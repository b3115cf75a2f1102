/**
 * Passkeys of staff (WebAuthn level 3). The server asks with a challenge that is answered once; the browser's answer
 * travels in the JSON form of the standard, without what the server does not need: never the results of extensions.
 */
import { z } from 'zod';
import { isIdText } from '#lib/domain/ids.ts';
import { lineSchema } from '#lib/domain/text/text.ts';
import { passwordSchema } from './api.ts';

export const PASSKEY_PATHS = {
	signInOptions: '/api/sign-in/passkey/options',
	signIn: '/api/sign-in/passkey',
	list: '/api/passkeys/list',
	addOptions: '/api/passkeys/add/options',
	add: '/api/passkeys/add',
	remove: '/api/passkeys/remove'
} as const;

export const PASSKEYS_PER_PERSON_MAX = 8;
export const PASSKEY_LABEL_LENGTH_MAX = 60;
/** How long the browser waits for a finger or a key. */
export const PASSKEY_TIMEOUT_MS = 2 * 60_000;
/** ES256, Ed25519, RS256: what authenticators in use can do (COSE numbers). */
export const PASSKEY_ALGORITHMS = [-7, -8, -257] as const;

const TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const;
export type PasskeyTransport = (typeof TRANSPORTS)[number];

const idText = z.string().refine(isIdText, 'not-an-id');
const base64url = (lengthMax: number) =>
	z
		.string()
		.max(lengthMax)
		.regex(/^[A-Za-z0-9_-]+$/);
/** WebAuthn: at most 1,023 bytes. */
const credentialId = base64url(1_364);
const challenge = base64url(86);
const timeMs = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
/** Ways of a later browser are left out. */
export const passkeyTransportsSchema = z
	.array(z.string().max(32))
	.max(10)
	.transform((ways) => TRANSPORTS.filter((known) => ways.includes(known)));

const descriptor = z.strictObject({ id: credentialId, transports: passkeyTransportsSchema });

/** POST /api/sign-in/passkey/options. */
export const passkeySignInOptionsRequestSchema = z.strictObject({});

/** Which passkey it will be is for the person to choose: nobody learns here who has one. */
export const passkeySignInOptionsSchema = z.strictObject({ challenge, rpId: z.string().max(253) });
export type PasskeySignInOptions = z.infer<typeof passkeySignInOptionsSchema>;

export const passkeyAssertionSchema = z.strictObject({
	id: credentialId,
	clientDataJSON: base64url(4_096),
	authenticatorData: base64url(2_048),
	signature: base64url(2_048),
	/** The person, as the authenticator kept it. */
	userHandle: base64url(86)
});
export type PasskeyAssertion = z.infer<typeof passkeyAssertionSchema>;

/** POST /api/sign-in/passkey: as /api/sign-in, with a passkey instead of login and password. */
export const passkeySignInRequestSchema = z.strictObject({
	passkey: passkeyAssertionSchema,
	personKey: base64url(120),
	deviceKey: base64url(120)
});
export type PasskeySignInRequest = z.infer<typeof passkeySignInRequestSchema>;

export const passkeyListRequestSchema = z.strictObject({ actor: idText });
export type PasskeyListRequest = z.infer<typeof passkeyListRequestSchema>;

export const passkeyLineSchema = z.strictObject({
	id: credentialId,
	label: lineSchema(PASSKEY_LABEL_LENGTH_MAX),
	createdMs: timeMs,
	usedMs: timeMs.optional()
});
export const passkeyListSchema = z.strictObject({
	passkeys: z.array(passkeyLineSchema).max(PASSKEYS_PER_PERSON_MAX)
});
export type PasskeyList = z.infer<typeof passkeyListSchema>;

/** Whoever adds or removes a passkey states the password again. */
export const passkeyAddOptionsRequestSchema = z.strictObject({
	actor: idText,
	password: passwordSchema
});
export type PasskeyAddOptionsRequest = z.infer<typeof passkeyAddOptionsRequestSchema>;

export const passkeyAddOptionsSchema = z.strictObject({
	challenge,
	rpId: z.string().max(253),
	user: z.strictObject({ id: idText, name: z.string().max(60), displayName: lineSchema(120) }),
	/** Those that the person has already. */
	exclude: z.array(descriptor).max(PASSKEYS_PER_PERSON_MAX)
});
export type PasskeyAddOptions = z.infer<typeof passkeyAddOptionsSchema>;

export const passkeyAttestationSchema = z.strictObject({
	id: credentialId,
	clientDataJSON: base64url(4_096),
	attestationObject: base64url(16_384),
	transports: passkeyTransportsSchema
});
export type PasskeyAttestation = z.infer<typeof passkeyAttestationSchema>;

export const passkeyAddRequestSchema = z.strictObject({
	actor: idText,
	label: lineSchema(PASSKEY_LABEL_LENGTH_MAX),
	passkey: passkeyAttestationSchema
});
export type PasskeyAddRequest = z.infer<typeof passkeyAddRequestSchema>;

export const passkeyRemoveRequestSchema = z.strictObject({
	actor: idText,
	id: credentialId,
	password: passwordSchema
});
export type PasskeyRemoveRequest = z.infer<typeof passkeyRemoveRequestSchema>;

/** Why a passkey opens or becomes nothing: `detail` of the problem `passkey-refused`. */
export const PASSKEY_REFUSALS = [
	/** The challenge is over, was answered before, or is another one's. */
	'expired',
	/** No account has it: it was removed, or never was of this server. */
	'unknown',
	/** Not signed by it, for another place, or without looking who it is. */
	'wrong',
	/** Its counter went back: there are two of it. */
	'counter',
	/** It is somebody's already. */
	'taken',
	'too-many'
] as const;
export type PasskeyRefusal = (typeof PASSKEY_REFUSALS)[number];
