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

export type SignInResult =
	| { type: 'signed-in' }
	| { type: 'wrong-pin'; attemptsLeft?: number }
	| { type: 'wait'; seconds: number }
	| { type: 'network-needed' }
	| { type: 'other-facility' }
	/** Not signed in at the server for too long. */
	| { type: 'lease-over' }
	/** Too many wrong PINs. */
	| { type: 'destroyed' }
	| { type: 'other-data-key' }
	| { type: 'no-books-for-role' }
	| { type: 'locked' }
	| { type: 'failed' };

export const PIN_DIGITS = 6;

const AVATAR_COLOURS = ['bg-ink-3', 'bg-late', 'bg-ok', 'bg-cham'] as const;

/** The same colour for the same person on every tablet. */
export function avatarColour(person: string): string {
	let sum = 0;
	for (const character of person) sum += character.codePointAt(0) ?? 0;
	return AVATAR_COLOURS[sum % AVATAR_COLOURS.length] ?? AVATAR_COLOURS[0];
}
