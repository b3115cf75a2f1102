/**
 * Signing in: the first time on a device online, from then on by PIN without a network as long as the lease
 * lasts. A PIN changed at the server is taken as soon as the server can be asked.
 */
import type { DeviceId, PersonId } from '#lib/domain/ids.ts';
import {
	loginNameSchema,
	pinSchema,
	type SignInAnswer,
	type SignInRequest
} from '#lib/protocol/api.ts';
import { base64urlToBytes, bytesToBase64url } from '#lib/protocol/certificate.ts';
import type { PersonKey, SigningKey } from '#lib/vault/keys.ts';
import type { StaffRecord } from '#lib/vault/records.ts';
import type { OpenedSlot } from '#lib/vault/slot.ts';
import { OtherDataKey, type Enrolment, type Session } from '#lib/vault/vault.ts';
import type { UseCaseDeps } from './deps.ts';
import type { ServerAnswer } from './server-port.ts';

export type SignInOutcome =
	| { type: 'signed-in'; staff: StaffRecord }
	| { type: 'wrong-pin'; attemptsLeft?: number }
	| { type: 'wait'; seconds: number }
	/** The first time on this device needs the server. */
	| { type: 'network-needed' }
	| { type: 'other-facility' }
	/** This person has not signed in at the server for too long, and the server cannot be asked. */
	| { type: 'lease-over' }
	/** Too many wrong PINs, and the server cannot be asked. */
	| { type: 'destroyed' }
	/** What this device keeps was sealed for another server: somebody who signed in here before can open it. */
	| { type: 'other-data-key' }
	/** The PIN is right; this role opens no books, so there is nothing for it on a tablet. */
	| { type: 'no-books-for-role' }
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
		case 'lease-over':
		case 'destroyed': {
			const online = await signInOnline(deps, attempt);
			return online.type === 'network-needed' ? check : online;
		}
		case 'wrong-pin': {
			if (!renew && !deps.isServerReachable()) return check;
			const online = await signInOnline(deps, attempt);
			// Only this device counts tries.
			return isDecided(online) && online.type !== 'wrong-pin' ? online : check;
		}
		case 'right': {
			const online = renew ? await signInOnline(deps, attempt, check.opened) : undefined;
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

/** `opened`: what the PIN opened here, which stays in use. */
async function signInOnline(
	{ vault, server }: SignInDeps,
	{ login, pin, untilLocked }: Attempt,
	opened?: OpenedSlot
): Promise<SignInOutcome> {
	const deviceKey = await vault.deviceKey();
	let key = opened?.key ?? (await vault.createPersonKey());
	let answer = await server.signIn(requestOf(login, pin, key, deviceKey));
	if (opened !== undefined && isKeyRefused(answer)) {
		key = await vault.createPersonKey();
		answer = await server.signIn(requestOf(login, pin, key, deviceKey));
	}
	if (answer.type !== 'answered') return refusalOf(answer);
	const known = await vault.readDevice();
	if (known !== undefined && known.facility.code !== answer.value.facility.code)
		return { type: 'other-facility' };
	try {
		const enrolment = enrolmentOf(answer.value, opened);
		return outcomeOf(await vault.enrol(enrolment, key, pin, untilLocked));
	} catch (error) {
		if (error instanceof OtherDataKey) return { type: 'other-data-key' };
		throw error;
	}
}

/** A key says role and facility too: when these have changed, the person signs with a new one. */
function isKeyRefused(answer: ServerAnswer<SignInAnswer>): boolean {
	return answer.type === 'refused' && answer.path === 'personKey';
}

function requestOf(
	login: string,
	pin: string,
	key: PersonKey,
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
	if (answer.code === 'other-facility' || answer.code === 'no-books-for-role')
		return { type: answer.code };
	if (answer.code === 'wiped') return { type: 'locked' };
	return answer.code === 'sign-in-failed' ? { type: 'wrong-pin' } : { type: 'network-needed' };
}

function enrolmentOf(
	{ practitioner, facility, device, certificate, vault }: SignInAnswer,
	opened: OpenedSlot | undefined
): Enrolment {
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
		dataKey: opened?.dataKey ?? base64urlToBytes(vault.dataKey) ?? new Uint8Array()
	};
}
