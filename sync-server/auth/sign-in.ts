/**
 * A practitioner's first sign-in on an enrolled device: checks the password, registers the key this person will sign
 * with there, and vouches for it. Later sign-ins on that device need no server. A device that no code has brought
 * here is refused before the password is looked at: nobody tries passwords from just any browser.
 * The address, the login and their failures stay in memory; the audit holds who, never what was typed.
 */
import type { DeviceId } from '#lib/domain/ids.ts';
import { keyIdOf } from '#lib/entry/signing.ts';
import type { SignInAnswer, SignInRequest } from '#lib/protocol/api.ts';
import type { Account, Device, ServerStorage } from '../storage/storage.ts';
import { opensBooks } from './access.ts';
import type { Attempts } from './attempts.ts';
import { hashPassword, isPassword } from './password-hash.ts';
import { networkOf } from './network.ts';
import { createTurns } from './turns.ts';
import { readKeys, type Vouch } from './vouch.ts';

/** Each checked password costs 19 MiB and one of the four threads that files and unpacking use too. */
const PASSWORD_CHECKS = { atOnceMax: 2, waitingMax: 100 };

export interface SignInDeps {
	storage: ServerStorage;
	vouch: Vouch;
	clock: { nowMs(): number };
	randomBytes: (count: number) => Uint8Array;
	loginAttempts: Attempts;
	addressAttempts: Attempts;
}

export type SignInOutcome =
	| { type: 'signed-in'; answer: SignInAnswer }
	| { type: 'sign-in-failed' }
	/** No code has brought this device to a facility, or it was ended there. */
	| { type: 'not-enrolled' }
	| { type: 'too-many-attempts'; seconds: number }
	/** Too many sign in at this moment. */
	| { type: 'busy' }
	/** The key has not the form, or belongs to somebody else. */
	| { type: 'bad-key'; path: 'personKey' | 'deviceKey' }
	/** This device belongs to another facility than the practitioner. */
	| { type: 'other-facility' }
	/** The password is right; this role opens no books, so there is nothing for it on a tablet. */
	| { type: 'no-books-for-role' };

export type SignIn = (request: SignInRequest, address: string) => Promise<SignInOutcome>;

export function createSignIn(deps: SignInDeps): SignIn {
	/** Unknown names cost the same as known ones. */
	const hashOfNobody = hashPassword('nobody has this one', deps.randomBytes);
	const takeTurn = createTurns(PASSWORD_CHECKS);
	return async (request, ip) => {
		const address = networkOf(ip);
		const { loginAttempts, addressAttempts, clock } = deps;
		const seconds = waitSeconds(deps, request.login, address);
		if (seconds > 0) return { type: 'too-many-attempts', seconds };
		const keys = readKeys(request);
		if ('type' in keys) return keys;
		// Each is counted in the turn in which it was let through: a hundred tries at once are a hundred tries.
		addressAttempts.recordFailure(address, clock.nowMs());
		const device = await findEnrolled(deps, keys.device);
		if (device === undefined) return refuseDevice(deps);
		const loginSeconds = loginAttempts.waitSeconds(request.login, clock.nowMs());
		if (loginSeconds > 0) return { type: 'too-many-attempts', seconds: loginSeconds };
		const checking = takeTurn(() => checkPassword(deps, request, hashOfNobody));
		if (checking === undefined) return { type: 'busy' };
		loginAttempts.recordFailure(request.login, clock.nowMs());
		const { account, isRight } = await checking;
		if (!isRight || account === undefined) return refuse(deps, account);
		loginAttempts.recordSuccess(request.login);
		// A whole station signs in from one address in the morning: being right is no failure of it.
		addressAttempts.forgive(address);
		if (!opensBooks(account)) return refuseRole(deps, account);
		const outcome = await deps.vouch({ account, device, personKey: keys.person, by: 'password' });
		return outcome.type === 'blocked' ? refuse(deps, account) : outcome;
	};
}

/** Nothing where nobody may sign in on it. A stolen one is told nothing else than that the password is wrong. */
export async function findEnrolled(
	{ storage, clock }: Pick<SignInDeps, 'storage' | 'clock'>,
	key: Uint8Array
): Promise<Device | undefined> {
	const id: string = keyIdOf(key);
	const device = await storage.findDevice(id as DeviceId);
	if (device === undefined || device.wipe !== undefined) return undefined;
	return clock.nowMs() < (device.endedMs ?? Infinity) ? device : undefined;
}

async function checkPassword(
	{ storage, clock }: SignInDeps,
	request: SignInRequest,
	hashOfNobody: Promise<string>
): Promise<{ account: Account | undefined; isRight: boolean }> {
	const account = await storage.findAccount(request.login);
	const password = request.password ?? request.pin ?? '';
	const isRight = await isPassword(password, account?.passwordHash ?? (await hashOfNobody));
	const isInForce = clock.nowMs() < (account?.untilMs ?? Infinity);
	return { account, isRight: isRight && isInForce };
}

/** Counts for the address alone: whoever has no tablet here keeps nobody from theirs. */
export async function refuseDevice(
	deps: Pick<SignInDeps, 'storage' | 'clock'>
): Promise<{ type: 'not-enrolled' }> {
	const at = deps.clock.nowMs();
	await deps.storage.audit({ at, action: 'sign-in-failed', detail: 'not-enrolled' });
	return { type: 'not-enrolled' };
}

function waitSeconds(deps: SignInDeps, login: string, address: string): number {
	const nowMs = deps.clock.nowMs();
	return Math.max(
		deps.loginAttempts.waitSeconds(login, nowMs),
		deps.addressAttempts.waitSeconds(address, nowMs)
	);
}

async function refuse(deps: SignInDeps, account: Account | undefined): Promise<SignInOutcome> {
	await deps.storage.audit({
		at: deps.clock.nowMs(),
		action: 'sign-in-failed',
		...(account && { person: account.person, role: account.role, facility: account.facility }),
		detail: account === undefined ? 'unknown-login' : 'wrong-password'
	});
	return { type: 'sign-in-failed' };
}

export async function refuseRole(
	{ storage, clock }: Pick<SignInDeps, 'storage' | 'clock'>,
	{ person, facility }: Account
): Promise<{ type: 'no-books-for-role' }> {
	const at = clock.nowMs();
	const row = { at, person, facility, detail: 'no-books-for-role' };
	await storage.audit({ ...row, action: 'sign-in-failed' });
	return { type: 'no-books-for-role' };
}
