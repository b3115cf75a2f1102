/**
 * Who may manage what: role, action, and whether at their own facility or at every one. Data, as the table about books
 * (`access-table.ts`), and apart from it: who manages opens no book by that, and who opens books manages nothing.
 * What no row names is denied. The server refuses with it, the pages hide with it.
 */
import { roleSchema, type Role } from '../book/envelope.ts';

export const MANAGEMENT_ACTIONS = [
	/** Facilities with how many tablets and staff each has. */
	'see-facilities',
	/** Tablets: number, last contact, what waits, state. */
	'see-tablets',
	/** To make an enrolment code, to name, block and wipe a tablet. */
	'manage-tablets',
	'see-staff',
	/** To add, end and give a new start password. */
	'manage-staff'
] as const;
export type ManagementAction = (typeof MANAGEMENT_ACTIONS)[number];

export const REACHES = ['own-facility', 'every-facility'] as const;
export type Reach = (typeof REACHES)[number];

type Row = Partial<Record<ManagementAction, Reach>>;

export const MANAGEMENT_TABLE: Readonly<Record<Role, Row>> = {
	'facility-admin': {
		'see-tablets': 'own-facility',
		'manage-tablets': 'own-facility',
		'see-staff': 'own-facility',
		'manage-staff': 'own-facility'
	},
	/** Sees where tablets have not sent; changes nothing. */
	'programme-manager': {
		'see-facilities': 'every-facility',
		'see-tablets': 'every-facility'
	},
	operator: {
		'see-facilities': 'every-facility',
		'see-tablets': 'every-facility',
		'manage-tablets': 'every-facility',
		'see-staff': 'every-facility',
		'manage-staff': 'every-facility'
	},
	nurse: {},
	midwife: {},
	doctor: {},
	auditor: {},
	'hospital-agent': {},
	import: {},
	citizen: {}
};

/**
 * Whose account somebody may make, end or give a new password: with one's own role or a higher one it would be a way
 * to become somebody else who manages.
 */
const MANAGED_ROLES: Partial<Record<Role, readonly Role[]>> = {
	'facility-admin': ['nurse', 'midwife', 'doctor'],
	operator: [
		'nurse',
		'midwife',
		'doctor',
		'facility-admin',
		'programme-manager',
		'auditor',
		'hospital-agent'
	]
};

export interface Manager {
	/** A `Role`, or the name of one that this version does not know. */
	role: string;
	facility: string;
	/** When the account ended. */
	untilMs?: number;
}

/** May `manager` do this at `facility` (its code) at `nowMs`? */
export function mayManage(
	manager: Manager,
	action: ManagementAction,
	facility: string,
	nowMs: number
): boolean {
	const reach = reachOf(manager, action, nowMs);
	return reach === 'every-facility' || (reach === 'own-facility' && manager.facility === facility);
}

/** How far it goes; nothing where it is denied. */
export function reachOf(
	{ role, untilMs }: Manager,
	action: ManagementAction,
	nowMs: number
): Reach | undefined {
	if (!isKnownRole(role)) return undefined;
	if (untilMs !== undefined && nowMs >= untilMs) return undefined;
	return MANAGEMENT_TABLE[role][action];
}

/** Whose accounts may be managed by whoever has this role. */
export function rolesManagedBy(role: string): readonly Role[] {
	return isKnownRole(role) ? (MANAGED_ROLES[role] ?? []) : [];
}

/** Does this role manage anything at all? */
export function managesAnything(role: string): boolean {
	return isKnownRole(role) && Object.keys(MANAGEMENT_TABLE[role]).length > 0;
}

function isKnownRole(role: string): role is Role {
	return roleSchema.options.some((known) => known === role);
}
