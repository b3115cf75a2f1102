/**
 * Signing in: the first time on a device online, from then on by PIN without a network. A PIN changed at
 * the server opens the same key here as soon as the server can be asked.
 */
import type { DeviceId, PersonId } from '#lib/domain/ids.ts';
import {
	loginNameSchema,
	pinSchema,
	type SignInAnswer,
	type SignInRequest
} from '#lib/protocol/api.ts';
import { base64urlToBytes, bytesToBase64url } from '#lib/protocol/certificate.ts';
import type { SigningKey } from '#lib/vault/keys.ts';
import type { StaffRecord } from '#lib/vault/records.ts';
import type { Enrolment, Session } from '#lib/vault/vault.ts';
import type { UseCaseDeps } from './deps.ts';
import type { ServerAnswer } from './server-port.ts';

export type SignInOutcome =
	| { type: 'signed-in'; staff: StaffRecord }
	| { type: 'wrong-pin'; attemptsLeft?: number }
	| { type: 'wait'; seconds: number }
	/** The first time on this device needs the server. */
	| { type: 'network-needed' }
	| { type: 'other-facility' }
	/** The device was locked meanwhile; nobody is signed in. */
	| { type: 'locked' };

/** How long to wait when the server says "too many" without saying how long. */
const WAIT_SECONDS_DEFAULT = 30;

type SignInDeps = Pick<UseCaseDeps, 'vault' | 'server' | 'isServerReachable'>;

interface Attempt {
	login: string;
	pin: string;
	/** From before the PIN was typed: a lock since then wins. */
	untilLocked: AbortSignal;
}

/** `renew`: the server no longer takes this device's token, so it is asked in any case. */
export async function signIn(
	deps: SignInDeps,
	input: Attempt,
	renew = false
): Promise<SignInOutcome> {
	const login = loginNameSchema.safeParse(input.login.trim().toLowerCase());
	const pin = pinSchema.safeParse(input.pin);
	if (!login.success || !pin.success) return { type: 'wrong-pin' };
	const attempt: Attempt = { ...input, login: login.data, pin: pin.data };
	const check = await deps.vault.checkPin(attempt.login, attempt.pin);
	switch (check.type) {
		case 'wait':
			return check;
		case 'unknown':
			return signInOnline(deps, attempt);
		case 'wrong-pin': {
			if (!renew && !deps.isServerReachable()) return check;
			const online = await signInOnline(deps, attempt);
			// Only this device counts tries.
			return isDecided(online) && online.type !== 'wrong-pin' ? online : check;
		}
		case 'right': {
			const online = renew ? await signInOnline(deps, attempt) : undefined;
			if (online !== undefined && isDecided(online)) return online;
			return outcomeOf(await check.open(attempt.untilLocked));
		}
	}
}

/** The server knows this person's PIN and facility better than this device. That it cannot be asked, or
 * wants to be asked later, must not keep anybody from work. */
function isDecided({ type }: SignInOutcome): boolean {
	return type !== 'network-needed' && type !== 'wait';
}

function outcomeOf(session: Session | undefined): SignInOutcome {
	return session === undefined ? { type: 'locked' } : { type: 'signed-in', staff: session.staff };
}

async function signInOnline(
	{ vault, server }: SignInDeps,
	{ login, pin, untilLocked }: Attempt
): Promise<SignInOutcome> {
	const deviceKey = await vault.deviceKey();
	const kept = await vault.personKey(login);
	let key = kept ?? (await vault.createKey());
	let answer = await server.signIn(requestOf(login, pin, key, deviceKey));
	if (kept !== undefined && isKeyRefused(answer)) {
		key = await vault.createKey();
		answer = await server.signIn(requestOf(login, pin, key, deviceKey));
	}
	if (answer.type !== 'answered') return refusalOf(answer);
	const known = await vault.readDevice();
	if (known !== undefined && known.facility.code !== answer.value.facility.code)
		return { type: 'other-facility' };
	return outcomeOf(await vault.enrol(enrolmentOf(answer.value), key, pin, untilLocked));
}

/** A key says role and facility too: when these have changed, the person signs with a new one. */
function isKeyRefused(answer: ServerAnswer<SignInAnswer>): boolean {
	return answer.type === 'refused' && answer.path === 'personKey';
}

function requestOf(
	login: string,
	pin: string,
	key: SigningKey,
	deviceKey: SigningKey
): SignInRequest {
	return {
		login,
		pin,
		personKey: bytesToBase64url(key.publicKey),
		deviceKey: bytesToBase64url(deviceKey.publicKey)
	};
}

function refusalOf(
	answer: Exclude<ServerAnswer<SignInAnswer>, { type: 'answered' }>
): SignInOutcome {
	if (answer.type === 'unreachable') return { type: 'network-needed' };
	if (answer.code === 'too-many-attempts')
		return { type: 'wait', seconds: answer.retryAfterSeconds ?? WAIT_SECONDS_DEFAULT };
	if (answer.code === 'other-facility') return { type: 'other-facility' };
	return answer.code === 'sign-in-failed' ? { type: 'wrong-pin' } : { type: 'network-needed' };
}

function enrolmentOf({ practitioner, facility, device, certificate }: SignInAnswer): Enrolment {
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
		}
	};
}
