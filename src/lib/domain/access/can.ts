/**
 * Who may do what to a book: one pure function that the app hides with and the server refuses with.
 * Default deny. Knowing a book's id (122 random bits that no list shows) and signing as staff is what
 * care in person looks like from outside, so staff may write where their facility is no member: the
 * server accepts it with the flag `other-facility`, because refusing would lose what was done.
 */
import type { Role } from '../book/envelope.ts';
import type { FamilyRelation } from './family.ts';

/** `review`: to decide about entries of one's facility that the server did not take. `join`: to say that two
 * books are of one person, or that they are not. */
export type Action = 'write' | 'read' | 'read-restricted' | 'find' | 'open' | 'review' | 'join';

const OF_MEMBERS: readonly Action[] = ['read', 'read-restricted', 'review', 'join'];

/** How the actor's facility, or a citizen, stands to the book. */
export type BookRelation =
	/** Of a citizen: their own book, or that of a child whom they look after. */
	| FamilyRelation
	/** Nobody wrote in it yet. */
	| 'new'
	/** A reason of membership is in force. */
	| 'member'
	/** The person stands in front of the actor, who says so. */
	| 'present-in-person'
	| 'none';

export interface AccessActor {
	/** A `Role`, or the name of one that this version does not know. */
	role: string;
	facility?: string;
	/** When the role at the facility ended; what was signed then is accepted and marked. */
	untilMs?: number;
}

export type Verdict =
	| { allowed: true; flags: ('role-ended' | 'other-facility')[] }
	| { allowed: false; code: 'not-allowed' };

const CARE: readonly Role[] = ['nurse', 'midwife', 'doctor'];
const SYSTEMS: readonly Role[] = ['hospital-agent', 'import'];
const DENIED: Verdict = { allowed: false, code: 'not-allowed' };

/** May `actor` do this to a book that stands to the actor (or the actor's facility) as `relation`, at `nowMs`? */
export function can(
	actor: AccessActor,
	action: Action,
	relation: BookRelation,
	nowMs: number
): Verdict {
	if (actor.role === 'citizen') return canAsCitizen(action, relation);
	if (actor.facility === undefined) return DENIED;
	const hasEnded = actor.untilMs !== undefined && nowMs >= actor.untilMs;
	if (action === 'write') return canWrite(actor.role, relation, hasEnded);
	if (hasEnded || !isOneOf(actor.role, CARE)) return DENIED;
	if (OF_MEMBERS.includes(action) && relation !== 'member') return DENIED;
	return { allowed: true, flags: [] };
}

/**
 * A citizen reads the books of the family, and nothing else; what the law restricts only in their own and,
 * while the child is under 16, the child's. Law 64/2006/QH11 names parents and guardians of everybody under
 * 18 (article 30); 16 is the age from which it let a person ask for the test alone (article 27; 15 since
 * 2021). In doubt the fewer readers.
 */
function canAsCitizen(action: Action, relation: BookRelation): Verdict {
	const isToldAll = relation === 'own' || relation === 'child-under-16';
	const isFamily = isToldAll || relation === 'child-from-16';
	const isAllowed = action === 'read' ? isFamily : action === 'read-restricted' && isToldAll;
	return isAllowed ? { allowed: true, flags: [] } : DENIED;
}

/** What was signed must not be lost: writing after the role ended is marked, not refused. */
function canWrite(role: string, relation: BookRelation, hasEnded: boolean): Verdict {
	if (!isOneOf(role, CARE) && !isOneOf(role, SYSTEMS)) return DENIED;
	const flags: ('role-ended' | 'other-facility')[] = [];
	if (hasEnded) flags.push('role-ended');
	if (relation === 'none') flags.push('other-facility');
	return { allowed: true, flags };
}

function isOneOf(role: string, roles: readonly Role[]): boolean {
	return roles.some((one) => one === role);
}
