/** A new password of one's own. The old one is asked for, and tries of it are counted like sign-ins. */
import type { Account, ServerStorage } from '../storage/storage.ts';
import type { Attempts } from './attempts.ts';
import { hashPin, isPin } from './pin-hash.ts';

export const OWN_PASSWORD_LENGTH_MIN = 12;
const DISTINCT_LETTERS_MIN = 5;

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
		if (!(await isPin(typed.old, account.passwordHash))) {
			const detail = 'manage wrong-password';
			await storage.audit({ ...who, action: 'sign-in-failed', detail });
			return { type: 'sign-in-failed' };
		}
		loginAttempts.recordSuccess(login);
		if (isWeak(typed.new, account) || typed.new === typed.old) return { type: 'weak-password' };
		const passwordHash = await hashPin(typed.new, randomBytes);
		await storage.putPassword(person, passwordHash, { ...who, action: 'password', detail: 'own' });
		const { isStartPassword: _before, ...rest } = account;
		return { type: 'changed', account: { ...rest, passwordHash } };
	};
}

/** Short, of a few letters only, or the name of its owner. */
function isWeak(password: string, { login, name }: Account): boolean {
	const plain = password.toLowerCase();
	if (password.length < OWN_PASSWORD_LENGTH_MIN) return true;
	if (new Set(plain).size < DISTINCT_LETTERS_MIN) return true;
	return plain.includes(login) || plain.includes(name.toLowerCase());
}
