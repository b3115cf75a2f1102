/**
 * Signing in to the pages for managing, from any browser: login and password, counted together with the tries on
 * tablets. Whoever opens books and manages nothing is let in nowhere here. What was typed is kept nowhere.
 */
import { managesAnything } from '#lib/domain/access/management.ts';
import type { ManageSignIn } from '#lib/protocol/manage.ts';
import type { Account, ServerStorage } from '../storage/storage.ts';
import type { Attempts } from './attempts.ts';
import { networkOf } from './network.ts';
import { hashPassword, isPassword } from './password-hash.ts';
import { createTurns } from './turns.ts';

/** As many as on tablets: each check costs 19 MiB. */
const CHECKS = { atOnceMax: 2, waitingMax: 50 };

export interface ManageSignInDeps {
	storage: Pick<ServerStorage, 'findAccount' | 'audit'>;
	clock: { nowMs(): number };
	randomBytes: (count: number) => Uint8Array;
	loginAttempts: Attempts;
	addressAttempts: Attempts;
}

export type ManageSignInOutcome =
	| { type: 'signed-in'; account: Account }
	| { type: 'sign-in-failed' }
	| { type: 'too-many-attempts'; seconds: number }
	/** Too many sign in at this moment. */
	| { type: 'busy' }
	/** The password is right; there is nothing for this role here. */
	| { type: 'manages-nothing' };

export type CheckManager = (request: ManageSignIn, ip: string) => Promise<ManageSignInOutcome>;

export function createManageSignIn(deps: ManageSignInDeps): CheckManager {
	const { storage, clock, loginAttempts, addressAttempts } = deps;
	/** Unknown names cost the same as known ones. */
	const hashOfNobody = hashPassword('no such account', deps.randomBytes);
	const takeTurn = createTurns(CHECKS);
	return async ({ login, password }, ip) => {
		const address = networkOf(ip);
		const nowMs = clock.nowMs();
		const seconds = Math.max(
			loginAttempts.waitSeconds(login, nowMs),
			addressAttempts.waitSeconds(address, nowMs)
		);
		if (seconds > 0) return { type: 'too-many-attempts', seconds };
		const checking = takeTurn(async () => {
			const account = await storage.findAccount(login);
			const isRight = await isPassword(password, account?.passwordHash ?? (await hashOfNobody));
			return { account, isRight };
		});
		if (checking === undefined) return { type: 'busy' };
		// Counted before the password is checked: a hundred tries at once are a hundred tries.
		loginAttempts.recordFailure(login, nowMs);
		addressAttempts.recordFailure(address, nowMs);
		const { account, isRight } = await checking;
		const hasEnded = (account?.untilMs ?? Infinity) <= nowMs;
		if (account === undefined || !isRight || hasEnded) {
			await note(deps, account, account === undefined ? 'unknown-login' : 'wrong-password');
			return { type: 'sign-in-failed' };
		}
		loginAttempts.recordSuccess(login);
		addressAttempts.forgive(address);
		if (!managesAnything(account.role)) {
			await note(deps, account, 'manages-nothing');
			return { type: 'manages-nothing' };
		}
		const { person, role, facility } = account;
		const row = { at: nowMs, person, role, facility, detail: 'manage' };
		await storage.audit({ ...row, action: 'sign-in' });
		return { type: 'signed-in', account };
	};
}

async function note(
	{ storage, clock }: ManageSignInDeps,
	account: Account | undefined,
	why: string
): Promise<void> {
	const who = account && {
		person: account.person,
		role: account.role,
		facility: account.facility
	};
	const row = { at: clock.nowMs(), ...who, detail: `manage ${why}` };
	await storage.audit({ ...row, action: 'sign-in-failed' });
}
