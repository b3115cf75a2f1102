/**
 * The server's side of `can`: how a book stands to a facility now, and who may keep books on a device. Every
 * route, push, pull and live room asks here; nothing else decides. A relation that is over counts no more from that
 * moment on, also where the row that ends it is not written yet.
 */
import { can, type AccessActor, type Action, type Standing } from '#lib/domain/access/can.ts';
import type { BookId } from '#lib/domain/ids.ts';
import type { Account, DevicePerson, MembershipReason, ServerStorage } from '../storage/storage.ts';
import type { Actor } from './device-token.ts';

type Memberships = Pick<ServerStorage, 'listMemberships'>;

const RELATION_OF: Record<MembershipReason, Standing['relation']> = {
	registered: 'member',
	wrote: 'member',
	duty: 'member',
	'present-in-person': 'member',
	referral: 'referral',
	'consent-visit': 'consent-visit',
	'break-glass': 'break-glass'
};

/** How a book stands to a facility, as far as it holds it; empty also where there is no such book. */
export async function standingsOf(
	storage: Memberships,
	facility: string,
	book: BookId
): Promise<Standing[]> {
	const memberships = await storage.listMemberships(facility, book);
	return memberships.map(({ reason, ...times }) => ({ relation: RELATION_OF[reason], ...times }));
}

/** May this practitioner do this to this book now? One question to the store, whether the book exists or not. */
export async function mayStaff(
	{ storage, clock }: { storage: Memberships; clock: { nowMs(): number } },
	{ role, facility }: Pick<Account, 'facility'> & { role: string },
	actions: readonly Action[],
	book: BookId
): Promise<boolean> {
	const standings = await standingsOf(storage, facility, book);
	const nowMs = clock.nowMs();
	return actions.every((action) => can({ role, facility }, action, standings, nowMs).allowed);
}

/** Somebody whose device would be sent nothing gets none: their token would only be one more to lose. */
export function opensBooks({ role, facility }: Pick<Account, 'role' | 'facility'>): boolean {
	return can({ role, facility }, 'hold', 'member', 0).allowed;
}

/** A restored store may have forgotten who signed in on a device whose token is genuine. */
const FORGOTTEN: Pick<AccessActor, 'role'> = { role: 'hospital-agent' };

/**
 * For whom a device may keep books of its facility: those who have signed in on it, in the role they have today.
 * Nobody: it is sent nothing, and what it brings is taken as before.
 */
export function holdersOf(
	people: readonly DevicePerson[],
	{ facility }: Pick<Actor, 'facility'>,
	{ nowMs, wasRestored }: { nowMs: number; wasRestored: boolean }
): AccessActor[] {
	const known = people.length === 0 && wasRestored ? [{ ...FORGOTTEN, facility }] : people;
	const mayHoldAny = (one: AccessActor): boolean => can(one, 'hold', 'member', nowMs).allowed;
	return known.filter((one) => one.facility === facility && mayHoldAny(one));
}

/** Whether one of them may keep this very book. */
export function mayHold(
	holders: readonly AccessActor[],
	standings: readonly Standing[],
	nowMs: number
): boolean {
	return holders.some((holder) => can(holder, 'hold', standings, nowMs).allowed);
}
