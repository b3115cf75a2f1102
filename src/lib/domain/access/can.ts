/**
 * Who may do what to a book: one pure function that the app hides with and the server refuses with. Default
 * deny. It adds to the table (`access-table.ts`) only what depends on time: relations begin and end, and so do
 * roles. Ending either strands nothing: what was signed is accepted and marked.
 */
import { roleSchema, type Role } from '../book/envelope.ts';
import { ACCESS_TABLE, type Action, type BookRelation } from './access-table.ts';

export type { Action, BookRelation } from './access-table.ts';

export interface AccessActor {
	/** A `Role`, or the name of one that this version does not know. */
	role: string;
	/** Of staff: without one they may do nothing. */
	facility?: string;
	/** When the role at the facility ended; what was signed then is accepted and marked. */
	untilMs?: number;
}

/** One way in which a book stands to the actor (or the actor's facility), and while it does. */
export interface Standing {
	relation: BookRelation;
	fromMs?: number;
	/** From then on no more. */
	untilMs?: number;
}

/** Several at once are as good as the best of them; none, or only such as are over, are `none`. */
export type BookStanding = BookRelation | readonly Standing[];

export type AccessFlag = 'role-ended' | 'other-facility';
export type Verdict =
	{ allowed: true; flags: AccessFlag[] } | { allowed: false; code: 'not-allowed' };

const DENIED: Verdict = { allowed: false, code: 'not-allowed' };

/** May `actor` do this to a book that stands to them as `book` says, at `nowMs`? */
export function can(
	actor: AccessActor,
	action: Action,
	book: BookStanding,
	nowMs: number
): Verdict {
	if (!isKnownRole(actor.role)) return DENIED;
	if (actor.role !== 'citizen' && actor.facility === undefined) return DENIED;
	const hasEnded = actor.untilMs !== undefined && nowMs >= actor.untilMs;
	if (hasEnded && action !== 'write') return DENIED;
	const relations = relationsInForce(book, nowMs);
	const row = ACCESS_TABLE[actor.role][action] ?? [];
	if (!relations.some((relation) => row.includes(relation))) return DENIED;
	if (action !== 'write') return { allowed: true, flags: [] };
	const flags: AccessFlag[] = [];
	if (hasEnded) flags.push('role-ended');
	if (relations.every((relation) => relation === 'none')) flags.push('other-facility');
	return { allowed: true, flags };
}

function isKnownRole(role: string): role is Role {
	return roleSchema.options.some((known) => known === role);
}

function relationsInForce(book: BookStanding, nowMs: number): BookRelation[] {
	if (typeof book === 'string') return [book];
	const inForce = book.filter(
		({ fromMs = -Infinity, untilMs = Infinity }) => fromMs <= nowMs && nowMs < untilMs
	);
	return inForce.length === 0 ? ['none'] : inForce.map(({ relation }) => relation);
}
