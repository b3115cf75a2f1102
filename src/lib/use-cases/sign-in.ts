/**
 * Signing in. A device comes to a facility by a code, once. A person's first sign-in on it is at the server, with their
 * password or a passkey; then they choose a PIN for this very device, which never leaves it. From then on the PIN alone opens it,
 * without a network, as long as the lease lasts. A PIN that is forgotten or destroyed: the password again, a new PIN.
 */
import type { DeviceId, PersonId } from '#lib/domain/ids.ts';
import {
	loginNameSchema,
	passwordSchema,
	pinSchema,
	type SignInAnswer,
	type SignInRequest
} from '#lib/protocol/api.ts';
import { base64urlToBytes, bytesToBase64url } from '#lib/protocol/certificate.ts';
import type { PersonKey } from '#lib/vault/keys.ts';
import { isEasyPin } from '#lib/vault/pin.ts';
import type { DeviceRecord, StaffRecord } from '#lib/vault/records.ts';
import type { PasskeySecret } from '#lib/vault/slot.ts';
import { OtherDataKey, type Enrolment, type Session } from '#lib/vault/vault.ts';
import type { UseCaseDeps } from './deps.ts';
import type { ServerAnswer } from './server-port.ts';

type SignInDeps = Pick<UseCaseDeps, 'vault' | 'server'>;

export type SignInOutcome =
	| { type: 'signed-in'; staff: StaffRecord }
	| { type: 'wrong-pin'; attemptsLeft?: number }
	| { type: 'wait'; seconds: number }
	/** This person has not signed in at the server for too long: the password opens the way again. */
	| { type: 'lease-over' }
	/** Too many wrong PINs: the password, and a new PIN. */
	| { type: 'destroyed' }
	/** Nobody with this login has chosen a PIN here. */
	| { type: 'unknown' }
	/** This passkey computes from `salt` what opens the way beside the PIN; then the same again with that. */
	| { type: 'passkey-needed'; credential: string; salt: Uint8Array }
	/** The device was locked meanwhile; nobody is signed in. */
	| { type: 'locked' };

export interface PinInput {
	login: string;
	pin: string;
	/** What the passkey computed, where one is needed. */
	output?: Uint8Array;
}

/** By PIN; the server is not asked. `untilLocked`: from before the PIN was typed, a lock since then wins. */
export async function signIn(
	{ vault }: Pick<SignInDeps, 'vault'>,
	input: PinInput & { untilLocked: AbortSignal }
): Promise<SignInOutcome> {
	const login = loginNameSchema.safeParse(input.login.trim().toLowerCase());
	const pin = pinSchema.safeParse(input.pin);
	if (!login.success || !pin.success) return { type: 'wrong-pin' };
	const check = await vault.checkPin(login.data, pin.data, input.output);
	return check.type === 'right' ? outcomeOf(await check.open(input.untilLocked)) : check;
}

function outcomeOf(
	session: Session | undefined
): { type: 'signed-in'; staff: StaffRecord } | { type: 'locked' } {
	return session === undefined ? { type: 'locked' } : { type: 'signed-in', staff: session.staff };
}

/** Why the server lets nobody in on this device, however they say who they are. */
export type AdmissionRefusal =
	| { type: 'wait'; seconds: number }
	| { type: 'network-needed' }
	/** No code has brought this device to a facility, or it was ended there. */
	| { type: 'not-enrolled' }
	| { type: 'other-facility' }
	/** The password is right; this role opens no books, so there is nothing for it on a tablet. */
	| { type: 'no-books-for-role' };
export type PasswordRefusal = { type: 'wrong-password' } | AdmissionRefusal;

/** The server let this person in; what it sent becomes theirs with the PIN they choose. */
export interface Admitted {
	type: 'admitted';
	answer: SignInAnswer;
	key: PersonKey;
	/** Opens this device beside the PIN; absent: the server's pepper does. */
	passkey?: PasskeySecret | undefined;
}

/** How long to wait when the server says "too many" without saying how long. */
const WAIT_SECONDS_DEFAULT = 30;

/** Asks the server, with a new key of this person. Nothing is kept yet. */
export async function checkPassword(
	{ vault, server }: SignInDeps,
	input: { login: string; password: string }
): Promise<Admitted | PasswordRefusal> {
	const login = loginNameSchema.safeParse(input.login.trim().toLowerCase());
	const password = passwordSchema.safeParse(input.password.normalize('NFC'));
	if (!login.success || !password.success) return { type: 'wrong-password' };
	const device = await vault.readDevice();
	if (device === undefined) return { type: 'not-enrolled' };
	const deviceKey = await vault.deviceKey();
	const key = await vault.createPersonKey();
	const request: SignInRequest = {
		login: login.data,
		password: password.data,
		personKey: bytesToBase64url(key.publicKey),
		deviceKey: bytesToBase64url(deviceKey.publicKey)
	};
	const answer = await server.signIn(request, device.token);
	if (answer.type === 'answered') return admissionOf(answer.value, device, key);
	const isWrong = answer.type === 'refused' && answer.code === 'sign-in-failed';
	return isWrong ? { type: 'wrong-password' } : admissionRefusalOf(answer);
}

export function admissionOf(
	answer: SignInAnswer,
	device: DeviceRecord,
	key: PersonKey
): Admitted | { type: 'other-facility' } {
	const isHere = device.facility.code === answer.facility.code;
	return isHere ? { type: 'admitted', answer, key } : { type: 'other-facility' };
}

export function admissionRefusalOf(
	answer: Exclude<ServerAnswer<unknown>, { type: 'answered' }>
): AdmissionRefusal {
	if (answer.type === 'unreachable') return { type: 'network-needed' };
	switch (answer.code) {
		case 'too-many-attempts':
			return { type: 'wait', seconds: answer.retryAfterSeconds ?? WAIT_SECONDS_DEFAULT };
		case 'other-facility':
		case 'no-books-for-role':
		case 'not-enrolled':
			return { type: answer.code };
		default:
			return { type: 'network-needed' };
	}
}

export type ChoosePinOutcome =
	| { type: 'signed-in'; staff: StaffRecord }
	| { type: 'locked' }
	/** One of those that everybody tries first. */
	| { type: 'easy-pin' }
	/** What this device keeps was sealed for another server: somebody's PIN of before can open it. */
	| { type: 'other-data-key' };

/** The end of a sign-in at the server: makes the slot that this PIN opens from now on. */
export async function choosePin(
	{ vault }: Pick<SignInDeps, 'vault'>,
	admitted: Admitted,
	pin: string,
	untilLocked: AbortSignal
): Promise<ChoosePinOutcome> {
	if (!pinSchema.safeParse(pin).success || isEasyPin(pin)) return { type: 'easy-pin' };
	return finishSignIn({ vault }, admitted, pin, untilLocked);
}

/** The same with any secret: for an agent without hands, which has its password only. */
export async function finishSignIn(
	{ vault }: Pick<SignInDeps, 'vault'>,
	{ answer, key, passkey }: Admitted,
	secret: string,
	untilLocked: AbortSignal
): Promise<Exclude<ChoosePinOutcome, { type: 'easy-pin' }>> {
	const enrolment = enrolmentOf(answer);
	try {
		return outcomeOf(await vault.enrol(enrolment, key, secret, untilLocked, passkey));
	} catch (error) {
		if (!(error instanceof OtherDataKey)) throw error;
	}
	// The PIN of before opens the data key of before, which stays in use.
	const check = await vault.checkPin(answer.practitioner.login, secret);
	if (check.type !== 'right') return { type: 'other-data-key' };
	const { dataKey } = check.opened;
	const opened = { ...enrolment, dataKey };
	return outcomeOf(await vault.enrol(opened, key, secret, untilLocked, passkey));
}

function enrolmentOf({
	practitioner,
	facility,
	device,
	certificate,
	vault
}: SignInAnswer): Enrolment {
	return {
		device: {
			id: device.id as DeviceId,
			number: device.number,
			token: device.token,
			facility
		},
		staff: {
			...practitioner,
			person: practitioner.person as PersonId,
			certificate: {
				bytes: base64urlToBytes(certificate.bytes) ?? new Uint8Array(),
				signature: base64urlToBytes(certificate.signature) ?? new Uint8Array()
			}
		},
		lease: { pepper: base64urlToBytes(vault.pepper) ?? new Uint8Array(), leaseMs: vault.leaseMs },
		sealingKey: base64urlToBytes(vault.sealingKey) ?? new Uint8Array(),
		dataKey: base64urlToBytes(vault.dataKey) ?? new Uint8Array()
	};
}
