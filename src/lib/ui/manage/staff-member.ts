/** Somebody of the staff as the pages for managing show them. */
import type { Role } from '#lib/domain/book/envelope.ts';

export interface ShownMember {
	person: string;
	login: string;
	name: string;
	role: Role;
	untilMs?: number | undefined;
	/** How many there are. */
	passkeys: number;
	/** Whoever looks may end the account or give a new start password. */
	isManaged: boolean;
}

export function hasEnded({ untilMs = Infinity }: ShownMember, nowMs: number): boolean {
	return untilMs <= nowMs;
}

/** As the server takes it. */
export const LOGIN = /^[a-z0-9]+(?:[.-][a-z0-9]+)*$/;
