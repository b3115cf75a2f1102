/**
 * Who may do what to a book, as data: role, action, and how the book stands to the actor. What no row names
 * is denied. `can.ts` reads it, the tests of every transport are generated from it, and nothing else decides.
 *
 * Roles with an empty row (people who manage, audit or operate) open no book: they work on other things than
 * books, and a tablet on which only they have signed in receives none.
 */
import type { Role } from '../book/envelope.ts';

export const ACTIONS = [
	/** To append a signed entry. */
	'write',
	'read',
	/** What the law keeps from others (`restricted.ts`). */
	'read-restricted',
	/** To keep books of the facility's feed on one's device and be told of what is new. */
	'hold',
	/** To ask who somebody is, by an exact question. */
	'find',
	/** To bring a book into the facility's feed; the relation is the reason that is given. */
	'open',
	/** A citizen: to show a book at a facility, which then has it for a day. */
	'show',
	/** The same where the child says yes as well. */
	'show-for-child',
	/** A citizen: to agree to a purpose of the book (`consent.ts`). */
	'consent',
	/** The same where the child says yes as well. */
	'consent-with-child',
	/** To withdraw it, and to read what was decided. */
	'withdraw-consent',
	/** A citizen: to say that an entry is wrong. */
	'request-correction',
	/** To answer that. */
	'answer-correction',
	/** To decide about entries of one's facility that the server did not take. */
	'review',
	/** To say that two books are of one person, or that they are not. */
	'join'
] as const;
export type Action = (typeof ACTIONS)[number];

/** How a book stands to somebody of a facility. */
export const STAFF_RELATIONS = [
	/** Nobody wrote in it yet. */
	'new',
	/** The facility holds it: registered there, wrote in it, on duty for a station that holds it, was with the person. */
	'member',
	/** A referral letter to the facility is valid. */
	'referral',
	/** The person showed a code there. */
	'consent-visit',
	/** Opened in an emergency, with a reason, for some hours. */
	'break-glass',
	/** The person stands in front of the actor, who says so. */
	'present-in-person',
	'none'
] as const;
export type StaffRelation = (typeof STAFF_RELATIONS)[number];

/** How a book stands to a citizen; the steps are computed in `family.ts`. */
export const CITIZEN_RELATIONS = [
	'own',
	/** Their own, before the age from which a person signs in for themselves. */
	'own-under-14',
	'child-under-7',
	'child-from-7',
	'child-from-14',
	'child-from-16',
	/** A link to them has ended, or the person is of age. */
	'ex-guardian',
	'stranger'
] as const;
export type CitizenRelation = (typeof CITIZEN_RELATIONS)[number];

export type BookRelation = StaffRelation | CitizenRelation;
export const BOOK_RELATIONS: readonly BookRelation[] = [...STAFF_RELATIONS, ...CITIZEN_RELATIONS];

type Row = Partial<Record<Action, readonly BookRelation[]>>;

const ANYWHERE = STAFF_RELATIONS;
/** Reasons for which a facility's feed holds a book. */
const HELD = ['member', 'referral', 'consent-visit', 'break-glass'] as const;

/** Staff may write where their facility is no member: knowing a book's id (122 random bits that no list shows) and
 * signing is what care in person looks like from outside, and refusing would lose what was done. It is marked. */
const CARE = {
	write: ANYWHERE,
	read: HELD,
	'read-restricted': HELD,
	hold: HELD,
	find: ANYWHERE,
	open: ['present-in-person', 'consent-visit', 'break-glass'],
	review: ['member'],
	'answer-correction': ['member'],
	join: ['member']
} as const;

/**
 * A citizen reads the books of the family, and nothing else; what the law restricts only in their own and,
 * while the child is under 16, the child's. Law 64/2006/QH11 names parents and guardians of everybody under
 * 18 (article 30); 16 is the age from which it let a person ask for the test alone (article 27; 15 since
 * 2021). In doubt the fewer readers. Under 14 nobody has an account of level 2 (Decree 69/2024/NĐ-CP), so who
 * comes with one is somebody else.
 */
const CITIZEN = {
	read: ['own', 'child-under-7', 'child-from-7', 'child-from-14', 'child-from-16'],
	'read-restricted': ['own', 'child-under-7', 'child-from-7', 'child-from-14'],
	show: ['own', 'child-under-7'],
	// From 16 on a facility would read what the parents are not told: the child shows it.
	'show-for-child': ['child-from-7', 'child-from-14'],
	consent: ['own', 'child-under-7'],
	'consent-with-child': ['child-from-7', 'child-from-14'],
	// To withdraw what they once gave for the child is never too late: nobody learns more by it.
	'withdraw-consent': ['own', 'child-under-7', 'child-from-7', 'child-from-14', 'child-from-16'],
	// Of what they may read.
	'request-correction': ['own', 'child-under-7', 'child-from-7', 'child-from-14', 'child-from-16']
} as const;

export const ACCESS_TABLE: Readonly<Record<Role, Row>> = {
	nurse: CARE,
	midwife: CARE,
	doctor: CARE,
	/** A machine: it carries the hospital's books and its own entries, and looks into none for anybody. */
	'hospital-agent': { write: ANYWHERE, hold: HELD },
	import: { write: ANYWHERE },
	citizen: CITIZEN,
	'facility-admin': {},
	'programme-manager': {},
	auditor: {},
	operator: {}
};
