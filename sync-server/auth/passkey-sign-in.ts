/**
 * A practitioner's first sign-in on an enrolled device by passkey, instead of login and password. The challenge is made
 * for this device and answered once; the authenticator has looked who it is. Failures count for the address, and for
 * the login whose passkey was stated, as wrong passwords do.
 */
import type { DeviceId } from '#lib/domain/ids.ts';
import type {
	PasskeyRefusal,
	PasskeySignInOptions,
	PasskeySignInRequest
} from '#lib/protocol/passkeys.ts';
import type { RelyingParty } from '#lib/protocol/relying-party.ts';
import type { Passkey } from '../storage/passkeys.ts';
import type { Account, ServerStorage } from '../storage/storage.ts';
import { opensBooks } from './access.ts';
import type { Attempts } from './attempts.ts';
import { networkOf } from './network.ts';
import type { PasskeyChallenges } from './passkey-challenges.ts';
import { challengeIn, readAssertion } from './passkey-proof.ts';
import { findEnrolled, refuseDevice, refuseRole, type SignInOutcome } from './sign-in.ts';
import { readKeys, type Vouch } from './vouch.ts';

export interface PasskeySignInDeps {
	storage: ServerStorage;
	vouch: Vouch;
	challenges: PasskeyChallenges;
	clock: { nowMs(): number };
	loginAttempts: Attempts;
	addressAttempts: Attempts;
}

export type PasskeySignInOutcome =
	| Exclude<SignInOutcome, { type: 'sign-in-failed' | 'busy' }>
	| { type: 'refused'; why: PasskeyRefusal };

export interface PasskeySignIn {
	begin(device: DeviceId, party: RelyingParty): PasskeySignInOptions;
	signIn(
		request: PasskeySignInRequest,
		party: RelyingParty,
		ip: string
	): Promise<PasskeySignInOutcome>;
}

export function createPasskeySignIn(deps: PasskeySignInDeps): PasskeySignIn {
	const { challenges, clock, addressAttempts, loginAttempts } = deps;
	return {
		begin: (device, party) => ({
			challenge: challenges.make({ type: 'sign-in', device }),
			rpId: party.id
		}),
		signIn: async (request, party, ip) => {
			const address = networkOf(ip);
			const seconds = addressAttempts.waitSeconds(address, clock.nowMs());
			if (seconds > 0) return { type: 'too-many-attempts', seconds };
			const keys = readKeys(request);
			if ('type' in keys) return keys;
			// Counted before anything is looked up: a hundred tries at once are a hundred tries.
			addressAttempts.recordFailure(address, clock.nowMs());
			const device = await findEnrolled(deps, keys.device);
			if (device === undefined) return refuseDevice(deps);
			const challenge = challengeIn(request.passkey.clientDataJSON);
			const act = { type: 'sign-in', device: device.device } as const;
			if (challenge === undefined || !challenges.take(challenge, act))
				return refuse(deps, undefined, 'expired');
			const found = await findOwner(deps, request.passkey.id);
			if (found === undefined) return refuse(deps, undefined, 'unknown');
			const { account } = found;
			const loginSeconds = loginAttempts.waitSeconds(account.login, clock.nowMs());
			if (loginSeconds > 0) return { type: 'too-many-attempts', seconds: loginSeconds };
			loginAttempts.recordFailure(account.login, clock.nowMs());
			const why = await troubleOf(deps, request, found, { challenge, party });
			if (why !== undefined) return refuse(deps, account, why);
			loginAttempts.recordSuccess(account.login);
			addressAttempts.forgive(address);
			if (!opensBooks(account)) return refuseRole(deps, account);
			const outcome = await deps.vouch({
				account,
				device,
				personKey: keys.person,
				by: 'passkey'
			});
			return outcome.type === 'blocked' ? refuse(deps, account, 'unknown') : outcome;
		}
	};
}

interface Owned {
	passkey: Passkey;
	account: Account;
}

/** The passkey with this id and whose it is, as long as the account is in force. */
async function findOwner(
	{ storage, clock }: PasskeySignInDeps,
	id: string
): Promise<Owned | undefined> {
	const passkey = await storage.findPasskey(id);
	if (passkey === undefined) return undefined;
	const account = (await storage.listAccounts()).find(({ person }) => person === passkey.person);
	if (account === undefined || (account.untilMs ?? Infinity) <= clock.nowMs()) return undefined;
	return { passkey, account };
}

/** Why this signature lets nobody in; nothing where it does, and then its counter is kept. */
async function troubleOf(
	{ storage, clock }: PasskeySignInDeps,
	{ passkey: stated }: PasskeySignInRequest,
	{ passkey, account }: Owned,
	{ challenge, party }: { challenge: string; party: RelyingParty }
): Promise<PasskeyRefusal | undefined> {
	if (stated.userHandle !== account.person) return 'wrong';
	const read = await readAssertion(stated, passkey, challenge, party);
	if (read === undefined) return 'wrong';
	const use = { id: passkey.id, counter: read.counter, atMs: clock.nowMs() };
	return (await storage.usePasskey(use)) ? undefined : 'counter';
}

async function refuse(
	{ storage, clock }: PasskeySignInDeps,
	account: Account | undefined,
	why: PasskeyRefusal
): Promise<{ type: 'refused'; why: PasskeyRefusal }> {
	await storage.audit({
		at: clock.nowMs(),
		action: 'sign-in-failed',
		...(account && { person: account.person, role: account.role, facility: account.facility }),
		detail: `passkey ${why}`
	});
	return { type: 'refused', why };
}
