/**
 * The passkeys of somebody who is signed in on a tablet: to see, to add, to remove. Who adds or removes one states the
 * password again, tries of which are counted with those of signing in: a tablet left open gives nobody a way to come back.
 */
import type { DeviceId } from '#lib/domain/ids.ts';
import type {
	PasskeyAddOptions,
	PasskeyAttestation,
	PasskeyList,
	PasskeyRefusal
} from '#lib/protocol/passkeys.ts';
import type { RelyingParty } from '#lib/protocol/relying-party.ts';
import type { Account, ServerStorage } from '../storage/storage.ts';
import type { Attempts } from './attempts.ts';
import type { PasskeyChallenges } from './passkey-challenges.ts';
import { challengeIn, readNewPasskey } from './passkey-proof.ts';
import { isPassword } from './password-hash.ts';
import { createTurns } from './turns.ts';

/** As many as when signing in: each check costs 19 MiB. */
const CHECKS = { atOnceMax: 2, waitingMax: 50 };
/** Enough of an id to tell one from another in the audit. */
const AUDITED_LENGTH = 12;

export interface OwnPasskeysDeps {
	storage: Pick<ServerStorage, 'putPasskey' | 'listPasskeys' | 'removePasskeys' | 'audit'>;
	challenges: PasskeyChallenges;
	clock: { nowMs(): number };
	loginAttempts: Attempts;
}

type Unsure =
	{ type: 'sign-in-failed' } | { type: 'too-many-attempts'; seconds: number } | { type: 'busy' };

/** Who asks, and on which device. */
interface Asking {
	account: Account;
	device: DeviceId;
}

export interface OwnPasskeys {
	list(account: Account): Promise<PasskeyList>;
	begin(
		asking: Asking,
		password: string,
		party: RelyingParty
	): Promise<{ type: 'asked'; options: PasskeyAddOptions } | Unsure>;
	add(
		asking: Asking,
		made: { passkey: PasskeyAttestation; label: string },
		party: RelyingParty
	): Promise<{ type: 'added' } | { type: 'refused'; why: PasskeyRefusal }>;
	remove(
		asking: Asking,
		id: string,
		password: string
	): Promise<{ type: 'removed' } | { type: 'not-found' } | Unsure>;
}

export function createOwnPasskeys(deps: OwnPasskeysDeps): OwnPasskeys {
	const { storage, challenges, clock } = deps;
	const isSurely = createPasswordCheck(deps);
	return {
		list: async ({ person }) => {
			const passkeys = await storage.listPasskeys(person);
			return {
				passkeys: passkeys.map(({ id, label, createdMs, usedMs }) => ({
					id,
					label,
					createdMs,
					...(usedMs !== undefined && { usedMs })
				}))
			};
		},
		begin: async ({ account, device }, password, { id: rpId }) => {
			const unsure = await isSurely(account, password);
			if (unsure !== undefined) return unsure;
			const { person, login, name } = account;
			const known = await storage.listPasskeys(person);
			const options: PasskeyAddOptions = {
				challenge: challenges.make({ type: 'add', device, person }),
				rpId,
				user: { id: person, name: login, displayName: name },
				exclude: known.map(({ id, transports }) => ({ id, transports }))
			};
			return { type: 'asked', options };
		},
		add: async ({ account, device }, { passkey, label }, party) => {
			const { person } = account;
			const challenge = challengeIn(passkey.clientDataJSON);
			if (challenge === undefined || !challenges.take(challenge, { type: 'add', device, person }))
				return { type: 'refused', why: 'expired' };
			const read = await readNewPasskey(passkey, challenge, party);
			if (read === undefined) return { type: 'refused', why: 'wrong' };
			const createdMs = clock.nowMs();
			const kept = { ...read, person, label, createdMs };
			const result = await storage.putPasskey(
				kept,
				auditOf(account, device, createdMs, 'add', read.id)
			);
			return result === 'put' ? { type: 'added' } : { type: 'refused', why: result };
		},
		remove: async ({ account, device }, id, password) => {
			const unsure = await isSurely(account, password);
			if (unsure !== undefined) return unsure;
			const audit = auditOf(account, device, clock.nowMs(), 'remove', id);
			const removed = await storage.removePasskeys({ person: account.person, id, audit });
			return { type: removed > 0 ? 'removed' : 'not-found' };
		}
	};
}

/** Answers why it is not surely this person; nothing where it is. */
function createPasswordCheck({ storage, clock, loginAttempts }: OwnPasskeysDeps) {
	const takeTurn = createTurns(CHECKS);
	return async (account: Account, password: string): Promise<Unsure | undefined> => {
		const { person, role, facility, login, passwordHash } = account;
		const at = clock.nowMs();
		const seconds = loginAttempts.waitSeconds(login, at);
		if (seconds > 0) return { type: 'too-many-attempts', seconds };
		const checking = takeTurn(() => isPassword(password, passwordHash));
		if (checking === undefined) return { type: 'busy' };
		// Counted before the password is checked: a hundred tries at once are a hundred tries.
		loginAttempts.recordFailure(login, at);
		if (await checking) {
			loginAttempts.recordSuccess(login);
			return undefined;
		}
		const row = { at, person, role, facility, detail: 'passkey wrong-password' };
		await storage.audit({ ...row, action: 'sign-in-failed' });
		return { type: 'sign-in-failed' };
	};
}

function auditOf(
	{ person, role, facility }: Account,
	device: DeviceId,
	at: number,
	what: 'add' | 'remove',
	id: string
) {
	const detail = `${what} passkey=${id.slice(0, AUDITED_LENGTH)}`;
	return { at, action: 'passkey' as const, person, role, facility, device, detail };
}
