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
import type { Enrolment } from '#lib/vault/vault.ts';
import type { UseCaseDeps } from './deps.ts';
import type { ServerAnswer } from './server-port.ts';

export type SignInOutcome =
	| { type: 'signed-in'; staff: StaffRecord }
	| { type: 'wrong-pin'; attemptsLeft?: number }
	| { type: 'wait'; seconds: number }
	/** The first time on this device needs the server. */
	| { type: 'network-needed' }
	| { type: 'other-facility' };

/** How long to wait when the server says "too many" without saying how long. */
const WAIT_SECONDS_DEFAULT = 30;

type SignInDeps = Pick<UseCaseDeps, 'vault' | 'server' | 'isServerReachable'>;

/** `renew`: the server no longer takes this device's token, so it is asked in any case. */
export async function signIn(
	deps: SignInDeps,
	input: { login: string; pin: string },
	renew = false
): Promise<SignInOutcome> {
	const login = loginNameSchema.safeParse(input.login.trim().toLowerCase());
	const pin = pinSchema.safeParse(input.pin);
	if (!login.success || !pin.success) return { type: 'wrong-pin' };
	const unlocked = await deps.vault.unlock(login.data, pin.data);
	switch (unlocked.type) {
		case 'wait':
			return unlocked;
		case 'unknown':
			return signInOnline(deps, login.data, pin.data);
		case 'wrong-pin': {
			if (!deps.isServerReachable()) return unlocked;
			const online = await signInOnline(deps, login.data, pin.data);
			return online.type === 'signed-in' ? online : unlocked;
		}
		case 'unlocked':
			if (renew) await signInOnline(deps, login.data, pin.data);
			return { type: 'signed-in', staff: unlocked.session.staff };
	}
}

async function signInOnline(
	{ vault, server }: SignInDeps,
	login: string,
	pin: string
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
	const session = await vault.enrol(enrolmentOf(answer.value), key, pin);
	return { type: 'signed-in', staff: session.staff };
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
