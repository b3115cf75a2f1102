/** A new password of one's own. The old one is asked for, and tries of it are counted like sign-ins. */
import type { Account, ServerStorage } from '../storage/storage.ts';
import type { Attempts } from './attempts.ts';
import { passwordTrouble } from './new-password.ts';
import { hashPassword, isPassword } from './password-hash.ts';

export interface ChangePasswordDeps {
	storage: Pick<ServerStorage, 'putPassword' | 'audit'>;
	clock: { nowMs(): number };
	randomBytes: (count: number) => Uint8Array;
	loginAttempts: Attempts;
}

export type PasswordChange =
	| { type: 'changed'; account: Account }
	| { type: 'sign-in-failed' }
	| { type: 'weak-password' }
	| { type: 'too-many-attempts'; seconds: number };

export type ChangePassword = (
	account: Account,
	typed: { old: string; new: string }
) => Promise<PasswordChange>;

export function createChangePassword(deps: ChangePasswordDeps): ChangePassword {
	const { storage, clock, loginAttempts, randomBytes } = deps;
	return async (account, typed) => {
		const { person, role, facility, login } = account;
		const at = clock.nowMs();
		const seconds = loginAttempts.waitSeconds(login, at);
		if (seconds > 0) return { type: 'too-many-attempts', seconds };
		loginAttempts.recordFailure(login, at);
		const who = { at, person, role, facility };
		if (!(await isPassword(typed.old, account.passwordHash))) {
			const detail = 'manage wrong-password';
			await storage.audit({ ...who, action: 'sign-in-failed', detail });
			return { type: 'sign-in-failed' };
		}
		loginAttempts.recordSuccess(login);
		const isWeak = passwordTrouble(typed.new, login) !== undefined || typed.new === typed.old;
		if (isWeak) return { type: 'weak-password' };
		const passwordHash = await hashPassword(typed.new, randomBytes);
		await storage.putPassword(person, passwordHash, { ...who, action: 'password', detail: 'own' });
		const { isStartPassword: _before, ...rest } = account;
		return { type: 'changed', account: { ...rest, passwordHash } };
	};
}
