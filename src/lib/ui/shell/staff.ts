/** People who sign in on this tablet, as the lock screen and the top bar draw them. */
import type { Role } from '#lib/domain/book/envelope.ts';

export interface Staff {
	person: string;
	name: string;
	role: Role;
	login: string;
	lastUsedMs?: number;
	/** Entries of this person that wait to be sent. */
	waiting: number;
	/** What this person has begun to write on this tablet. */
	drafts: number;
}

/** Why a passkey did not do what it was asked for. */
export interface PasskeyFailure {
	type: 'passkey';
	why:
		| 'cancelled'
		| 'unavailable'
		| 'expired'
		| 'unknown'
		| 'wrong'
		| 'counter'
		| 'taken'
		| 'too-many'
		| 'failed';
}

export type SignInResult =
	| { type: 'signed-in' }
	| { type: 'wrong-pin'; attemptsLeft?: number }
	| { type: 'wait'; seconds: number }
	/** Not signed in at the server for too long. */
	| { type: 'lease-over' }
	/** Too many wrong PINs. */
	| { type: 'destroyed' }
	/** No PIN was chosen here. */
	| { type: 'unknown' }
	| PasskeyFailure
	| { type: 'locked' }
	| { type: 'failed' };

export type PairResult =
	| { type: 'enrolled' }
	| {
			type:
				| 'no-code'
				| 'unknown-code'
				| 'used-code'
				| 'expired-code'
				| 'other-facility'
				| 'blocked'
				| 'network-needed'
				| 'failed';
	  }
	| { type: 'wait'; seconds: number };

export type PasswordResult =
	| { type: 'choose-pin' }
	| PasskeyFailure
	| {
			type:
				| 'wrong-password'
				| 'network-needed'
				| 'not-enrolled'
				| 'other-facility'
				| 'no-books-for-role'
				| 'locked'
				| 'failed';
	  }
	| { type: 'wait'; seconds: number };

export interface ChoosePinResult {
	type: 'signed-in' | 'easy-pin' | 'password-again' | 'other-data-key' | 'locked' | 'failed';
}

/** What the lock screen asks of the worker. */
export interface SignInActs {
	/** By PIN. */
	signIn: (login: string, pin: string) => Promise<SignInResult>;
	/** This tablet comes to a station by a code. */
	pair: (code: string) => Promise<PairResult>;
	checkPassword: (login: string, password: string) => Promise<PasswordResult>;
	/** The same by passkey; absent where this browser or this address has none. */
	usePasskey?: (() => Promise<PasswordResult>) | undefined;
	/** After the password or the passkey was right. */
	choosePin: (pin: string) => Promise<ChoosePinResult>;
}

export const PIN_DIGITS = 6;

const AVATAR_COLOURS = ['bg-ink-3', 'bg-late', 'bg-ok', 'bg-cham'] as const;

/** The same colour for the same person on every tablet. */
export function avatarColour(person: string): string {
	let sum = 0;
	for (const character of person) sum += character.codePointAt(0) ?? 0;
	return AVATAR_COLOURS[sum % AVATAR_COLOURS.length] ?? AVATAR_COLOURS[0];
}
