/** Why a facility's feed holds a book, and until when. */
import type { BookId } from '#lib/domain/ids.ts';

/** Each reason has a begin and, when over, an end. */
export type MembershipReason =
	/** The person is registered in this station's commune. */
	| 'registered'
	/** The facility wrote in the book. */
	| 'wrote'
	/** Regional hospital on duty for the station. */
	| 'duty'
	/** Opened with the person present. */
	| 'present-in-person'
	/** A letter sent the person there; until its last day. */
	| 'referral'
	/** The person showed a code there; for a day. */
	| 'consent-visit'
	/** Opened in an emergency; for some hours. */
	| 'break-glass';

/** A hospital on duty holds what its stations hold for long, not what they opened for a while. */
export function handsOnDuty(reason: string): boolean {
	return !['duty', 'referral', 'consent-visit', 'break-glass'].includes(reason);
}

/** A book that a facility has for a while only, and the reason for which it has it longest. */
export interface EndingBook {
	book: BookId;
	reason: MembershipReason;
	untilMs: number;
}

/** A reason for which a facility's feed holds a book now. */
export interface Membership {
	reason: MembershipReason;
	fromMs: number;
	/** From then on it is over, also where the row that ends it is not written yet. */
	untilMs?: number;
}
