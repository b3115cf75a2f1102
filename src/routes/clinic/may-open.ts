/** The same table as the server's: a menu shows only what works. */
import { can, type BookRelation } from '#lib/domain/access/can.ts';
import { session } from '../session.svelte.ts';

/** May whoever is signed in bring a book here for this reason? */
export function mayOpen(reason: BookRelation): boolean {
	const role = session.staff?.role;
	const facility = session.device?.facility?.code;
	if (role === undefined || facility === undefined) return false;
	return can({ role, facility }, 'open', reason, session.nowMs).allowed;
}
